import { errors, type AuthorizationDetail } from 'oidc-provider';
import { payment, type Payment } from '../../../shared/contract/signed.ts';

/**
 * Rich Authorization Requests (RFC 9396): one detail of type `payment` makes the request a transaction. Its members are those
 * of the contract's `payment`, and nothing else: what would not be shown and signed is refused.
 * @throws InvalidAuthorizationDetails
 */
export function readPayment(detail: AuthorizationDetail): Payment {
  const { type: _type, ...members } = detail;
  const parsed = payment.safeParse(members);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path, code }) => (code === 'unrecognized_keys' ? 'a member that is not known' : path.map(String).join('.'))).join(', ');
  throw new errors.InvalidAuthorizationDetails(`payment: these are not as they must be: ${fields}`);
}

/** The payment that a request asks for; null: it is a login. The parameter has been checked to be a list of such details. */
export function paymentOf(parameter: unknown): Payment | null {
  if (typeof parameter !== 'string') return null;
  const details = JSON.parse(parameter) as AuthorizationDetail[];
  const [detail] = details;
  if (detail === undefined) return null;
  if (details.length > 1) throw new errors.InvalidAuthorizationDetails('one payment at a time');
  return readPayment(detail);
}
