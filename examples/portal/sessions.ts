import { randomBytes, randomUUID } from 'node:crypto';
import type { LoginRule, Payment } from './authority.ts';
import type { Question } from './question.ts';

/** A payment that was ordered, and the question that signs it. */
export interface Order { readonly id: string; readonly payment: Payment; readonly question: Question; readonly at: number }
/** By which factor the person got in. */
export type Factor = 'signature' | 'mac' | 'code' | 'password';

export interface Notice { readonly name: 'codeWrong' | 'answerWrong' | 'answerRefused' | 'slowDown' | 'away'; readonly count: number }

/** One browser. A new one is made at every password that was right, so a session id from before it is worth nothing. */
export interface Session {
  readonly id: string;
  readonly user: string;
  /** Null until the second factor was given: until then nothing of the bank is shown. */
  factor: Factor | null;
  readonly rule: LoginRule;
  /** The question to the token of the login; null: there is none, since the rule has no push. */
  question: Question | null;
  /** What the next page says, once. `count`: tries that are left, or seconds to wait. */
  notice: Notice | null;
  readonly orders: Order[];
  lastSeen: number;
}

/** Milliseconds without a request after which a session is over. */
const idle = 15 * 60_000;

export function createSessions() {
  const sessions = new Map<string, Session>();
  return {
    start(user: string, rule: LoginRule): Session {
      for (const [id, { lastSeen }] of sessions) if (lastSeen < Date.now() - idle) sessions.delete(id);
      const session: Session = { id: randomBytes(32).toString('base64url'), user, rule, factor: null, question: null, notice: null, orders: [], lastSeen: Date.now() };
      sessions.set(session.id, session);
      return session;
    },
    get(id: string | undefined): Session | null {
      const session = id === undefined ? undefined : sessions.get(id);
      if (session === undefined || session.lastSeen < Date.now() - idle) return null;
      session.lastSeen = Date.now();
      return session;
    },
    end: (session: Session): void => { sessions.delete(session.id); },
  };
}
export type Sessions = ReturnType<typeof createSessions>;

export function addOrder(session: Session, payment: Payment, question: Question): Order {
  const order: Order = { id: randomUUID(), payment, question, at: Date.now() };
  session.orders.unshift(order);
  return order;
}
