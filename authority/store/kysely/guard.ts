import { VinculoError } from '../../../shared/contract/errors.ts';
import type { Reader } from '../store.ts';
import type { Database } from './context.ts';

/** Every method of the reader, with failures of the database told in the contract's codes; one that may pass is tried once more. */
export function guarded(reader: Reader, database: Pick<Database, 'errorCode' | 'retryable'>): Reader {
  const guard = (method: (...values: never[]) => Promise<unknown>) => async (...values: never[]) => {
    try {
      return await method(...values).catch((error: unknown) => { if (database.retryable(error)) return method(...values); throw error; });
    } catch (error) {
      const code = database.errorCode(error);
      throw code === null ? error : new VinculoError(code, {}, { cause: error });
    }
  };
  return Object.fromEntries(Object.entries(reader).map(([name, method]) => [name, guard(method)])) as unknown as Reader;
}
