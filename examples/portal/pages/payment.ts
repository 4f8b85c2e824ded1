import { showAmount } from '../amount.ts';
import type { Payment } from '../authority.ts';
import type { Language, Texts } from '../texts/texts.ts';
import { html, type Html } from './html.ts';

/** A payment as it was ordered: what is to be signed, in the order in which the token shows it. */
export function paymentFacts({ home }: Texts, language: Language, { amount, currency, payee, account, reference }: Payment): Html {
  return html`<div class="payment"><p class="amount">${showAmount(amount, currency, language)}</p>
<dl><dt>${home.payee}</dt><dd>${payee}</dd><dt>${home.payeeAccount}</dt><dd>${account}</dd>${reference !== null && html`<dt>${home.reference.replace(/ \(.*/, '')}</dt><dd>${reference}</dd>`}</dl></div>`;
}
