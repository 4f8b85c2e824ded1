import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Authority } from './authority.ts';
import type { View } from './pages/layout.ts';
import { createSessions, type Session, type Sessions } from './sessions.ts';
import { languageOf, textsIn } from './texts/texts.ts';

/** What every route works with. */
export interface Portal {
  readonly authority: Authority;
  readonly sessions: Sessions;
  view(request: FastifyRequest, session?: Session | null): View;
  /** Of the request's cookie, whether or not the second factor was given. */
  session(request: FastifyRequest): Session | null;
}

export function createPortal(authority: Authority): Portal {
  const sessions = createSessions();
  return {
    authority, sessions,
    session: (request) => sessions.get(cookies(request)['portal']),
    view(request, session = null) {
      const language = languageOf(cookies(request)['language'], request.headers['accept-language']);
      return { language, texts: textsIn(language), user: session !== null && session.factor !== null ? session.user : null, path: request.method === 'GET' ? request.url : '/' };
    },
  };
}

function cookies({ headers: { cookie: header } }: FastifyRequest): Readonly<Record<string, string>> {
  return Object.fromEntries((header ?? '').split(';').map((part) => part.trim().split('=', 2) as [string, string]));
}

/** An empty value removes it. A portal over TLS would add `Secure` and the prefix `__Host-`. */
export const cookie = (name: string, value: string): string => `${name}=${value}; Path=/; HttpOnly; SameSite=Strict${value === '' ? '; Max-Age=0' : ''}`;

export const sendPage = (reply: FastifyReply, text: string): FastifyReply => reply.type('text/html').send(text);
