import { showAmount } from '../amount.ts';
import type { Order, Session } from '../sessions.ts';
import { fill } from '../texts/texts.ts';
import { html } from './html.ts';
import { alert, page, type View } from './layout.ts';

/** Of nobody: a portal of a bank would look them up. */
const accounts = [{ number: '031 884210 07', kind: 'checking', balance: '184220500.00' }, { number: '031 884377 19', kind: 'savings', balance: '62905110.40' }] as const;
/** What a person wrote, so that a mistake costs no retyping. */
export type PaymentForm = Readonly<Record<'amount' | 'currency' | 'payee' | 'account' | 'reference', string>>;
export const emptyForm: PaymentForm = { amount: '', currency: 'COP', payee: '', account: '', reference: '' };

/** Where a person is who was let in: accounts, and the order of a payment. */
export function accountsPage(view: View, session: Session, { form = emptyForm, said = null }: { readonly form?: PaymentForm; readonly said?: string | null } = {}): string {
  const { texts: { home }, language } = view;
  const field = (name: keyof PaymentForm, label: string, more: { readonly max: number; readonly optional?: boolean; readonly numeric?: boolean }) => html`<div><label for="${name}">${label}</label>
<input id="${name}" name="${name}" value="${form[name]}" maxlength="${more.max}" autocomplete="off"${more.numeric === true && html` inputmode="decimal"`}${more.optional !== true && html` required`}></div>`;
  return page(view, home.title, html`<section class="card">
<h1>${home.title}</h1>
<p class="lead" data-factor="${session.factor ?? ''}">${fill(home.welcome, { user: session.user })} ${home.factor[session.factor ?? 'password']}.</p>
<table><thead><tr><th scope="col">${home.account}</th><th scope="col">${home.kind}</th><th scope="col" class="right">${home.balance}</th></tr></thead>
<tbody>${accounts.map(({ number, kind, balance }) => html`<tr><th scope="row">${number}</th><td>${home[kind]}</td><td class="right">${showAmount(balance, 'COP', language)}</td></tr>`)}</tbody></table>
</section>
<section class="card" aria-labelledby="pay">
<h2 id="pay">${home.pay}</h2>
${alert(said)}
${session.rule.methods.includes('push') ? html`<form method="post" action="/payments" class="fields">
${field('payee', home.payee, { max: 140 })}${field('account', home.payeeAccount, { max: 64 })}
${field('amount', home.amount, { max: 24, numeric: true })}
<div><label for="currency">${home.currency}</label><select id="currency" name="currency">${['COP', 'USD', 'EUR'].map((currency) => html`<option${form.currency === currency && html` selected`}>${currency}</option>`)}</select></div>
${field('reference', home.reference, { max: 140, optional: true })}
<button>${home.payAction}</button>
</form>` : html`<p>${home.needsToken}</p>`}
</section>
<section class="card" aria-labelledby="orders">
<h2 id="orders">${home.orders}</h2>
${session.orders.length === 0 ? html`<p>${home.noOrders}</p>` : html`<ul class="orders">${session.orders.map((order) => orderRow(view, order))}</ul>`}
</section>`);
}

const orderRow = ({ texts: { home }, language }: View, { id, payment, question }: Order) => html`<li data-state="${question.state}"><a href="/payments/${id}">${payment.payee}</a><span>${showAmount(payment.amount, payment.currency, language)}</span><span class="state">${home.states[question.state]}</span></li>`;
