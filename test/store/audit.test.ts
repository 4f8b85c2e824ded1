import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { importPublicKey, signJws, verifyJws } from '../../authority/crypto/jws.ts';
import type { Audit } from '../../authority/services/audit.ts';
import { createAudit } from '../../authority/services/audit.ts';
import { canonicalJson, entryHash } from '../../authority/services/audit/chain.ts';
import type { Checkpoint } from '../../authority/services/audit/checkpoints.ts';
import type { AuditEntry, User } from '../../authority/store/entities.ts';
import type { Store } from '../../authority/store/store.ts';
import { jwsType } from '../../shared/contract/signed.ts';
import type { CompanyId, SerialNumber } from '../../shared/domain/ids.ts';
import { memoryLog } from '../support/memory-log.ts';
import { addScene, at, T0 } from '../support/rows.ts';
import { tamperWith, type Tamper } from '../support/tamper.ts';
import { createDatabase, databases, type TestDatabase } from '../support/stores.ts';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const verifying = importPublicKey(publicKey.export({ format: 'jwk' })) ?? publicKey;

describe.each(databases)('audit trail on %s', (name) => {
  let database: TestDatabase;
  let store: Store;
  let tamper: Tamper;
  let log: string[];
  let audit: Audit;
  let chain: CompanyId;
  let user: User;
  const problems: string[] = [];

  afterEach(async () => { await tamper.close(); await database.remove(); });
  beforeEach(async () => {
    database = await createDatabase(name);
    store = await database.open();
    tamper = await tamperWith(database);
    log = [];
    problems.length = 0;
    audit = createAudit({
      store, random: (n) => new Uint8Array(randomBytes(n)), checkpoints: memoryLog(log),
      signCheckpoint: async (payload) => signJws(jwsType.checkpoint, payload, privateKey),
      verifyCheckpoint: async (jws) => (verifyJws(jws, jwsType.checkpoint, verifying)?.payload ?? null) as Checkpoint | null,
      onProblem: (problem) => { problems.push(problem.chain); },
    });
    const scene = await addScene(store, { users: 1, tokens: 1 });
    chain = scene.company.id;
    user = at(scene.users, 0);
  });

  const write = async (count: number, event = 'token.block') => {
    for (let i = 0; i < count; i++) {
      await store.transaction((tx) => audit.record(tx, { companyId: chain, event, actor: { kind: 'issuer', name: 'operaria1' }, user, ip: '192.0.2.7', reason: `motivo ${i}`, detail: { n: i } }));
    }
  };
  const entries = () => store.read.auditRange(chain, 1, 1000);
  const rehash = (entry: AuditEntry, previous: string, body = entry.body): AuditEntry => ({ ...entry, previous, body, hash: entryHash(previous, body) });
  /** Writes the chain anew from `from`, with right hashes: what a database administrator could do. */
  async function rewriteFrom(from: number, body: (entry: AuditEntry) => string) {
    const all = await entries();
    let previous = at(all, from - 2).hash;
    for (const entry of all.slice(from - 1)) {
      const written = rehash(entry, previous, entry.sequence === from ? body(entry) : entry.body);
      await tamper.replace(entry, written);
      previous = written.hash;
    }
    await tamper.head(chain, all.length, previous);
  }

  test('entries hold ids and commitments; the words stand in a note', async () => {
    await write(1);
    const entry = at(await entries(), 0);
    for (const secret of ['operaria1', 'motivo', '192.0.2.7', user.personal?.name, user.personal?.email, user.personal?.mobile]) expect(entry.body).not.toContain(secret);
    expect(JSON.parse(entry.note ?? '')).toEqual({ operator: 'operaria1', ip: '192.0.2.7', reason: 'motivo 0' });
    const { entries: shown, total, events } = await audit.list({ chain, size: 10 });
    expect(total).toBe(1);
    expect(events).toEqual(['token.block']);
    expect(shown[0]).toMatchObject({ sequence: 1, actor: { kind: 'issuer', name: 'operaria1' }, subject: { userId: user.id, name: user.personal?.name }, ip: '192.0.2.7', result: 'recorded', detail: { n: 0, reason: 'motivo 0' } });
  });

  test('a search: event in any case, serial, or a person; every word; never as a pattern', async () => {
    const record = (event: string, more: Partial<Parameters<Audit['record']>[1]> = {}) => store.transaction((tx) => audit.record(tx, { companyId: chain, event, actor: { kind: 'issuer', name: 'operaria1' }, ...more }));
    await record('user.passwordChanged', { user });
    await record('token.resendInvitation', { serial: 'FEF4900032' as SerialNumber });
    await record('token.block', { serial: 'FEF4900032' as SerialNumber, actor: { kind: 'admin', id: user.id } });
    const name = user.personal?.name ?? '';
    const found = async (search: string, more: object = {}) => (await audit.list({ chain, size: 10, search, ...more })).entries.map(({ event }) => event);
    expect(await found('user.passwordChanged')).toEqual(['user.passwordChanged']);
    expect(await found('USER.PASSWORDCHANGED')).toEqual(['user.passwordChanged']);
    expect(await found('fef4900032')).toEqual(['token.block', 'token.resendInvitation']);
    expect(await found(name)).toEqual(['token.block', 'user.passwordChanged']);
    expect(await found(name.toUpperCase())).toEqual(['token.block', 'user.passwordChanged']);
    expect(await found(`${name} token.block`)).toEqual(['token.block']);
    expect(await found(`${name} fef4900032`, { event: 'token.block' })).toEqual(['token.block']);
    expect(await found(name, { before: 3 })).toEqual(['user.passwordChanged']);
    expect((await audit.list({ chain, size: 1, search: name })).total).toBe(2);
    for (const nothing of ['%', '_', 'token', 'token.%', 'nadie', `${name} nadie`]) expect(await found(nothing), nothing).toEqual([]);
    expect(await found('')).toHaveLength(3);
    await store.transaction((tx) => tx.erasePersonal(user.id));
    expect(await found(name)).toEqual([]);
    expect(await found('user.passwordChanged')).toEqual(['user.passwordChanged']);
  });

  test('S20: an untouched chain verifies; what no checkpoint covers yet is reported as such', async () => {
    await write(3);
    await audit.checkpoint();
    await write(2);
    expect(await audit.verify(chain)).toMatchObject({ ok: true, entries: 5, anchoredUpTo: 3, notAnchored: 2, firstBad: null });
    expect(await audit.verify('none')).toMatchObject({ ok: true, entries: 0, anchoredUpTo: 0, firstBad: null });
  });

  test.each<[string, Partial<AuditEntry>]>([
    ['body', { body: '{"v":1}' }], ['time', { at: T0 + 1 }], ['event', { event: 'token.unblock' }], ['user', { userId: null }],
    ['note', { note: '{"operator":"otra"}' }], ['hash', { hash: entryHash('', 'x') }],
  ])('S20: alter %s: found at the entry', async (_, change) => {
    await write(5);
    const entry = at(await entries(), 2);
    await tamper.replace(entry, { ...entry, ...change });
    expect(await audit.verify(chain)).toMatchObject({ ok: false, firstBad: 3, damage: 'altered' });
  });

  test('S20: drop: found at the entry that is missing', async () => {
    await write(5);
    await tamper.remove(at(await entries(), 2));
    expect(await audit.verify(chain)).toMatchObject({ ok: false, firstBad: 3, damage: 'missing' });
  });

  test('S20: drop and renumber: found at the entry that moved up', async () => {
    await write(5);
    const all = await entries();
    await tamper.remove(at(all, 2));
    for (const entry of all.slice(3)) await tamper.replace(entry, { ...entry, sequence: entry.sequence - 1 });
    expect(await audit.verify(chain)).toMatchObject({ ok: false, firstBad: 3 });
  });

  test('S20: reorder: found at the first of the two', async () => {
    await write(5);
    const [second, third] = (await entries()).slice(1);
    if (!second || !third) throw new Error('no entries');
    await tamper.remove(second);
    await tamper.replace(third, { ...third, sequence: 2 });
    await tamper.insert({ ...second, sequence: 3 });
    expect(await audit.verify(chain)).toMatchObject({ ok: false, firstBad: 2 });
  });

  test('S20: truncate, with and without setting the head back: found where the chain breaks off', async () => {
    await write(5);
    await audit.checkpoint();
    const all = await entries();
    await tamper.remove(at(all, 4));
    expect(await audit.verify(chain)).toMatchObject({ ok: false, firstBad: 5, damage: 'truncated' });
    await tamper.head(chain, 4, at(all, 3).hash);
    expect(await audit.verify(chain)).toMatchObject({ ok: false, firstBad: 5, damage: 'truncated' });
    expect(await audit.checkpoint()).toMatchObject({ broken: [chain] });
    expect(problems).toEqual([chain]);
  });

  test('S20: rewrite from an entry on, every hash right: the checkpoint finds the very entry', async () => {
    await write(4);
    await audit.checkpoint();
    await write(3);
    await audit.checkpoint();
    await write(1);
    await rewriteFrom(3, (entry) => canonicalJson({ ...JSON.parse(entry.body), detail: { n: 99 } }));
    expect(await audit.verify(chain)).toMatchObject({ ok: false, firstBad: 3, damage: 'rewritten' });
    const lines = log.length;
    expect((await audit.checkpoint()).broken).toEqual([chain]);
    expect(log).toHaveLength(lines);
  });

  test('S20: an entry put after the head is found', async () => {
    await write(2);
    const last = at(await entries(), 1);
    await tamper.insert({ ...rehash(last, last.hash), sequence: 3 });
    expect(await audit.verify(chain)).toMatchObject({ ok: false, firstBad: 3 });
  });

  test('S20: a forged, lost or exchanged checkpoint is reported', async () => {
    for (let i = 0; i < 3; i++) { await write(2); await audit.checkpoint(); }
    const kept = [...log];
    const setLog = (...lines: string[]) => { log.splice(0, log.length, ...lines); };
    const [a, b, c] = [at(kept, 0), at(kept, 1), at(kept, 2)];
    for (const lines of [[a, c], [a, b.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')), c], [b, a, c]]) {
      setLog(...lines);
      expect(await audit.verify(chain)).toMatchObject({ ok: false, damage: 'checkpoints' });
    }
    setLog(...kept);
    expect(await audit.verify(chain)).toMatchObject({ ok: true, anchoredUpTo: 6 });
  });

  test('S30: after erasing the person nothing names him and the chain still verifies', async () => {
    await write(2);
    await audit.checkpoint();
    await store.transaction((tx) => tx.erasePersonal(user.id));
    expect(await audit.verify(chain)).toMatchObject({ ok: true, entries: 2 });
    expect((await entries()).map((entry) => entry.note)).toEqual([null, null]);
    const dump = await tamper.dump();
    for (const secret of [user.personal?.name, 'andres felipe', user.userName, user.personal?.email, user.personal?.mobile, 'operaria1', 'motivo']) expect(dump.includes(secret ?? '-'), String(secret)).toBe(false);
  });

  test('concurrent writers: one chain without gaps', async () => {
    await Promise.all(Array.from({ length: 25 }, (_, i) => store.transaction((tx) => audit.record(tx, { companyId: chain, event: 'e', actor: { kind: 'authority' }, detail: { i } }))));
    expect(await audit.verify(chain)).toMatchObject({ ok: true, entries: 25 });
  });

  test('what did not happen has no entry', async () => {
    await expect(store.transaction(async (tx) => {
      await audit.record(tx, { companyId: chain, event: 'e', actor: { kind: 'authority' } });
      throw new Error('no');
    })).rejects.toThrow('no');
    expect(await audit.verify(chain)).toMatchObject({ ok: true, entries: 0 });
  });

  test('S20: a checkpoint after the hundredth entry and by the clock; the last one at the end', async () => {
    const ticks: (() => void)[] = [];
    const stop = audit.start((milliseconds, work) => { ticks.push(work); expect(milliseconds).toBe(10_000); return () => { ticks.pop(); }; });
    await write(100);
    await audit.checkpoint();
    expect(log).toHaveLength(1);
    await write(1);
    at(ticks, 0)();
    await audit.checkpoint();
    expect((await audit.verify(chain)).anchoredUpTo).toBe(101);
    await write(1);
    await stop();
    expect(ticks).toHaveLength(0);
    expect((await audit.verify(chain)).anchoredUpTo).toBe(102);
  });
});
