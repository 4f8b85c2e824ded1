import { ORPCError } from '@orpc/client';
import { ValidationError } from '@orpc/contract';
import { errorTexts, VinculoError, type ErrorData } from '../../shared/contract/errors.ts';

/** Where the diagnostic half of an error goes. Nothing of it is ever sent. */
export interface ErrorLog {
  /** `reference` stands in the answer too, so that support finds the line. */
  unexpected(reference: string, error: unknown): void;
  /** An error of the closed list that has a cause worth knowing, e.g. why a proof was refused. */
  refused(code: string, cause: unknown): void;
}

/**
 * The public half of whatever was thrown: one of the contract's codes, its status and its data.
 * @param newReference a short text that is in the log and in the answer
 */
export function publicError(error: unknown, log: ErrorLog, newReference: () => string): ORPCError<string, ErrorData> {
  const known = knownError(error);
  if (known === null) {
    const reference = newReference();
    log.unexpected(reference, error);
    return answer(new VinculoError('INTERNAL', { reference }));
  }
  if (known.cause !== undefined) log.refused(known.code, known.cause);
  return answer(known);
}

/** The body of an error on every route, as the contract's client reads it. */
export const errorBody = (error: ORPCError<string, ErrorData>): object => ({ ...error.toJSON(), defined: true });

function answer(error: VinculoError): ORPCError<string, ErrorData> {
  const { status, en } = errorTexts[error.code];
  return new ORPCError(error.code, { status, message: en.happened, data: error.data });
}

function knownError(error: unknown): VinculoError | null {
  if (error instanceof VinculoError) return error;
  if (error instanceof ORPCError) return fromLibrary(error);
  return fromServer(error);
}

/** What the contract's library says itself: input that does not parse. An output that does not parse is a fault of ours. */
function fromLibrary(error: ORPCError<string, unknown>): VinculoError | null {
  if (error.code === 'NOT_FOUND') return new VinculoError('NOT_FOUND');
  if (error.code !== 'BAD_REQUEST') return null;
  const issue = error.cause instanceof ValidationError ? error.cause.issues[0] : undefined;
  if (issue === undefined) return new VinculoError('INPUT_INVALID');
  const field = issue.path?.map((part) => String(typeof part === 'object' ? part.key : part)).join('.') ?? '';
  return new VinculoError(issue.message === 'DISPLAY_TEXT_REFUSED' ? 'DISPLAY_TEXT_REFUSED' : 'INPUT_INVALID', field === '' ? {} : { field });
}

/** Fastify's own refusals carry a status; what has none is unexpected. */
function fromServer(error: unknown): VinculoError | null {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
  if (status === 413) return new VinculoError('BODY_TOO_LARGE');
  if (status === 404) return new VinculoError('NOT_FOUND');
  return status >= 400 && status < 500 ? new VinculoError('INPUT_INVALID') : null;
}
