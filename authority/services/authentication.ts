import { VinculoError } from '../../shared/contract/errors.ts';
import type { DeviceId } from '../../shared/domain/ids.ts';
import { accessTokenSeconds } from '../crypto/access-token.ts';
import { dpopNonces } from '../crypto/dpop-nonce.ts';
import { verifyDpop, type DpopExpectation } from '../crypto/dpop.ts';
import type { Caller } from './caller.ts';
import type { ServiceContext } from './context.ts';
import type { Listener } from './event-stream.ts';

/** What a door knows of a request before anything about it is proven. */
export interface DeviceRequest {
  readonly method: string;
  /** Public address of the request, without query: the configured origin and the path. */
  readonly uri: string;
  /** The `DPoP` header; on the socket, the message's proof. */
  readonly proof: string | undefined;
  readonly accessToken: string | undefined;
  readonly ip: string;
  readonly agent: string;
}

export interface Session { readonly caller: Caller; /** When the access token ends, milliseconds. */ readonly expiresAt: number }

export interface Authentication {
  /** For the `DPoP-Nonce` header of every answer (RFC 9449 §8). */
  nonce(): Promise<string>;
  /** Token, proof, single use of the proof, and that the device is live: at every call (S12, S17). */
  session(request: DeviceRequest): Promise<Session>;
  /** Before there is a token: a proof by the device's session key, with the server's nonce. */
  device(request: DeviceRequest, deviceId: DeviceId): Promise<Caller>;
  /** Of each device behind an open socket, whether it is still live: as it is now, or the same errors. One read for all. */
  recheck(listeners: readonly Listener[]): Promise<(Listener | 'DEVICE_CLOSED' | 'COMPANY_SUSPENDED' | 'SESSION_REQUIRED')[]>;
}

export function createAuthentication(context: Pick<ServiceContext, 'store' | 'sealer' | 'keys'>): Authentication {
  const { store, keys } = context;
  const nonces = dpopNonces(context.sealer.derive('dpop-nonce'));

  async function requireProof(request: DeviceRequest, expected: Pick<DpopExpectation, 'accessToken' | 'jkt' | 'nonce' | 'now'>): Promise<void> {
    const verdict = verifyDpop(request.proof, { method: request.method, uri: request.uri, ...expected }, nonces);
    if (!verdict.ok) throw new VinculoError(verdict.reason === 'nonce' ? 'DPOP_NONCE_REQUIRED' : 'DPOP_INVALID', {}, { cause: new Error(`proof refused: ${verdict.reason}`) });
    const first = await store.useProofId(verdict.proofId, verdict.proofExpiresAt);
    if (!first) throw new VinculoError('DPOP_INVALID', {}, { cause: new Error('proof used before') });
  }

  function callerOf(rows: Awaited<ReturnType<typeof store.read.callerRows>>, { ip, agent }: Pick<Caller, 'ip' | 'agent'>): Caller {
    if (rows === null || rows.device.state === 'closed') throw new VinculoError('DEVICE_CLOSED');
    if (rows.company.suspended) throw new VinculoError('COMPANY_SUSPENDED');
    return { ...rows, ip, agent };
  }

  return {
    nonce: async () => nonces.current(await store.now()),
    async session(request) {
      const now = await store.now();
      const { accessToken } = request;
      const token = accessToken === undefined ? null : await keys.readAccessToken(accessToken, now);
      if (accessToken === undefined || token === null) throw new VinculoError('SESSION_REQUIRED');
      await requireProof(request, { accessToken, jkt: token.jkt, nonce: 'optional', now });
      const rows = await store.read.callerRows(token.deviceId);
      if (rows !== null && rows.device.sessionThumbprint !== token.jkt) throw new VinculoError('DEVICE_CLOSED');
      const caller = callerOf(rows, request);
      if (caller.device.state === 'suspended' && openedBefore(token.expiresAt, caller.token.updatedAt)) throw new VinculoError('SESSION_REQUIRED');
      return { caller, expiresAt: token.expiresAt };
    },
    async device(request, deviceId) {
      const now = await store.now();
      const rows = await store.read.callerRows(deviceId);
      // An unknown device is told so only after a proof that is right in itself: nothing can be asked without a key.
      await requireProof(request, { ...(rows !== null && { jkt: rows.device.sessionThumbprint }), nonce: 'required', now });
      return callerOf(rows, request);
    },
    async recheck(listeners) {
      const lives = new Map((await store.read.deviceLives(listeners.map(({ device }) => device))).map((life) => [life.id, life]));
      return listeners.map((listener) => {
        const { state, companySuspended } = lives.get(listener.device) ?? { state: 'closed', companySuspended: false };
        if (state === 'closed') return 'DEVICE_CLOSED';
        if (companySuspended) return 'COMPANY_SUSPENDED';
        if (state === 'suspended' && listener.state !== 'suspended') return 'SESSION_REQUIRED';
        return state === listener.state ? listener : { ...listener, state };
      });
    },
  };
}

/**
 * Blocking a token ends the sessions its devices have (S17); a new one may read the device's own state and why. To the second,
 * as access tokens are issued.
 */
const openedBefore = (expiresAt: number, blockedAt: number): boolean => expiresAt / 1000 - accessTokenSeconds < Math.floor(blockedAt / 1000);
