import { implement } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import type { FastifyInstance } from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { eventsContract, eventsPath } from '../../shared/contract/device.ts';
import type { HttpDeps } from './context.ts';
import { publicError } from './error-response.ts';
import { closeCode, EventSocket } from './event-socket.ts';
import { cleanAgent } from './request.ts';
import { createSocketLimits } from './socket-limits.ts';
import { checkedSocket, readMessage } from './socket-messages.ts';

const contract = implement(eventsContract).$context<{ socket: EventSocket }>();

const router = contract.router({
  authenticate: contract.authenticate.handler(({ input, context }) => context.socket.authenticate(input)),
  subscribe: contract.subscribe.handler(async ({ input, context: { socket }, signal }) => socket.events(socket.caller, input.lastEventId, signal)),
});

/** The one WebSocket, at a versioned path. Returns how to end all connections when the authority stops. */
export function registerEventsSocket(server: FastifyInstance, deps: HttpDeps): { closeAll(): void } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 65_536, perMessageDeflate: false });
  const limits = createSocketLimits(deps.clock);
  const open = new Set<EventSocket>();
  const handler = new RPCHandler(router, {
    clientInterceptors: [({ next }) => next().catch((error: unknown) => { throw publicError(error, deps.log, deps.newReference); })],
  });

  server.server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    // From here on Node listens to nothing of this connection: without a listener a reset by the peer would end the process.
    stream.on('error', () => stream.destroy());
    const ip = deps.proxies.clientAddress(request);
    const refusal = refuse(request) ?? (limits.mayOpen(ip) ? null : '429 Too Many Requests');
    if (refusal !== null) return end(stream, refusal);
    // Of the connection, not of the WebSocket: a handshake that fails must not stay counted.
    stream.once('close', () => limits.closed(ip));
    const agent = cleanAgent(request.headers['user-agent']); // here, so that nothing below keeps the request with all its headers
    sockets.handleUpgrade(request, stream, head, (socket) => {
      const device = new EventSocket(socket, { ip, agent }, deps);
      open.add(device);
      const mayReceive = limits.messages();
      socket.on('error', () => socket.terminate());
      const checked = checkedSocket(socket);
      socket.on('message', (data) => {
        const text = readMessage(data);
        if (!mayReceive()) device.close(closeCode.tooMuch);
        else if (text === null) device.close(closeCode.notUnderstood);
        else checked.deliver(text);
      });
      socket.on('close', () => open.delete(device));
      void handler.upgrade(checked.socket, { context: { socket: device } });
    });
  });
  return { closeAll: () => open.forEach((device) => device.close(closeCode.goingAway)) };
}

/** Browsers always send an origin, and no browser page is a client of this. */
function refuse(request: IncomingMessage): string | null {
  if (request.url?.split('?')[0] !== eventsPath) return '404 Not Found';
  return request.headers.origin === undefined ? null : '403 Forbidden';
}

/** Answers and hangs up, without waiting for a peer that keeps its half open. */
function end(stream: Duplex, status: string): void {
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => stream.destroy());
}
