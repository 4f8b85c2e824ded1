import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readAmount } from '../amount.ts';
import type { Payment } from '../authority.ts';
import { browserName } from '../browser.ts';
import { checkEvidence, type CheckedEvidence } from '../evidence.ts';
import { takeNotice } from '../notice.ts';
import { accountsPage, emptyForm, type PaymentForm } from '../pages/accounts.ts';
import { receiptPage } from '../pages/receipt.ts';
import { endedPage, waitingPage } from '../pages/waiting.ts';
import { Question } from '../question.ts';
import { refusalOf } from '../rest.ts';
import { sendPage, type Portal } from '../portal.ts';
import { addOrder, type Order, type Session } from '../sessions.ts';
import { fill } from '../texts/texts.ts';
import { answerOffline, sendEvents } from './question.ts';

type Body = Readonly<Record<string, string>> | undefined;

/** For who was let in: the accounts, and payments that are signed on the token. */
export function registerPayments(server: FastifyInstance, portal: Portal): void {
  const { authority } = portal;

  server.get('/accounts', inside(portal, async (request, reply, session) => sendPage(reply, accountsPage(portal.view(request, session), session))));

  server.post('/payments', inside(portal, async (request, reply, session) => {
    const view = portal.view(request, session);
    const form = { ...emptyForm, ...(request.body as Body) } as PaymentForm;
    const refuse = (said: string) => sendPage(reply.code(400), accountsPage(view, session, { form, said }));
    const amount = readAmount(form.amount);
    if (amount === null) return refuse(view.texts.home.amountWrong);
    const [payee, account, reference] = [form.payee.trim(), form.account.trim(), form.reference.trim()];
    if (payee === '' || account === '') return refuse(view.texts.home.fieldMissing);
    const payment: Payment = { amount, currency: form.currency, payee, account, reference: reference === '' ? null : reference };
    try {
      const order = await askPayment(portal, session, request, payment);
      return reply.redirect(`/payments/${order.id}`, 303);
    } catch (error) {
      const { code, data } = refusalOf(error);
      if (code === 'SLOW_DOWN') return refuse(fill(view.texts.ended.slowDown, { n: data.seconds ?? 60 }));
      return refuse(code === 'AUTHORITY_AWAY' ? view.texts.ended.away : view.texts.home.fieldMissing);
    }
  }));

  server.get('/payments/:id', inside(portal, async (request, reply, session) => {
    const order = orderOf(request, session);
    return order === null ? reply.callNotFound() : sendPage(reply, await orderPage(portal, request, session, order));
  }));
  server.get('/payments/:id/events', inside(portal, async (request, reply, session) => sendEvents(request, reply, orderOf(request, session)?.question ?? null)));
  server.get('/payments/:id/evidence.json', inside(portal, async (request, reply, session) => {
    const order = orderOf(request, session);
    if (order?.question.state !== 'approved') return reply.callNotFound();
    return reply.type('application/json').header('content-disposition', `attachment; filename="evidence-${order.id}.json"`).send(JSON.stringify(await authority.evidence(order.question.asked), null, 2));
  }));
  server.post('/payments/:id/back', inside(portal, async (request, reply, session) => {
    const order = orderOf(request, session);
    void order?.question.takeBack(authority);
    return reply.redirect(order === null ? '/accounts' : `/payments/${order.id}`, 303);
  }));
  server.post('/payments/:id/answer', inside(portal, async (request, reply, session) => {
    const order = orderOf(request, session);
    if (order === null) return reply.callNotFound();
    await answerOffline(portal, session, order.question, (request.body as Body)?.['answer'] ?? '').catch(() => { session.notice = { name: 'away', count: 0 }; });
    return reply.redirect(`/payments/${order.id}`, 303);
  }));
}

/** Only with both factors; anybody else is sent to the start. */
function inside(portal: Portal, work: (request: FastifyRequest, reply: FastifyReply, session: Session) => Promise<FastifyReply | void>) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const session = portal.session(request);
    return session?.factor == null ? reply.redirect('/', 303) : work(request, reply, session);
  };
}

const orderOf = (request: FastifyRequest, session: Session): Order | null => session.orders.find(({ id }) => id === (request.params as { id: string }).id) ?? null;

async function askPayment({ authority }: Portal, session: Session, request: FastifyRequest, payment: Payment): Promise<Order> {
  const asked = await authority.askPayment(session.user, { ip: request.ip, browser: browserName(request.headers['user-agent']) }, payment);
  const order = addOrder(session, payment, new Question(asked));
  // A bank would book the payment where this says what happened: with the proof in hand, and only then.
  void order.question.follow(authority, session.user, () => undefined);
  return order;
}

async function orderPage(portal: Portal, request: FastifyRequest, session: Session, order: Order): Promise<string> {
  const view = portal.view(request, session);
  const { said, open } = takeNotice(session, view.texts);
  const { question, payment, id } = order;
  if (question.state === 'pending') return waitingPage(view, { question, at: `/payments/${id}`, payment, said, open, rule: session.rule });
  if (question.state !== 'approved') return endedPage(view, question, { again: null, payment, said });
  return receiptPage(view, order, await evidenceOf(portal, order));
}

/** Null: it is not closed yet, or nobody answered; the page offers to look again. */
async function evidenceOf({ authority }: Portal, { payment, question: { asked, proof } }: Order): Promise<CheckedEvidence | null> {
  if (proof === null) return null;
  const given = await authority.evidence(asked).catch(() => null);
  return given === null ? null : checkEvidence(given, payment, proof);
}
