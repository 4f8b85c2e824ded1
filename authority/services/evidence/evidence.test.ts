import { beforeEach, describe, expect, test } from 'vitest';
import { by, type Desktop } from '../../../test/support/authority-world.ts';
import { addPortal, loginOf, payment, paymentOf } from '../../../test/support/portal-world.ts';
import { evidenceText as text, resealed as resealedBy } from '../../../test/support/evidence-text.ts';
import { useWorld } from '../../../test/support/use-world.ts';
import { evidenceBundle, type EvidenceBundle } from '../../../shared/contract/evidence.ts';
import type { ApprovalId } from '../../../shared/domain/ids.ts';
import { jwsType } from '../../../shared/domain/jws-types.ts';
import { createSigningKey, signWith } from '../../crypto/authority-keys.ts';
import { hashText } from '../../crypto/hash.ts';
import { verifyJwsBy } from '../../crypto/jws.ts';
import { ocraAnswer } from '../../crypto/ocra.ts';
import type { Portal } from '../../store/entities.ts';
import { canonicalJson, type Json } from '../audit/chain.ts';
import { seedIdentity } from '../sealed-identity.ts';
import { verifyEvidence } from './verify.ts';

const used = useWorld();
let luis: Desktop;
let portal: Portal;
beforeEach(async () => {
  luis = await used.world.activated('luis');
  portal = await addPortal(used.world, { offlineTransactions: true });
});
const requests = () => used.world.services.portals.requests;
const open = (question = paymentOf('luis')) => requests().open(portal, question, 'rest', '203.0.113.9');
const resealed = (bundle: EvidenceBundle, changed: object) => resealedBy(used.world, bundle, changed);

async function approved(question = paymentOf('luis')): Promise<EvidenceBundle> {
  const { id, number } = await open(question);
  await luis.decide(id, 'approved', number);
  return requests().evidence(portal, id);
}
async function answeredOffline(): Promise<EvidenceBundle> {
  const { id, offlineQr } = await open(loginOf('luis'));
  const seed = await used.world.store.read.seed(luis.deviceId!);
  await requests().answer(portal, id, ocraAnswer(used.world.sealer.open(seedIdentity(luis.deviceId!), seed!.sealed), offlineQr ?? ''));
  return requests().evidence(portal, id);
}

test('S10: a payment: who, what, when and by which keys, with public keys only', async () => {
  const bundle = await approved();
  expect(evidenceBundle.parse(JSON.parse(text(bundle)))).toEqual(bundle);
  const report = verifyEvidence(text(bundle));
  expect(report).toMatchObject({
    ok: true, failed: null,
    shows: { kind: 'signature', decision: 'approved', deviceId: luis.deviceId, userId: luis.user.id, activatedBy: 'issuer', authority: 'https://vinculo.example', request: { kind: 'transaction', serial: luis.serial, details: { payment } } },
  });
  expect(JSON.stringify(bundle)).not.toMatch(/"d":/);
});

describe('S10: any byte of any part', () => {
  /** Every text of the bundle, by its path. */
  const leaves = (value: unknown, path: readonly (string | number)[] = []): { path: readonly (string | number)[]; value: string | number }[] => {
    if (typeof value === 'string' || typeof value === 'number') return [{ path, value }];
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([name, member]) => leaves(member, [...path, name]));
  };

  test.each([['signature', approved], ['mac', answeredOffline]] as const)('of the file (%s): flipped, it fails', async (kind, make) => {
    const file = Buffer.from(text(await make()), 'utf8');
    expect(verifyEvidence(file.toString('utf8'))).toMatchObject({ ok: true, shows: { kind } });
    // Every part, and of the long ones some hundred places; which bit is flipped goes round.
    const step = Math.max(1, Math.floor(file.length / 400));
    for (let at = 0; at < file.length; at += step) {
      const broken = Buffer.from(file);
      broken.writeUInt8(broken.readUInt8(at) ^ (1 << (at % 7)), at);
      expect(verifyEvidence(broken.toString('utf8')).ok, `byte ${at}`).toBe(false);
    }
  }, 120_000);

  test('of each part, also under a new seal of the authority’s own key: the part itself does not verify', async () => {
    const bundle = await approved();
    expect(verifyEvidence(await resealed(bundle, bundle)).ok).toBe(true);
    for (const { path, value } of leaves(bundle).filter(({ path: [first], value: leaf }) => first !== 'seal' && first !== 'version' && typeof leaf === 'string')) {
      const changed = JSON.parse(text(bundle)) as Record<string, unknown>;
      const parent = path.slice(0, -1).reduce<Record<string, unknown>>((at, name) => at[name] as Record<string, unknown>, changed);
      const [old, place] = [String(value), Math.floor(String(value).length * 0.6)];
      parent[String(path.at(-1))] = `${old.slice(0, place)}${old[place] === 'A' ? 'B' : 'A'}${old.slice(place + 1)}`;
      expect(verifyEvidence(await resealed(bundle, changed)).ok, path.join('.')).toBe(false);
    }
  }, 60_000);
});

