import type { FastifyInstance } from 'fastify';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { eventsPath, longestCall } from '../../shared/contract/event-stream.ts';
import type { HttpDeps } from './context.ts';
import { publicError } from './error-response.ts';
import { closeCode, EventSocket, type SocketParts } from './event-socket.ts';
import { cleanAgent } from './request.ts';
import { createSocketLimits } from './socket-limits.ts';

/** The one WebSocket, at a versioned path. Returns how to end all connections when the authority stops. */
export function registerEventsSocket(server: FastifyInstance, deps: HttpDeps): { closeAll(): void } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: longestCall, perMessageDeflate: false });
  const limits = createSocketLimits(deps.clock);
  const devices = createDevices({ deps, limits });

  server.server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    // From here on Node listens to nothing of this connection: without a listener a reset by the peer would end the process.
    stream.on('error', destroy);
    const ip = deps.proxies.clientAddress(request);
    const refusal = refuse(request) ?? (limits.mayOpen(ip) ? null : '429 Too Many Requests');
    if (refusal !== null) return end(stream, refusal);
    // Of the connection, not of the WebSocket: a handshake that fails must not stay counted.
    stream.once('close', () => limits.closed(ip));
    const agent = cleanAgent(request.headers['user-agent']); // here, so that nothing below keeps the request with all its headers
    sockets.handleUpgrade(request, stream, head, (socket) => devices.add(socket, { ip, agent }));
  });
  return { closeAll: devices.closeAll };
}

/** The open connections. Their listeners and the one timer are shared by all. */
function createDevices(parts: SocketParts) {
  const { clock, authentication, log, newReference } = parts.deps;
  const open = new Map<WebSocket, EventSocket>();
  const due = new Set<EventSocket>();
  let [ticking, checking] = [false, false];

  function onMessage(this: WebSocket, data: RawData, isBinary: boolean): void { open.get(this)?.hear(data as Buffer, isBinary); }
  function onPong(this: WebSocket): void { open.get(this)?.pong(); }
  function onError(this: WebSocket): void { this.terminate(); }
  function onClose(this: WebSocket): void {
    open.get(this)?.gone();
    open.delete(this);
  }

  /** On the second, as the instants are at which sessions end. */
  function tickLater(): void {
    ticking = open.size > 0;
    if (ticking) clock.after(1_000 - (clock.now() % 1_000), tick);
  }
  function tick(): void {
    const now = clock.now();
    for (const device of open.values()) if (device.tick(now) && device.listener !== null) due.add(device);
    if (due.size > 0 && !checking) void recheck();
    tickLater();
  }

  /** One read for all whose heartbeat it is; while it takes its time, the next ones gather. */
  async function recheck(): Promise<void> {
    checking = true;
    const asked = [...due].flatMap((device) => (device.listener === null ? [] : [{ device, listener: device.listener }]));
    due.clear();
    try {
      const verdicts = await authentication.recheck(asked.map(({ listener }) => listener));
      for (const [n, verdict] of verdicts.entries()) asked[n]?.device.rechecked(verdict);
    } catch (error) {
      publicError(error, log, newReference); // nobody goes for what the store cannot say: it is asked again
    } finally {
      checking = false;
    }
  }

  return {
    add(socket: WebSocket, source: { ip: string; agent: string }): void {
      open.set(socket, new EventSocket(socket, source, parts));
      socket.on('message', onMessage).on('pong', onPong).on('error', onError).on('close', onClose);
      if (!ticking) tickLater();
    },
    closeAll: () => open.forEach((device) => device.close(closeCode.goingAway)),
  };
}

function destroy(this: Duplex): void {
  this.destroy();
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
