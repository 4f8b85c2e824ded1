import type { CheckedEvidence } from '../evidence.ts';
import type { Order } from '../sessions.ts';
import { html } from './html.ts';
import { page, type View } from './layout.ts';
import { paymentFacts } from './payment.ts';

/** A signed payment with its evidence. Null: the authority has not closed it yet. */
export function receiptPage(view: View, { id, payment }: Order, evidence: CheckedEvidence | null): string {
  const { texts: { receipt }, texts, language } = view;
  const yesNo = (holds: boolean) => html`<strong data-holds="${String(holds)}">${holds ? receipt.yes : receipt.no}</strong>`;
  return page(view, receipt.title, html`<section class="card" data-receipt>
<h1>${receipt.title}</h1>
<p class="lead">${receipt.lead}</p>
${paymentFacts(texts, language, payment)}
<h2>${receipt.evidence}</h2>
${evidence === null ? html`<p role="status">${receipt.notReady} <a href="/payments/${id}">${receipt.reload}</a></p>` : html`<dl class="evidence">
<dt>${receipt.kind}</dt><dd>${evidence.kind === 'mac' ? receipt.mac : receipt.signature}</dd>
<dt>${receipt.serial}</dt><dd class="mono">${evidence.serial}</dd>
<dt>${receipt.decided}</dt><dd><time datetime="${new Date(evidence.decidedAt).toISOString()}">${new Date(evidence.decidedAt).toLocaleString(language === 'es' ? 'es-CO' : 'en-GB')}</time></dd>
<dt>${receipt.hash}</dt><dd class="mono">${evidence.requestHash}</dd>
${evidence.key !== null && html`<dt>${receipt.key}</dt><dd class="mono">${evidence.key}</dd>`}
</dl>
<h2>${receipt.checks}</h2>
<ul><li>${receipt.same}: ${yesNo(evidence.isSamePayment)}</li><li>${receipt.bound}: ${yesNo(evidence.isBound)}</li></ul>
<p>${receipt.verify}</p>
<p><a class="button" href="/payments/${id}/evidence.json" download="evidence-${id}.json">${receipt.download}</a></p>
<details><summary>${receipt.signed}</summary><pre tabindex="0">${JSON.stringify(evidence.request, null, 2)}</pre></details>`}
<p><a href="/accounts">${texts.ended.toAccounts}</a></p>
</section>`);
}
