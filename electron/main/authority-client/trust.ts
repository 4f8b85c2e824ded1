import { createHash } from 'node:crypto';
import { compactVerify, decodeProtectedHeader, importJWK } from 'jose';
import { VinculoError, type ErrorCode } from '../../../shared/contract/errors.ts';
import { displayText, type PublicJwk } from '../../../shared/contract/primitives.ts';
import { approvalRequest, bindingStatement, jwsType, keyHandover, type ApprovalRequest } from '../../../shared/contract/signed.ts';
import { jwkThumbprint } from '../../../shared/domain/thumbprint.ts';
import type { AuthorityTrust } from './authority-client.ts';

const thumbprint = (key: PublicJwk): string => jwkThumbprint(key, (bytes) => createHash('sha256').update(bytes).digest());

interface Served { keys: PublicJwk[]; handovers: string[] }

/** Base64url has more than one spelling of the same bytes where bits are left over; only the one that was signed counts (RFC 4648 §3.5). */
const isCanonical = (compact: string): boolean => compact.split('.').every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);

/** The payload, if one of `keys` signed exactly these characters with this `typ`. */
async function verified(compact: string, typ: string, keys: readonly PublicJwk[], code: ErrorCode): Promise<unknown> {
  if (!isCanonical(compact)) throw new VinculoError(code);
  for (const key of keys) {
    try {
      const { payload } = await compactVerify(compact, await importJWK(key, 'ES256'), { algorithms: ['ES256'] });
      if (decodeProtectedHeader(compact).typ !== typ) break;
      return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
    } catch {
      continue; // not by this key
    }
  }
  throw new VinculoError(code);
}

/** Thumbprints reachable from `roots` by hand-overs, oldest first, each signed by a key that is already trusted. */
async function reachable(roots: ReadonlyMap<string, PublicJwk>, handovers: readonly string[]): Promise<ReadonlyMap<string, PublicJwk>> {
  const trusted = new Map(roots);
  for (const compact of handovers) {
    const handover = await verified(compact, jwsType.handover, [...trusted.values()], 'AUTHORITY_KEY_CHANGED').then(keyHandover.parse).catch(() => null);
    if (handover === null) continue; // by a key this device never trusted
    const from = trusted.get(handover.from);
    if (from === undefined) continue;
    await verified(compact, jwsType.handover, [from], 'AUTHORITY_KEY_CHANGED');
    trusted.set(thumbprint(handover.to), handover.to);
  }
  return trusted;
}

async function follow(pinned: readonly PublicJwk[], served: Served): Promise<PublicJwk[]> {
  const trusted = await reachable(new Map(pinned.map((key) => [thumbprint(key), key])), served.handovers);
  const [newest] = served.keys;
  if (newest === undefined || !trusted.has(thumbprint(newest))) throw new VinculoError('AUTHORITY_KEY_CHANGED');
  // A key that is no longer served is retired or revoked, whatever it once signed.
  return served.keys.filter((key) => trusted.has(thumbprint(key)));
}

async function pin(isNamed: (thumbprint: string) => boolean, served: Served): Promise<PublicJwk[]> {
  const named = served.keys.filter((key) => isNamed(thumbprint(key)));
  if (named.length === 0) throw new VinculoError('AUTHORITY_KEY_CHANGED');
  return follow(named, served);
}

async function request(compact: string, expected: { keys: readonly PublicJwk[]; issuer: string; serial: string }): Promise<ApprovalRequest> {
  const payload = approvalRequest.safeParse(await verified(compact, jwsType.request, expected.keys, 'REQUEST_NOT_GENUINE'));
  const genuine = payload.success && payload.data.iss === expected.issuer && payload.data.serial === expected.serial
    && payload.data.iat < payload.data.exp && textsIn(payload.data).every(isSafeText);
  if (!genuine) throw new VinculoError('REQUEST_NOT_GENUINE');
  return payload.data;
}

/** S11, a second time: the authority refuses such text when a request is made; a request that has it all the same is not shown. */
const isSafeText = (text: string): boolean => text === '' || displayText(4096).safeParse(text).success;

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

export const authorityTrust: AuthorityTrust = {
  follow,
  pin,
  request,
  async bindingStatement(compact, keys) {
    const statement = bindingStatement.safeParse(await verified(compact, jwsType.binding, keys, 'AUTHORITY_ANSWER_INVALID'));
    if (!statement.success) throw new VinculoError('AUTHORITY_ANSWER_INVALID');
    return statement.data;
  },
  hash: (compact) => createHash('sha256').update(compact).digest('base64url'),
};
