import { createHmac } from 'node:crypto';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, test } from 'vitest';
import { byChannel, Held, NotSent, outboxNotifier, type OutgoingMessage } from './notifier.ts';
import { smsGateway } from './sms-gateway.ts';
import { smtpNotifier } from './smtp.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});
const portOf = (server: Server) => (server.address() as AddressInfo).port;

const mail: OutgoingMessage = { id: '0b4e7f6e-0000-4000-8000-000000000001', channel: 'email', to: 'ana@ejemplo.co', subject: 'Invitación para vincular', text: 'Abra este enlace:\n\nhttps://vinculo.example/i#abc.def\n\nñandú' };
const sms: OutgoingMessage = { id: '0b4e7f6e-0000-4000-8000-000000000002', channel: 'sms', to: '+573001112233', subject: null, text: '4K7Q-X9TB es su código' };

describe('SMTP', () => {
  interface Received { from: string; to: string[]; data: string; user: string | undefined }
  async function smtpServer(options: SMTPServerOptions = {}): Promise<{ url: (scheme?: string, login?: string) => string; received: Received[] }> {
    const received: Received[] = [];
    const server = new SMTPServer({
      authOptional: true, disabledCommands: ['STARTTLS'], allowInsecureAuth: true, ...options,
      onData(stream, session, done) {
        let data = '';
        stream.setEncoding('utf8').on('data', (part: string) => { data += part; }).on('end', () => {
          received.push({ from: session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address, to: session.envelope.rcptTo.map(({ address }) => address), data, user: session.user });
          done();
        });
      },
    });
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    closers.push(() => new Promise((resolve) => { server.close(() => resolve(undefined)); }));
    const port = (server.server.address() as AddressInfo).port;
    return { url: (scheme = 'smtp', login = '') => `${scheme}://${login}127.0.0.1:${port}`, received };
  }
  const notifier = (url: string, timeout = 5_000) => {
    const made = smtpNotifier({ url, from: 'Banco Páramo <vinculo@paramo.example>', timeout });
    closers.push(() => made.close());
    return made;
  };
  const decoded = (data: string) => Buffer.from(data.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1').toString('utf8');

  test('a real server gets sender, receiver, subject and text, with an id that stays the same at every try', async () => {
    const { url, received } = await smtpServer();
    await notifier(url()).send(mail);
    expect(received[0]).toMatchObject({ from: 'vinculo@paramo.example', to: ['ana@ejemplo.co'] });
    expect(received[0]?.data).toContain(`Message-ID: <${mail.id}@paramo.example>`);
    expect(received[0]?.data).toMatch(/^Subject: =\?UTF-8\?/m);
    expect(decoded(received[0]?.data ?? '')).toContain('https://vinculo.example/i#abc.def');
    expect(decoded(received[0]?.data ?? '')).toContain('ñandú');
  });

  test('with user and password', async () => {
    const { url, received } = await smtpServer({ authOptional: false, onAuth: ({ username, password }, _session, done) => done(password === 'cl@ve' ? null : new Error('no'), { user: username }) });
    await notifier(url('smtp', 'vinculo:cl%40ve@')).send(mail);
    expect(received[0]?.user).toBe('vinculo');
    await expect(notifier(url('smtp', 'vinculo:otra@')).send(mail)).rejects.toMatchObject({ temporary: true });
  });

  test('an address that could carry a header or a second receiver goes to nobody else', async () => {
    const { url, received } = await smtpServer();
    await notifier(url()).send({ ...mail, to: 'ana@ejemplo.co, eva@evil.example' }).catch(() => undefined);
    await notifier(url()).send({ ...mail, subject: 'x\r\nBcc: eva@evil.example' });
    expect(received.flatMap(({ to }) => to)).not.toContain('eva@evil.example');
    expect(received.at(-1)?.data).not.toMatch(/^Bcc:/m);
  });

  test.each([[550, false], [451, true]])('a server that says %i: temporary is %s', async (responseCode, temporary) => {
    const { url } = await smtpServer({ onRcptTo: (_address, _session, done) => done(Object.assign(new Error('refused'), { responseCode })) });
    await expect(notifier(url()).send(mail)).rejects.toMatchObject({ name: 'NotSent', temporary });
  });

  test('a server that is not there, or never speaks, is given up in time', async () => {
    await expect(notifier('smtp://127.0.0.1:1').send(mail)).rejects.toMatchObject({ temporary: true });
    const silent = createServer();
    silent.on('connection', () => undefined);
    await new Promise<void>((resolve) => { silent.listen(0, '127.0.0.1', resolve); });
    closers.push(() => new Promise((resolve) => { silent.closeAllConnections(); silent.close(resolve); }));
    await expect(notifier(`smtp://127.0.0.1:${portOf(silent)}`, 200).send(mail)).rejects.toBeInstanceOf(NotSent);
  });
});

describe('SMS gateway', () => {
  const secret = 's'.repeat(32);
  const now = 1_700_000_000_123;
  interface Received { headers: Record<string, string | string[] | undefined>; body: string; url: string }
  async function gateway(answer: (response: ServerResponse, count: number) => void): Promise<{ url: string; received: Received[] }> {
    const received: Received[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (part: string) => { body += part; }).on('end', () => {
        received.push({ headers: request.headers, body, url: request.url ?? '' });
        answer(response, received.length);
      });
    });
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    closers.push(() => new Promise((resolve) => { server.closeAllConnections(); server.close(resolve); }));
    return { url: `http://127.0.0.1:${portOf(server)}/sms`, received };
  }
  const send = (url: string, timeout = 5_000) => smsGateway({ url, secret, now: () => now, timeout }).send(sms);

  test('the body is signed with its time; the gateway computes the same', async () => {
    const { url, received } = await gateway((response) => response.writeHead(202).end());
    await send(url);
    const { headers = {}, body = '' }: Partial<Received> = received[0] ?? {};
    expect(JSON.parse(body)).toEqual({ id: sms.id, to: sms.to, text: sms.text });
    expect(headers['vinculo-timestamp']).toBe('1700000000');
    expect(headers['vinculo-signature']).toBe(createHmac('sha256', secret).update(`1700000000.${body}`).digest('base64url'));
  });

  test('a redirect is not followed', async () => {
    const { url, received } = await gateway((response) => response.writeHead(307, { location: '/elsewhere' }).end());
    await expect(send(url)).rejects.toMatchObject({ temporary: true });
    expect(received.map((request) => request.url)).toEqual(['/sms']);
  });

  test.each([[400, false], [422, false], [401, true], [429, true], [500, true], [503, true]])('an answer of %i: temporary is %s', async (status, temporary) => {
    const { url } = await gateway((response) => response.writeHead(status).end('detalle'));
    await expect(send(url)).rejects.toMatchObject({ name: 'NotSent', temporary });
  });

  test('one that never answers, and one that is not there', async () => {
    const { url } = await gateway(() => undefined);
    await expect(send(url, 150)).rejects.toMatchObject({ temporary: true });
    await expect(send('http://127.0.0.1:1/')).rejects.toMatchObject({ temporary: true });
  });
});

test('each channel has its own way; without one the message is held', async () => {
  const sent: string[] = [];
  const notifier = byChannel({ sms: { send: async ({ to }) => { sent.push(to); }, close: async () => {} }, email: outboxNotifier });
  await notifier.send(sms);
  await expect(notifier.send(mail)).rejects.toBeInstanceOf(Held);
  expect(sent).toEqual([sms.to]);
  await notifier.close();
});
