import type { LoginRule, Payment } from '../authority.ts';
import type { Question } from '../question.ts';
import type { Texts } from '../texts/texts.ts';
import { html, type Html } from './html.ts';
import { alert, page, type View } from './layout.ts';
import { paymentFacts } from './payment.ts';
import { qrImage } from './qr.ts';

interface Asking {
  readonly question: Question;
  /** Address of this page; its events, its ways out and its forms lie below it. */
  readonly at: string;
  /** Null: it is a login. */
  readonly payment: Payment | null;
  readonly said: string | null;
  /** Which other way to answer is unfolded, since what was entered there was wrong. */
  readonly open: 'code' | 'answer' | null;
  readonly rule: LoginRule;
}

/** While the person is asked: the number, its QR, the time that is left, and the other ways to answer. */
export async function waitingPage(view: View, asking: Asking): Promise<string> {
  const { texts } = view;
  const { question, at, payment, said, open, rule } = asking;
  const { number, qr, offlineQr } = question.asked;
  const [first, second] = [number.slice(0, 3), number.slice(3)];
  const title = payment === null ? texts.waiting.login : texts.waiting.payment;
  return page(view, title, html`<section class="card" data-wait="${at}/events" data-soon="${texts.waiting.soon}" data-left="${question.secondsLeft}">
<h1>${title}</h1>
${payment !== null && paymentFacts(texts, view.language, payment)}
<p class="lead">${texts.waiting.lead}</p>
${open === null && alert(said)}
<div class="ask">
<div class="number" role="group" aria-label="${texts.waiting.number}">
<p class="digits" data-number="${number}"><span aria-hidden="true">${first}<i></i>${second}</span><span class="hidden">${[...number].join(' ')}</span></p>
<button type="button" class="quiet" data-copy="${number}" data-copied="${texts.waiting.copied}" hidden>${texts.waiting.copy}</button>
</div>
<figure>${await qrImage(qr, texts.waiting.qr)}<figcaption>${texts.waiting.qrHint}</figcaption></figure>
</div>
<p class="time"><span data-time-label>${texts.waiting.left}</span> <span data-time>${clock(question.secondsLeft)}</span></p>
<progress max="${question.asked.expiresIn}" value="${question.secondsLeft}" aria-label="${texts.waiting.left}"></progress>
<p class="trying" role="status" data-trying="${texts.waiting.trying}">${question.isAway && texts.waiting.trying}</p>
<p class="hidden" role="status" data-announce="${texts.waiting.secondsLeft}"></p>
${payment === null && rule.methods.some((method) => method !== 'push' && method !== 'offline') && html`<details${open === 'code' && html` open`}><summary>${texts.code.instead}</summary>${codeForm(texts, rule, open === 'code' ? said : null)}</details>`}
${offlineQr !== null && (await offlineForm(texts, offlineQr, at, open === 'answer' ? said : null))}
<form method="post" action="${at}/back"><button class="secondary">${texts.waiting.back}</button></form>
</section>`, { refresh: true });
}

/** `1:52` */
const clock = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** @param said what was wrong with the answer before; the form is then unfolded, and its field is where the person goes on */
async function offlineForm(texts: Texts, request: string, at: string, said: string | null): Promise<Html> {
  const { offline } = texts;
  return html`<details${said !== null && html` open`}><summary>${offline.instead}</summary>
<p>${offline.lead}</p>
${await qrImage(request, offline.qr, 'offline')}
<form method="post" action="${at}/answer">
${alert(said)}
<label for="answer">${offline.label}</label>
<input id="answer" name="answer" class="code" inputmode="numeric" autocomplete="off" pattern="\\s*(?:\\d\\s*){8}" maxlength="12" required${said !== null && refused}>
<button class="secondary">${offline.action}</button>
</form>
</details>`;
}

/** Of a field whose content was not taken. */
const refused = html` aria-invalid="true" autofocus`;

export function codeForm(texts: Texts, { methods }: LoginRule, said: string | null): Html {
  const { code } = texts;
  const own = methods.includes('hardware') ? code.hint.hardware : code.hint.code;
  const isAlone = !methods.includes('code') && !methods.includes('hardware');
  return html`<form method="post" action="/token/code">
${alert(said)}
<label for="code">${code.label}</label>
<input id="code" name="code" class="code" inputmode="numeric" autocomplete="one-time-code" maxlength="16" required aria-describedby="code-hint"${said !== null && refused}>
<p id="code-hint" class="hint">${methods.includes('temporary') ? (isAlone ? code.hint.temporaryOnly : code.hint.temporary) : own}</p>
<button class="secondary">${code.action}</button>
</form>`;
}

/** For whom only codes are left: a hardware token, a temporary code. */
export const codePage = (view: View, rule: LoginRule, said: string | null): string => page(view, view.texts.code.title, html`<section class="card narrow">
<h1>${view.texts.code.title}</h1>
${alert(said)}
${codeForm(view.texts, rule, null)}
<form method="post" action="/logout"><button class="plain">${view.texts.ended.start}</button></form>
</section>`);

/** How it ended when it was not approved. */
export function endedPage(view: View, question: Question, { again, payment: ordered, said }: { readonly again: string | null; /** Null: it was a login. */ readonly payment: Payment | null; readonly said: string | null }): string {
  const { ended } = view.texts;
  const { state } = question;
  const { title, text, payment } = ended[state === 'pending' || state === 'approved' ? 'failed' : state];
  return page(view, title, html`<section class="card narrow ended" data-ended="${state}">
<h1>${title}</h1>
<p class="lead">${ordered === null ? text : payment}</p>
${ordered !== null && paymentFacts(view.texts, view.language, ordered)}
${alert(said)}
${again !== null && state !== 'reported' && html`<form method="post" action="${again}"><button>${ended.again}</button></form>`}
${ordered !== null ? html`<p><a href="/accounts">${ended.toAccounts}</a></p>` : html`<form method="post" action="/logout"><button class="${state === 'reported' ? 'secondary' : 'plain'}">${ended.start}</button></form>`}
</section>`);
}

/** The rule lets nobody in, or the question could not be put. */
export const nobodyPage = (view: View, said: string | null): string => page(view, view.texts.ended.nobody.title, html`<section class="card narrow ended" data-ended="nobody">
<h1>${view.texts.ended.nobody.title}</h1>
<p class="lead">${said ?? view.texts.ended.nobody.text}</p>
<form method="post" action="/logout"><button class="secondary">${view.texts.ended.start}</button></form>
</section>`);

