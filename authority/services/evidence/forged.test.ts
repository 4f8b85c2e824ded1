import { beforeEach, describe, expect, test } from 'vitest';
import { by, type Desktop } from '../../../test/support/authority-world.ts';
import { evidenceText, payloadOf, resealed } from '../../../test/support/evidence-text.ts';
import { addPortal, paymentOf } from '../../../test/support/portal-world.ts';
import { useWorld } from '../../../test/support/use-world.ts';
import type { EvidenceBundle } from '../../../shared/contract/evidence.ts';
import { jwsType } from '../../../shared/domain/jws-types.ts';
import { createSigningKey } from '../../crypto/authority-keys.ts';
import { hashText } from '../../crypto/hash.ts';
import { signJws } from '../../crypto/jws.ts';
import type { Portal } from '../../store/entities.ts';
import { verifyEvidence } from './verify.ts';

/**
 * S10: what an authority that lies could write. Trail, checkpoint and seal fit in all of these: what does not is what the person
 * never signed, or who never held the key.
 */
const used = useWorld();
let luis: Desktop;
let portal: Portal;
beforeEach(async () => {
  luis = await used.world.activated('luis');
  portal = await addPortal(used.world);
});
const requests = () => used.world.services.portals.requests;
const open = () => requests().open(portal, paymentOf('luis'), 'rest', '203.0.113.9');

async function approved(): Promise<EvidenceBundle> {
  const { id, number } = await open();
  await luis.decide(id, 'approved', number);
  return requests().evidence(portal, id);
}

/** The authority writes an answer of its own making into row and trail. */
async function written(make: (asked: Awaited<ReturnType<typeof open>>) => Promise<string> | string, state: 'approved' | 'denied' = 'approved'): Promise<EvidenceBundle> {
  const asked = await open();
  const { id, requestHash } = asked;
  const decision = await make(asked);
  const token = await used.world.tokenOf(luis.user);
  await used.world.store.transaction(async (tx) => {
    const now = await tx.now();
    await tx.closeApproval(id, { state, now, decision, decidedAt: now });
    await used.world.context.audit.record(tx, {
      companyId: used.world.company.id, event: `approval.${state}`, actor: { kind: 'user', id: luis.user.id }, tokenId: token.id, serial: luis.serial!, approvalId: id,
      result: state, detail: { kind: 'transaction', requestHash, decisionHash: hashText(decision) },
    });
  });
  return requests().evidence(portal, id);
}

test('what is written so, and signed by the person, verifies: it is the answer that the next ones lack', async () => {
  expect(verifyEvidence(evidenceText(await written(({ id, number }) => luis.sign(id, 'approved', { number }))))).toMatchObject({ ok: true });
});

describe('S10: an approval that the person did not sign', () => {
  const stranger = createSigningKey();
  const claims = ({ id, requestHash, number }: Awaited<ReturnType<typeof open>>) => ({ id, request_hash: requestHash, decision: 'approved', number, decided_at: 1, jkt: luis.approval.jkt });
  test.each<[string, Parameters<typeof written>[0]]>([
    ['by another key that names his', (asked) => signJws(jwsType.decision, claims(asked), stranger.privateKey)],
    ['with a signature of nobody', async ({ id, number }) => `${(await luis.sign(id, 'approved', { number })).split('.').slice(0, 2).join('.')}.${'A'.repeat(86)}`],
    ['by his session key, which no PIN opens', ({ id, number }) => luis.sign(id, 'approved', { number, key: luis.session, typ: jwsType.denial })],
    ['without a number', ({ id }) => luis.sign(id, 'approved')],
    ['of another request', async ({ id, number }) => luis.sign(id, 'approved', { number, requestHash: hashText('another') })],
    ['that names another key', ({ id, number }) => luis.sign(id, 'approved', { number, jkt: luis.session.jkt })],
    ['as a report of a loss', ({ id, number }) => luis.sign(id, 'approved', { number, typ: jwsType.report })],
  ])('%s', async (_how, make) => {
    expect(verifyEvidence(evidenceText(await written(make)))).toEqual({ ok: false, failed: 'answer', shows: null });
  });
});