test('S9: any change of any field of the payment voids the answer and the evidence', async () => {
  const { id, number } = await open();
  const request = (await used.world.store.read.approval(id))!.request;
  const [head = '', body = '', signature = ''] = request.split('.');
  const payload = JSON.parse(Buffer.from(body, 'base64url').toString()) as { details: { payment: Record<string, unknown> } };
  const others = { amount: '1250000.01', currency: 'USD', payee: 'Papelería La 15', account: '0012-3456-79', reference: 'Factura 1843', version: 2 };
  const caller = await luis.caller();
  const mutated = Object.entries(others).map(([field, value]) => {
    const changed = { ...payload, details: { ...payload.details, payment: { ...payload.details.payment, [field]: value } } };
    return { field, compact: `${head}.${Buffer.from(JSON.stringify(changed)).toString('base64url')}.${signature}` };
  });
  expect(Object.keys(payload.details.payment).toSorted()).toEqual(Object.keys(others).toSorted());
  for (const { field, compact } of mutated) {
    const decision = await luis.sign(id, 'approved', { number, requestHash: hashText(compact) });
    await expect(used.world.services.approvals.decide(caller, { approvalId: id, decision }), field).rejects.toMatchObject({ code: 'DECISION_INVALID' });
    expect(await used.world.context.keys.verify(jwsType.request, compact), field).toBeNull();
  }
  await luis.decide(id, 'approved', number);
  const bundle = await requests().evidence(portal, id);
  for (const { field, compact } of mutated) expect(verifyEvidence(text({ ...bundle, request: compact })).ok, field).toBe(false);
});

test('S10: the other signature that is as good (r, n-s) is not the one that was given', async () => {
  const bundle = await approved();
  const [head = '', body = '', signature = ''] = (bundle.decision ?? '').split('.');
  const raw = Buffer.from(signature, 'base64url');
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const other = order - BigInt(`0x${raw.subarray(32).toString('hex')}`);
  const decision = `${head}.${body}.${Buffer.concat([raw.subarray(0, 32), Buffer.from(other.toString(16).padStart(64, '0'), 'hex')]).toString('base64url')}`;
  expect(verifyJwsBy(decision, jwsType.decision, luis.approval.publicKey)).not.toBeNull();
  expect(verifyEvidence(await resealed(bundle, { ...bundle, decision }))).toMatchObject({ ok: false, failed: 'entry' });
});

test('S7: an answer that was recorded after its request had run out verifies nowhere', async () => {
  const { id, number, requestHash } = await open();
  const decision = await luis.sign(id, 'approved', { number });
  used.pass({ seconds: 121 });
  await used.world.store.transaction(async (tx) => {
    await tx.closeApproval(id, { state: 'approved', now: await tx.now(), decision });
    await used.world.context.audit.record(tx, {
      companyId: used.world.company.id, event: 'approval.approved', actor: { kind: 'user', id: luis.user.id }, tokenId: (await used.world.tokenOf(luis.user)).id, serial: luis.serial!, approvalId: id,
      result: 'approved', detail: { kind: 'transaction', requestHash, decisionHash: hashText(decision) },
    });
  });
  expect(verifyEvidence(text(await requests().evidence(portal, id)))).toMatchObject({ ok: false, failed: 'time' });
});

test('S10: an answer without network is MAC evidence and says so', async () => {
  const bundle = await answeredOffline();
  expect(bundle).toMatchObject({ kind: 'mac', decision: null });
  expect(verifyEvidence(text(bundle))).toMatchObject({ ok: true, shows: { kind: 'mac', decision: 'approved' } });
  expect(verifyEvidence(text({ ...bundle, kind: 'signature' })).failed).toBe('form');
});

test('S10: a denial is evidence as well; nothing is before there is an answer, and nothing of a request that ended without one', async () => {
  const denied = await open();
  await expect(requests().evidence(portal, denied.id)).rejects.toMatchObject({ code: 'EVIDENCE_NOT_READY' });
  await luis.decide(denied.id, 'denied');
  expect(verifyEvidence(text(await requests().evidence(portal, denied.id)))).toMatchObject({ ok: true, shows: { decision: 'denied' } });
  for (const question of [loginOf('nadie'), paymentOf('luis')]) {
    const { id } = await open(question);
    await requests().cancel(portal, id);
    await expect(requests().evidence(portal, id)).rejects.toMatchObject({ code: 'EVIDENCE_NOT_READY' });
  }
});

