import { beforeEach, expect, test } from 'vitest';
import { by } from '../../../test/support/authority-world.ts';
import { addCodePerson, codeEvents, type CodePerson } from '../../../test/support/code-people.ts';
import { addPortal, loginOf } from '../../../test/support/portal-world.ts';
import { useWorld } from '../../../test/support/use-world.ts';
import type { Portal } from '../../store/entities.ts';

const used = useWorld();
let portal: Portal;
let person: CodePerson;
beforeEach(async () => {
  person = await addCodePerson(used.world, { user: { userName: 'luis' } });
  portal = await addPortal(used.world, { companies: [person.company.name] });
});
const verify = (user: string, code: string, asking = portal) => used.world.store.transaction((tx) => used.world.services.portals.people.verifyCode(tx, asking, { user, code }));

test('the code of the person lets in once, however the name is written; the portal stands in the trail', async () => {
  const code = person.virtualCode(await used.world.store.now());
  expect(await verify(' LUIS', code)).toEqual({ accepted: true });
  expect(await verify('luis', code)).toEqual({ accepted: false });
  expect(await codeEvents(used.world, person.company.id)).toMatchObject([{ event: 'code.accepted', method: 'code', portal: portal.name, portalId: portal.id }, { event: 'code.refused', why: 'used', portal: portal.name }]);
});

test('S29: a portal that does not serve the company is answered as for nobody, and takes nothing from the person', async () => {
  const stranger = await addPortal(used.world, { name: 'Otro' });
  const code = person.virtualCode(await used.world.store.now());
  const [foreign, unknown, wrong] = [await verify('luis', code, stranger), await verify('nadie', code, stranger), await verify('luis', '0')];
  expect(new Set([foreign, unknown, wrong].map((answer) => JSON.stringify(answer)))).toEqual(new Set(['{"accepted":false}']));
  expect((await codeEvents(used.world, 'authority')).map(({ why }) => why)).toEqual(['unknown', 'unknown']);
  expect(await verify('luis', code)).toEqual({ accepted: true });
});

test('S5: a new challenge does not reset the count of wrong codes', async () => {
  const { requests } = used.world.services.portals;
  for (let nth = 0; nth < 4; nth++) {
    expect(await verify('luis', person.wrongCode(await used.world.store.now(), nth))).toEqual({ accepted: false });
    await requests.open(portal, loginOf('luis'), 'rest', '203.0.113.9');
  }
  await verify('luis', person.wrongCode(await used.world.store.now(), 4));
  expect(await verify('luis', person.virtualCode(await used.world.store.now()))).toEqual({ accepted: false });
  expect((await codeEvents(used.world, person.company.id)).at(-1)).toMatchObject({ why: 'locked', failures: 5 });
});

test('a suspended company: nobody', async () => {
  await used.world.services.issuer.companies.suspend(person.company.id, by);
  expect(await verify('luis', person.virtualCode(await used.world.store.now()))).toEqual({ accepted: false });
});
