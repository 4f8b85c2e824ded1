import { describe, expect, test } from 'vitest';
import { countSend, invitationsOfUser } from '../../authority/services/limits.ts';
import type { Transaction } from '../../authority/store/store.ts';
import type { VinculoError } from '../../shared/contract/errors.ts';
import { by, codeOf, withMethods, type World } from '../support/authority-world.ts';
import { databases } from '../support/stores.ts';
import { useAuthority } from '../support/use-world.ts';

describe.each(databases)('S27: what one person is sent again and again, on %s', (name) => {
  const used = useAuthority(name);
  const { newWorld } = used;
  /** An hour that ends during a test is no failure: both databases have a clock of their own. */
  const sameHour = async (work: () => Promise<void>) => {
    const hour = async () => Math.floor((await used.authority.store.now()) / 3_600_000);
    const before = await hour();
    try {
      await work();
    } catch (error) {
      if ((await hour()) === before) throw error;
      await work();
    }
  };
  const waits = { code: 'SEND_LIMIT', data: { seconds: expect.any(Number) as number, minutes: expect.any(Number) as number } };

  test('invitations: five an hour, whoever sends them; the last one stays valid and nothing is half done', () => sameHour(async () => {
    const world = await newWorld();
    const admin = await world.activated('ana', 'admin');
    const [luis, eva] = [await world.person('luis'), await world.person('eva')];
    for (const { userName } of [luis, eva]) await world.services.issuer.tokens.assign(userName, by);
    const token = await world.tokenOf(luis);
    const resend = async () => world.services.admin.tokens.resendInvitation(await admin.caller(), { tokenId: token.id });
    for (let sent = 0; sent < 3; sent++) expect(await codeOf(resend())).toBe('ok');
    for (let sent = 0; sent < 2; sent++) expect(await codeOf(world.services.issuer.tokens.resend(token.serial, by))).toBe('ok');
    const [mails, invitation, head] = [(await world.outbox(luis)).length, await world.store.read.latestInvitation(token.id), await world.store.read.auditHead(world.company.id)];
    const error = await resend().then(() => null, (refused: VinculoError) => refused);
    expect(error).toMatchObject(waits);
    expect(error?.data.rows).toEqual([luis.personal?.name]);
    expect(error?.data.seconds).toBeGreaterThan(0);
    expect(error?.data.seconds).toBeLessThanOrEqual(3600);
    expect(error?.data.minutes).toBe(Math.ceil((error?.data.seconds ?? 0) / 60));
    expect(await codeOf(world.services.issuer.tokens.resend(token.serial, by))).toBe('SEND_LIMIT');
    expect(await world.outbox(luis)).toHaveLength(mails);
    expect(await world.store.read.latestInvitation(token.id)).toEqual(invitation);
    expect(invitation?.status).toBe('open');
    expect(await world.store.read.auditHead(world.company.id)).toEqual(head);
    expect(await codeOf(world.desktop(luis).bind())).toBe('ok');
    expect(await codeOf(world.services.issuer.tokens.resend((await world.tokenOf(eva)).serial, by))).toBe('ok');
  }));

  test('links for the password: five an hour; the last one works', () => sameHour(async () => {
    const world: World = await newWorld();
    const admin = await world.activated('ana', 'admin');
    const luis = await world.person('luis');
    const send = async () => world.services.admin.users.sendPasswordLink(await admin.caller(), { userId: luis.id });
    for (let sent = 0; sent < 5; sent++) expect(await codeOf(send())).toBe('ok');
    await expect(send()).rejects.toMatchObject(waits);
    expect(await codeOf(world.services.issuer.users.sendPasswordLink(luis.userName, by))).toBe('SEND_LIMIT');
    expect((await world.outbox(luis)).filter(({ subject }) => subject === 'Cree su contraseña')).toHaveLength(5);
  }));

  test('the next hour begins at zero; of ten at once five are sent', async () => {
    const world = await newWorld();
    const user = await world.person('luis');
    const at = (now: number) => codeOf(world.store.transaction((tx: Transaction) => countSend(withMethods(tx, { now: () => Promise.resolve(now) }), invitationsOfUser, user)));
    const hour = Date.UTC(2026, 0, 5, 12);
    const answers = await Promise.all(Array.from({ length: 10 }, () => at(hour + 3_599_999)));
    expect(answers.filter((answer) => answer === 'ok')).toHaveLength(5);
    expect(answers.filter((answer) => answer === 'SEND_LIMIT')).toHaveLength(5);
    expect(await at(hour + 3_600_000)).toBe('ok');
  });
});
