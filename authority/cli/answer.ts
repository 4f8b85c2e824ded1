import { describeError, VinculoError, type ErrorCode } from '../../shared/contract/errors.ts';

export type Language = 'es' | 'en';

/** What a command ends with. `output` is what `--json` prints, `text` what a person reads. */
export interface Answer { readonly exitCode: number; readonly output: unknown; readonly text: string }

/** 64 and above as in sysexits.h. */
export const exitCodes = { done: 0, refused: 1, usage: 2, unavailable: 69, config: 78 } as const;

const unavailable: readonly ErrorCode[] = ['STORE_UNAVAILABLE', 'STORE_READ_ONLY', 'STORE_FULL', 'STORE_NEWER', 'INTERNAL'];

/**
 * A refusal as the person reads it: what happened, what was not changed, what to do. What is no `VinculoError` becomes INTERNAL;
 * `log` gets the cause, the person does not.
 */
export function refusal(error: unknown, language: Language, log: (cause: unknown) => void): Answer {
  const known = error instanceof VinculoError ? error : new VinculoError('INTERNAL', {}, { cause: error });
  if (!(error instanceof VinculoError) || known.cause !== undefined) log(known.cause ?? error);
  const { happened, unchanged, todo } = describeError(known.code, language, known.data);
  return {
    exitCode: unavailable.includes(known.code) ? exitCodes.unavailable : exitCodes.refused,
    output: { error: { code: known.code, happened, unchanged, todo, data: known.data } },
    text: `${known.code}: ${happened}\n${unchanged} ${todo}\n`,
  };
}
