import type { ShownAction } from '../action/types.ts';
import type { ShownPayment } from './asked.ts';

/** What a request asks for with all that is signed. */
export type ShownAsked =
  | { readonly kind: 'admin-action'; readonly details: ShownAction['details'] }
  | { readonly kind: 'login'; readonly portal: string; readonly company: string; readonly message: string | null }
  | { readonly kind: 'transaction'; readonly portal: string; readonly company: string; readonly payment: ShownPayment };

/** From where and when it was asked. */
export interface ShownContext {
  readonly ip: string;
  /** Browser and system as the portal sees them; for an admin action the app. */
  readonly agent: string;
  readonly requestedAt: number;
  /** Never without its source. */
  readonly place: { readonly text: string; readonly source: string } | null;
}
