import { VinculoError, type ErrorCode } from '../../../shared/contract/errors.ts';

/** How a call ended: `ok`, or the code of its error. @throws whatever is no VinculoError */
export async function codeOf(call: Promise<unknown>): Promise<ErrorCode | 'ok'> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    if (error instanceof VinculoError) return error.code;
    throw error;
  }
}
