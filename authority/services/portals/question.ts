import { z } from 'zod';
import { VinculoError } from '../../../shared/contract/errors.ts';
import { loginQuestion, transactionQuestion, type PortalContext } from '../../../shared/contract/portal.ts';
import type { Payment } from '../../../shared/contract/signed.ts';
import type { Portal } from '../../store/entities.ts';
import type { Question } from '../approvals/open.ts';
import { normalisedName } from './asked.ts';

export type PortalQuestion =
  | { readonly kind: 'login'; readonly user: string; readonly context: PortalContext; readonly message: string | null; readonly lifetime: number }
  | { readonly kind: 'transaction'; readonly user: string; readonly context: PortalContext; readonly payment: Payment; readonly lifetime: number };

const forms = z.discriminatedUnion('kind', [loginQuestion.extend({ kind: z.literal('login') }), transactionQuestion.extend({ kind: z.literal('transaction') })]);

/**
 * Checked here as well: REST has parsed it by the same schemas, CIBA has not. Text that a screen would show wrongly is refused,
 * never mended (S11).
 * @throws VinculoError DISPLAY_TEXT_REFUSED, INPUT_INVALID with the field
 */
export function checkedQuestion(question: PortalQuestion): PortalQuestion {
  const parsed = forms.safeParse(question);
  if (parsed.success) return { ...parsed.data, user: normalisedName(parsed.data.user) };
  const [issue] = parsed.error.issues;
  const field = issue?.path.map(String).join('.') ?? '';
  throw new VinculoError(issue?.message === 'DISPLAY_TEXT_REFUSED' ? 'DISPLAY_TEXT_REFUSED' : 'INPUT_INVALID', field === '' ? {} : { field });
}

/** What is signed: neither a number nor anything made from one (S6). */
export function signedQuestion(portal: Portal, question: PortalQuestion, { name }: { readonly name: string }): Question {
  const company = { name };
  const asking = { id: portal.id, name: portal.name };
  return question.kind === 'login'
    ? { kind: 'login', portal: asking, details: { type: 'login', company, message: question.message } }
    : { kind: 'transaction', portal: asking, details: { type: 'transaction', company, payment: question.payment } };
}
