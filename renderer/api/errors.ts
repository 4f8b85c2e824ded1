import { describeError, type ErrorCode, type ErrorData, isErrorCode } from '../../shared/contract/errors.ts';
import { BridgeError } from './bridge.ts';

/** The three sentences of an error and its code, for `ErrorState` and `ErrorNotice`. */
export interface ErrorView {
  readonly code: ErrorCode;
  readonly data: ErrorData;
  readonly happened: string;
  readonly unchanged: string;
  readonly todo: string;
}

/** @param error whatever was thrown, or an account's `problem`; what is neither is shown as `INTERNAL` */
export function describe(error: unknown, language: string): ErrorView {
  const { code, data } = isKnown(error) ? error : { code: 'INTERNAL' as const, data: {} };
  return { code, data, ...describeError(code, language === 'en' ? 'en' : 'es', data) };
}

function isKnown(error: unknown): error is { code: ErrorCode; data: ErrorData } {
  return error instanceof BridgeError || (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' && isErrorCode(error.code) && 'data' in error);
}

/** One text of three sentences. */
export function sentence(error: unknown, language: string): string {
  const view = describe(error, language);
  return `${view.happened} ${view.unchanged} ${view.todo}`;
}

export function hasCode(error: unknown, ...codes: readonly ErrorCode[]): boolean {
  return error instanceof BridgeError && codes.includes(error.code);
}
