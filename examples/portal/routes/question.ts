import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Question } from '../question.ts';
import { AuthorityRefused } from '../rest.ts';
import type { Portal } from '../portal.ts';
import type { Session } from '../sessions.ts';

/** Milliseconds between two comments on an open stream, so that nothing in between cuts it. */
const heartbeat = 15_000;

/** Server-sent events: whether the authority is away, then one when the question has ended. The page then asks what there is to see. */
export function sendEvents(request: FastifyRequest, reply: FastifyReply, question: Question | null): FastifyReply {
  if (question === null) return reply.code(204).send(); // tells an EventSource not to come back
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const end = (): void => { raw.end(`event: ended\ndata: ${question.state}\n\n`); };
  if (question.state !== 'pending') {
    end();
    return reply;
  }
  const tell = (): void => {
    if (question.state === 'pending') raw.write(`event: ${question.isAway ? 'away' : 'reached'}\ndata:\n\n`);
    else end();
  };
  tell();
  const stop = question.onChange(tell);
  const beat = setInterval(() => raw.write(': waiting\n\n'), heartbeat);
  request.raw.once('close', () => { stop(); clearInterval(beat); });
  raw.once('close', () => { stop(); clearInterval(beat); });
  return reply;
}

/** The eight digits of a desktop without network. What they approve comes to the page as any approval does. */
export async function answerOffline({ authority }: Portal, session: Session, question: Question, given: string): Promise<void> {
  const { ended } = question;
  try {
    await authority.answerOffline(question.asked, given.replace(/\s/g, ''));
    await ended; // its proof is collected: a moment
  } catch (error) {
    if (!(error instanceof AuthorityRefused)) throw error;
    const { code, data: { triesLeft = 0 } } = error;
    session.notice = code === 'ANSWER_REFUSED' && triesLeft > 0 ? { name: 'answerWrong', count: triesLeft } : { name: 'answerRefused', count: 0 };
  }
}
