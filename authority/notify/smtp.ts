import { createTransport } from 'nodemailer';
import { NotSent, type Notifier } from './notifier.ts';

export interface SmtpOptions {
  /** `smtps://user:password@host:465` or `smtp://host:587`; the latter must offer STARTTLS unless it is loopback. */
  readonly url: string;
  /** Sender, e.g. `Banco Ejemplo <vinculo@ejemplo.com>`. */
  readonly from: string;
  /** Milliseconds. */
  readonly timeout?: number;
}

/** E-mail over SMTP (RFC 5321). TLS is required to anywhere but this machine. */
export function smtpNotifier({ url, from, timeout = 20_000 }: SmtpOptions): Notifier {
  const server = new URL(url);
  const loopback = ['127.0.0.1', 'localhost', '[::1]'].includes(server.hostname);
  const transport = createTransport({
    host: server.hostname.replace(/^\[|\]$/g, ''),
    port: Number(server.port) || (server.protocol === 'smtps:' ? 465 : 587),
    secure: server.protocol === 'smtps:',
    requireTLS: server.protocol === 'smtp:' && !loopback,
    ...(loopback && server.protocol === 'smtp:' && { ignoreTLS: true }),
    ...(server.username !== '' && { auth: { user: decodeURIComponent(server.username), pass: decodeURIComponent(server.password) } }),
    connectionTimeout: timeout, greetingTimeout: timeout, socketTimeout: timeout,
    // A message is text of our own: nothing in it may name a file or an address to fetch.
    disableFileAccess: true, disableUrlAccess: true,
  });
  return {
    async send(message) {
      try {
        await transport.sendMail({
          from, to: { name: '', address: message.to }, subject: message.subject ?? '', text: message.text,
          messageId: `<${message.id}@${senderDomain(from)}>`, headers: { 'Auto-Submitted': 'auto-generated' },
        });
      } catch (cause) {
        throw new NotSent('the mail server did not take the message', isTemporary(cause), { cause });
      }
    },
    close: async () => transport.close(),
  };
}

/** A 5xx reply is the server's last word (RFC 5321 §4.2.1), all but "authentication failed", which the issuer will mend. */
function isTemporary(cause: unknown): boolean {
  const { responseCode, code } = cause as { responseCode?: number; code?: string };
  return code === 'EAUTH' || responseCode === undefined || responseCode < 500;
}

const senderDomain = (from: string): string => /@([^\s>]+)/.exec(from)?.[1] ?? 'localhost';