test('S10: a refusal that the person did not sign, be it by no key or by another', async () => {
  const stranger = createSigningKey();
  expect(verifyEvidence(evidenceText(await written(({ id }) => luis.sign(id, 'denied'), 'denied')))).toMatchObject({ ok: true, shows: { decision: 'denied' } });
  for (const make of [
    async ({ id }: { id: Parameters<Desktop['sign']>[0] }) => `${(await luis.sign(id, 'denied')).split('.').slice(0, 2).join('.')}.${'A'.repeat(86)}`,
    ({ id }: { id: Parameters<Desktop['sign']>[0] }) => luis.sign(id, 'denied', { key: { ...luis.session, privateKey: stranger.privateKey } }),
  ]) expect(verifyEvidence(evidenceText(await written(make, 'denied')))).toMatchObject({ ok: false, failed: 'answer' });
});

test('S10: keys that the device never proved to hold are nobody\u2019s', async () => {
  const bundle = await approved();
  const statement = payloadOf<Record<string, unknown>>(bundle.binding);
  const other = createSigningKey();
  for (const lie of [{ approval_key: other.publicKey }, { session_key: other.publicKey }, { approval_proof: statement['session_proof'] }, { session_proof: statement['approval_proof'] }]) {
    const binding = await used.world.context.keys.sign(jwsType.binding, { ...statement, ...lie });
    expect(verifyEvidence(await resealed(used.world, bundle, { ...bundle, binding })), JSON.stringify(Object.keys(lie))).toMatchObject({ ok: false, failed: 'binding' });
  }
});

test('S10: a device is not activated by the activation of the one before it', async () => {
  const first = await approved();
  await used.world.services.issuer.tokens.replaceDevice(luis.serial!, 'planned', by);
  luis = used.world.desktop(luis.user);
  await luis.bind();
  await luis.open();
  await used.world.services.issuer.tokens.activate(luis.serial!, by);
  const second = await approved();
  expect(verifyEvidence(await resealed(used.world, second, second))).toMatchObject({ ok: true });
  expect(verifyEvidence(await resealed(used.world, second, { ...second, activation: first.activation }))).toMatchObject({ ok: false, failed: 'activation' });
});

test('S10, S28: what a key signed after it was revoked counts for nothing', async () => {
  const bundle = await approved();
  used.pass({ minutes: 1 });
  await used.world.services.issuer.keys.rotate(by);
  const id = payloadOf<{ id: Parameters<ReturnType<typeof requests>['evidence']>[1] }>(bundle.request).id;
  const rotated = await requests().evidence(portal, id);
  const { keys } = payloadOf<{ keys: { revoked_at: number | null }[] }>(rotated.seal);
  const revokedAt = (at: number) => resealed(used.world, rotated, rotated, { keys: keys.map((key, n) => (n === 1 ? { ...key, revoked_at: at } : key)) });
  expect(verifyEvidence(await revokedAt((await used.world.store.now()) + 3600_000))).toMatchObject({ ok: true });
  expect(verifyEvidence(await revokedAt(1)).ok).toBe(false);
});

test('S10: what only the seal covers is covered by it', async () => {
  used.pass({ minutes: 1 });
  await used.world.services.issuer.keys.rotate(by);
  const bundle = await approved();
  const [handover = ''] = bundle.keys.handovers;
  expect(verifyEvidence(evidenceText(bundle))).toMatchObject({ ok: true });
  for (const handovers of [[handover, handover], []]) expect(verifyEvidence(evidenceText({ ...bundle, keys: { ...bundle.keys, handovers } }))).toMatchObject({ ok: false, failed: 'seal' });
});
