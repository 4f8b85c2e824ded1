import type { FastifyRequest } from 'fastify';
import type { DeviceRequest } from '../services/authentication.ts';

/** What the person may be shown of the program that called: printable ASCII only (S11), at most 200 characters. */
export const cleanAgent = (header: string | undefined): string => (header ?? '').replace(/[^\x20-\x7E]/g, '').slice(0, 200);

/** The token of an `Authorization: DPoP …` header (RFC 9449 §7.1); a bearer token is none. */
export function dpopToken(header: string | undefined): string | undefined {
  return /^DPoP ([A-Za-z0-9_.-]{1,4096})$/i.exec(header ?? '')?.[1];
}

/** The token of an `Authorization: Bearer …` header (RFC 6750 §2.1). */
export function bearerToken(header: string | undefined): string | undefined {
  return /^Bearer ([A-Za-z0-9_.~+/=-]{1,4096})$/i.exec(header ?? '')?.[1];
}

/** @param address public origin of the authority: what proofs name, whatever the Host header says */
export function deviceRequest(request: FastifyRequest, address: string): DeviceRequest {
  const proof = request.headers['dpop'];
  return {
    method: request.method,
    uri: address + (request.url.split('?')[0] ?? ''),
    proof: typeof proof === 'string' ? proof : undefined,
    accessToken: dpopToken(request.headers.authorization),
    ip: request.ip,
    agent: cleanAgent(request.headers['user-agent']),
  };
}
