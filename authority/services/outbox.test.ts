import { expect, test } from 'vitest';
import { by, codeOf } from '../../test/support/authority-world.ts';
import { useWorld } from '../../test/support/use-world.ts';

const used = useWorld();
const bounced = async (userName: string) => {
  const personal = (await used.world.store.read.userByName(userName))?.personal;
  return [personal?.emailBounced, personal?.mobileBounced];
};
async function messages() {
  const now = await used.world.store.now();
  return { now, due: await used.world.services.outbox.due(now, 100) };
}

test('an address that refuses for good is marked, and its person cannot be assigned a token until it is mended', async () => {
  const { services } = used.world;
  await used.world.person('luis');
  await services.issuer.users.sendPasswordLink('luis', by);
  const { now, due } = await messages();
  await services.outbox.tried(due.find(({ channel }) => channel === 'email')!.id, { failedAt: now, nextTryAt: null, eraseText: true });
  expect(await bounced('luis')).toEqual([true, false]);
  expect(await codeOf(services.issuer.tokens.assign('luis', by))).toBe('USER_NOT_ASSIGNABLE');
  await services.issuer.users.edit('luis', { email: 'nuevo@ejemplo.co' }, by);
  expect(await bounced('luis')).toEqual([false, false]);
  expect(await codeOf(services.issuer.tokens.assign('luis', by))).toBe('ok');
});

test('a message that was given up after a day, and one to an address that was replaced, say nothing about the person', async () => {
  const { services } = used.world;
  await used.world.person('luis');
  await services.issuer.users.sendPasswordLink('luis', by);
  const [first] = (await messages()).due;
  used.pass({ hours: 24 });
  await services.outbox.tried(first!.id, { failedAt: await used.world.store.now(), nextTryAt: null });
  await services.issuer.users.edit('luis', { email: 'nuevo@ejemplo.co' }, by);
  const { now, due } = await messages();
  await services.outbox.tried(due.find(({ to }) => to === 'luis@ejemplo.co')!.id, { failedAt: now, nextTryAt: null });
  expect(await bounced('luis')).toEqual([false, false]);
});

test('S21: a text that somebody moved to another row is not sent, and does not hold up the others', async () => {
  const { store, services } = used.world;
  await used.world.person('luis');
  await services.issuer.users.sendPasswordLink('luis', by);
  const [{ text, ...mine }] = (await messages()).due as [Awaited<ReturnType<typeof messages>>['due'][number]];
  expect(text).toContain('/p#');
  await store.transaction((tx) => tx.addMessage({ ...mine, id: 'moved', to: 'otro@ejemplo.co', userId: null }));
  const { now, due } = await messages();
  expect(due.map(({ id }) => id)).toEqual([mine.id]);
  expect((await services.outbox.latest(10)).find(({ id }) => id === 'moved')).toMatchObject({ text: null, failedAt: now, nextTryAt: null });
  expect((await store.read.audit({ chain: 'authority', size: 1 })).entries[0]?.event).toBe('outbox.damaged');
});
