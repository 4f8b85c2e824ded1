import { oc } from '@orpc/contract';
import { errorData, errorTexts, type ErrorCode } from './errors.ts';

/** Every call can end in these. */
const always = ['INPUT_INVALID', 'DISPLAY_TEXT_REFUSED', 'RATE_LIMITED', 'BODY_TOO_LARGE', 'INTERNAL', 'STORE_UNAVAILABLE', 'STORE_READ_ONLY', 'STORE_FULL'] as const;

type Declared<C extends ErrorCode> = { [K in C | (typeof always)[number]]: { status: number; message: string; data: typeof errorData } };

/** A contract procedure that can end in `codes` and in those that every call can end in. */
export function declare<const C extends readonly ErrorCode[]>(...codes: C) {
  const map = Object.fromEntries(
    [...always, ...codes].map((code) => [code, { status: errorTexts[code].status, message: errorTexts[code].en.happened, data: errorData }]),
  ) as Declared<C[number]>;
  return oc.errors(map);
}

/** Codes of every call that carries a device session. */
export const sessionErrors = ['SESSION_REQUIRED', 'DPOP_INVALID', 'DPOP_NONCE_REQUIRED', 'DEVICE_CLOSED', 'COMPANY_SUSPENDED'] as const;
