import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqlite } from '../../authority/store/sqlite/open.ts';
import type { Company, Device, Token, User } from '../../authority/store/entities.ts';
import type { Store } from '../../authority/store/store.ts';

export const id = <T>(): T => randomUUID() as T;

/** A folder of this run's own; `using` removes it. */
export function temporaryFolder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'vinculo-bench-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

export const openStore = (folder: string): Promise<Store> => openSqlite(join(folder, 'authority.sqlite'), { now: Date.now });

export const company = (name: string): Company => ({
  id: id(), name, serialPrefix: 'FEF', createdAt: Date.now(), enabled: true, suspended: false, fourEyes: false, otpDigits: 6, autoLockMinutes: 10,
});

export const user = (of: Company, n: number): User => ({
  id: id(), companyId: of.id, userName: `persona${n}`, role: 'member', language: 'es', active: true, inactiveSince: null, createdAt: Date.now(), contactsChangedAt: null,
  salt: randomBytes(16),
  personal: { name: `Persona ${n} ${['Restrepo', 'Quintero', 'Mosquera', 'Ospina', 'Ñáñez'][n % 5]}`, email: `persona${n}@empresa.example`, mobile: `+57310${String(n).padStart(7, '0')}`, emailBounced: false, mobileBounced: false },
});

export const device = (of: Token, owner: User): Device => ({
  id: id(), tokenId: of.id, userId: owner.id, companyId: of.companyId, state: 'active', replacing: false, resumeState: null,
  sessionKey: '{}', approvalKey: '{}', sessionThumbprint: randomBytes(32).toString('base64url'), approvalThumbprint: randomBytes(32).toString('base64url'),
  name: 'TDV-PT-0412', system: 'Debian 12', app: 'Vínculo', keyProtection: 'Secret Service', fingerprintNonce: 'n', language: 'es', statement: '', secondProof: 'sms', secondProofDetail: '', ip: '127.0.0.1',
  boundAt: Date.now(), acknowledgedAt: Date.now(), lastUseAt: null, closedAt: null, pinVerifier: null, share: null, pinGeneration: 1, pinFailures: 0, pinDestroyedAt: null,
});

/** A company whose `count` tokens are all held: 85 % active, the rest spread over the other states. */
export async function fill(store: Store, count: number): Promise<{ company: Company; users: User[]; tokens: Token[] }> {
  const of = company(`Empresa de ${count}`);
  return store.transaction(async (tx) => {
    const now = Date.now();
    await tx.addCompany(of);
    const tokens = await tx.addTokens(of.id, count, now, id);
    const users: User[] = [];
    for (const [n, token] of tokens.entries()) {
      const owner = user(of, n);
      await tx.addUser(owner);
      await tx.moveToken(token.id, { from: ['available'], to: 'assigned', now: now - n * 1000, userId: owner.id });
      if (n % 10 !== 0) await tx.moveToken(token.id, { from: ['assigned'], to: 'pending_activation', now: now - n * 1000 });
      if (n % 10 > 1) await tx.moveToken(token.id, { from: ['pending_activation'], to: 'active', now: now - n * 1000, everActive: true });
      users.push(owner);
    }
    return { company: of, users, tokens };
  });
}
