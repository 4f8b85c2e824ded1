import { generateKeyPairSync, randomBytes, randomUUID, type JsonWebKey } from 'node:crypto';
import { sealedSeed, type Planted } from './planted.ts';
import type { Authority } from '../../../authority/wiring.ts';
import { thumbprintOf, type PublicKey } from '../../../authority/crypto/jws.ts';
import { company as newCompany, device as newDevice, id, user as newUser } from '../fixture.ts';

interface Pair { readonly privateKey: JsonWebKey; readonly publicKey: PublicKey }
function pair(): Pair {
  const privateKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  const { x = '', y = '' } = privateKey;
  return { privateKey, publicKey: { kty: 'EC', crv: 'P-256', x, y } };
}

const perTransaction = 500;

/**
 * People with an active token on a bound device whose keys are real, as many in each of `companies`: through the store, without
 * the binding's conversation, which ten thousand times would take an hour.
 */
export async function plantDevices({ store, sealer }: Authority, companies: number, perCompany: number): Promise<Omit<Planted, 'portalToken'>> {
  const devices: Planted['devices'][number][] = [];
  const names: string[] = [];
  for (let c = 0; c < companies; c += 1) {
    const of = { ...newCompany(`Empresa ${c}`), serialPrefix: `${letter(c / 676)}${letter(c / 26)}${letter(c)}` };
    names.push(of.name);
    await store.transaction((tx) => tx.addCompany(of));
    for (let from = 0; from < perCompany; from += perTransaction) {
      const count = Math.min(perTransaction, perCompany - from);
      await store.transaction(async (tx) => {
        const now = await tx.now();
        for (const [n, token] of (await tx.addTokens(of.id, count, now, id)).entries()) {
          const owner = { ...newUser(of, from + n), userName: `persona${c}-${from + n}` };
          await tx.addUser(owner);
          await tx.moveToken(token.id, { from: ['available'], to: 'assigned', now, userId: owner.id });
          await tx.moveToken(token.id, { from: ['assigned'], to: 'pending_activation', now });
          await tx.moveToken(token.id, { from: ['pending_activation'], to: 'active', now, everActive: true });
          const [session, approval, seed] = [pair(), pair(), randomBytes(32)];
          const bound = {
            ...newDevice(token, owner), sessionKey: JSON.stringify(session.publicKey), approvalKey: JSON.stringify(approval.publicKey),
            sessionThumbprint: thumbprintOf(session.publicKey), approvalThumbprint: thumbprintOf(approval.publicKey), name: randomUUID(),
          };
          await tx.addDevice(bound);
          await tx.addSeed({ deviceId: bound.id, sealed: sealedSeed(sealer, bound.id, seed), digits: 6, period: 30, lastStep: null });
          devices.push({ id: bound.id, userName: owner.userName, session: session.privateKey, approval: approval.privateKey, seed: seed.toString('base64') });
        }
      });
    }
  }
  return { companies: names, devices };
}

const letter = (n: number): string => String.fromCodePoint(65 + (Math.floor(n) % 26));