test('S10: a device that an admin activated: his signed approval is part of it', async () => {
  const ana = await used.world.activated('ana', 'admin');
  const eva = await used.world.person('eva');
  await used.world.approved(ana, { kind: 'assign', userIds: [eva.id] });
  luis = used.world.desktop(eva);
  await luis.bind();
  await luis.open();
  const token = await used.world.tokenOf(eva);
  const { triples } = await used.world.services.admin.activation.open(await ana.caller(), { tokenId: token.id });
  const device = (await used.world.services.issuer.tokens.show(token.serial)).devices[0]!;
  expect(triples).toContainEqual([...device.words]);
  await used.world.services.admin.activation.pick(await ana.caller(), { tokenId: token.id, words: [...device.words] });
  expect(await used.world.approved(ana, { kind: 'activate', tokenIds: [token.id] })).toMatchObject({ actionState: 'done' });
  const bundle = await approved(paymentOf('eva'));
  expect(bundle.activation.approval).not.toBeNull();
  expect(verifyEvidence(text(bundle))).toMatchObject({ ok: true, shows: { activatedBy: 'admin' } });
  expect(verifyEvidence(text({ ...bundle, activation: { ...bundle.activation, approval: null } })).ok).toBe(false);
});

test('S10, S28: keys that were replaced or revoked later still count for what they signed before; a key that is not the authority’s never', async () => {
  const { keys } = used.world.services.issuer;
  const first = await used.world.context.keys.thumbprint();
  const { id, number } = await open();
  await luis.decide(id, 'approved', number);
  await requests().evidence(portal, id);
  used.pass({ minutes: 1 });
  await keys.rotate(by);
  used.pass({ minutes: 1 });
  const rotated = text(await requests().evidence(portal, id));
  expect(verifyEvidence(rotated, first)).toMatchObject({ ok: true });
  expect(verifyEvidence(rotated, await used.world.context.keys.thumbprint())).toMatchObject({ ok: true });
  expect(verifyEvidence(rotated, createSigningKey().thumbprint)).toMatchObject({ ok: false, failed: 'keys' });
  await keys.revoke(first, by);
  used.pass({ minutes: 1 });
  const revoked = text(await requests().evidence(portal, id));
  expect(verifyEvidence(revoked)).toMatchObject({ ok: true });

  const stranger = createSigningKey();
  const bundle = JSON.parse(revoked) as EvidenceBundle;
  const { seal: _seal, ...signed } = { ...bundle, keys: { keys: [stranger.publicKey, ...bundle.keys.keys], handovers: bundle.keys.handovers } };
  const forged = signWith(stranger, jwsType.evidence, { iss: 'https://vinculo.example', sha256: hashText(canonicalJson(signed as unknown as Json)), iat: 1, keys: signed.keys.keys.map(() => ({ jkt: stranger.thumbprint, created_at: 1, retired_at: null, revoked_at: null })) });
  expect(verifyEvidence(text({ ...signed, seal: forged })).failed).toBe('keys');
});

test('S30: evidence holds after the person has been erased', async () => {
  const { id, number } = await open();
  await luis.decide(id, 'approved', number);
  await used.world.services.issuer.tokens.revoke(luis.serial!, by);
  await used.world.services.issuer.users.deactivate(luis.user.userName, by);
  await used.world.services.issuer.users.erase(luis.user.userName, by);
  expect(verifyEvidence(text(await requests().evidence(portal, id)))).toMatchObject({ ok: true });
});

test('S10: the console shows what an answer is worth and saves what can be verified', async () => {
  const ana = await used.world.activated('ana', 'admin');
  const shown = async (id: ApprovalId) => used.world.services.admin.tokens.evidence(await ana.caller(), { approvalId: id });
  const { id, number } = await open();
  expect(await shown(id)).toMatchObject({ answeredBy: null, bundle: null });
  await luis.decide(id, 'approved', number);
  const signed = await shown(id);
  expect(signed).toMatchObject({ answeredBy: 'signature', checks: { authoritySignature: true, deviceSignature: true, chain: true } });
  expect(verifyEvidence(JSON.stringify(signed.bundle, null, 2))).toMatchObject({ ok: true });
  const offline = await answeredOffline();
  const request = JSON.parse(Buffer.from(offline.request.split('.')[1] ?? '', 'base64url').toString()) as { id: ApprovalId };
  expect(await shown(request.id)).toMatchObject({ answeredBy: 'mac', bundle: { kind: 'mac' } });
});
