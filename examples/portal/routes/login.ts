import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { browserName } from '../browser.ts';
import { loginPage } from '../pages/login.ts';
import { codePage, endedPage, nobodyPage, waitingPage } from '../pages/waiting.ts';
import { Question } from '../question.ts';
import { refusalOf } from '../rest.ts';
import { cookie, sendPage, type Portal } from '../portal.ts';
import type { Session } from '../sessions.ts';
import { takeNotice } from '../notice.ts';
import { answerOffline, sendEvents } from './question.ts';

type Form = { Body: Readonly<Record<string, string>> | undefined };

/** First the password, then the token: `/login`, and what lies below `/token`. */
export function registerLogin(server: FastifyInstance, portal: Portal): void {
  const { authority, sessions } = portal;

  server.get('/', (request, reply) => {
    const session = portal.session(request);
    if (session !== null) return reply.redirect(session.factor === null ? '/token' : '/accounts', 303);
    return sendPage(reply, loginPage(portal.view(request), { left: (request.query as { left?: string }).left !== undefined }));
  });

  server.post<Form>('/login', async (request, reply) => {
    const { user = '', password = '' } = request.body ?? {};
    const { login } = portal.view(request).texts;
    const refuse = (said: string) => sendPage(reply.code(401), loginPage(portal.view(request), { user, said }));
    try {
      if (!(await authority.passwordIsRight(user.trim(), password, request.ip))) return refuse(login.wrong);
      const session = sessions.start(user.trim().toLowerCase(), await authority.loginRule(user.trim()));
      if (!session.rule.required) session.factor = 'password';
      else if (session.rule.methods.includes('push')) await ask(portal, session, request);
      return reply.header('set-cookie', cookie('portal', session.id)).redirect('/', 303);
    } catch (error) {
      const { code } = refusalOf(error);
      return refuse(code === 'RATE_LIMITED' ? login.tooMany : code === 'INPUT_INVALID' ? login.wrong : login.away);
    }
  });

  server.post('/logout', async (request, reply) => {
    const session = portal.session(request);
    if (session !== null) {
      sessions.end(session);
      void session.question?.takeBack(authority);
    }
    return reply.header('set-cookie', cookie('portal', '')).redirect('/?left', 303);
  });

  server.get('/token', async (request, reply) => {
    const session = portal.session(request);
    if (session === null) return sendPage(reply, loginPage(portal.view(request), { said: portal.view(request).texts.login.over }));
    if (session.factor !== null) return reply.redirect('/accounts', 303);
    return sendPage(reply, await tokenPage(portal, request, session));
  });
  server.get('/token/events', (request, reply) => sendEvents(request, reply, portal.session(request)?.question ?? null));

  server.post('/token/again', withSession(portal, async (request, _reply, session) => {
    if (session.question === null || session.question.state !== 'pending') await ask(portal, session, request);
  }));
  server.post('/token/back', withSession(portal, async (_request, _reply, session) => {
    void session.question?.takeBack(authority);
  }));
  server.post('/token/answer', withSession(portal, async (request, _reply, session) => {
    if (session.question !== null) await answerOffline(portal, session, session.question, (request.body as Form['Body'])?.['answer'] ?? '');
  }));
  server.post('/token/code', withSession(portal, async (request, _reply, session) => {
    const isRight = await authority.codeIsRight(session.user, ((request.body as Form['Body'])?.['code'] ?? '').replace(/\s/g, ''));
    if (!isRight) session.notice = { name: 'codeWrong', count: 0 };
    else {
      session.factor = 'code';
      void session.question?.takeBack(authority);
    }
  }));
}

/** A change by somebody whose password was right but who is not in yet; the page after it says what came of it. */
function withSession(portal: Portal, work: (request: FastifyRequest, reply: FastifyReply, session: Session) => Promise<void>) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const session = portal.session(request);
    if (session === null || session.factor !== null) return reply.redirect('/', 303);
    await work(request, reply, session).catch((error: unknown) => {
      const { code, data } = refusalOf(error);
      session.notice = code === 'SLOW_DOWN' ? { name: 'slowDown', count: data.seconds ?? 60 } : { name: 'away', count: 0 };
    });
    return reply.redirect('/token', 303);
  };
}

/** Puts the question to the person's token and goes on by itself when it is approved. */
async function ask({ authority, view }: Portal, session: Session, request: FastifyRequest): Promise<void> {
  try {
    const asked = await authority.askLogin(session.user, { ip: request.ip, browser: browserName(request.headers['user-agent']) }, view(request).texts.waiting.message);
    const question = new Question(asked);
    session.question = question;
    void question.follow(authority, session.user, ({ how }) => { session.factor ??= how; });
  } catch (error) {
    const { code, data } = refusalOf(error);
    session.notice = code === 'SLOW_DOWN' ? { name: 'slowDown', count: data.seconds ?? 60 } : { name: 'away', count: 0 };
  }
}

async function tokenPage(portal: Portal, request: FastifyRequest, session: Session): Promise<string> {
  const view = portal.view(request, session);
  const { said, open } = takeNotice(session, view.texts);
  const { question, rule } = session;
  if (question?.state === 'pending') return waitingPage(view, { question, at: '/token', payment: null, said, open, rule });
  if (question !== null) return endedPage(view, question, { again: '/token/again', payment: null, said });
  return rule.methods.some((method) => method === 'code' || method === 'hardware' || method === 'temporary') ? codePage(view, rule, said) : nobodyPage(view, said);
}

