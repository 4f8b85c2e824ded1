import type { Protocol } from 'electron';
import { isOwnAddress } from '../common/addresses.ts';
import { readRendererFile } from '../common/renderer-files.ts';
import { ORIGIN, SCHEME } from './security.ts';

/** Serves the built renderer on the app's own scheme, each answer with its content security policy. */
export function serveRenderer(protocol: Protocol, folder: string): void {
  protocol.handle(SCHEME, async (request) => {
    if (request.method !== 'GET' || !isOwnAddress(ORIGIN, request.url)) return new Response('Not found', { status: 404 });
    const { status, headers, body } = await readRendererFile(folder, new URL(request.url).pathname);
    return new Response(new Uint8Array(body), { status, headers: { ...headers } });
  });
}
