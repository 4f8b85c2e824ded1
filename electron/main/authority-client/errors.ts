import { ORPCError } from '@orpc/client';
import { ValidationError } from '@orpc/contract';
import { errorData, isErrorCode, VinculoError } from '../../../shared/contract/errors.ts';

/** Whatever ended a call, as one of the closed list. What the authority says is taken only if it is on the list. */
export function callError(cause: unknown): VinculoError {
  if (cause instanceof VinculoError) return cause;
  if (cause instanceof ORPCError) return answerError(cause);
  const unreadable = cause instanceof SyntaxError || (cause instanceof Error && cause.cause instanceof SyntaxError);
  if (cause instanceof ValidationError || unreadable) return new VinculoError('AUTHORITY_ANSWER_INVALID', {}, { cause });
  return new VinculoError('AUTHORITY_UNREACHABLE', {}, { cause });
}

function answerError(cause: ORPCError<string, unknown>): VinculoError {
  const data = errorData.safeParse(cause.data ?? {});
  if (isErrorCode(cause.code)) return new VinculoError(cause.code, data.success ? data.data : {}, { cause });
  if (cause.code === 'INTERNAL_SERVER_ERROR') return new VinculoError('INTERNAL', {}, { cause });
  return new VinculoError('AUTHORITY_ANSWER_INVALID', {}, { cause });
}
