import { isContractProcedure } from '@orpc/contract';
import type { z } from 'zod';
import { ipcContract } from '../../../shared/contract/ipc.ts';

export interface Channel {
  readonly path: readonly string[];
  /** Null: takes nothing. */
  readonly input: z.ZodType | null;
  /** Null: answers nothing. */
  readonly output: z.ZodType | null;
}

function collect(router: object, path: readonly string[]): [string, Channel][] {
  return Object.entries(router).flatMap(([name, part]: [string, unknown]) => {
    const here = [...path, name];
    if (isContractProcedure(part)) {
      const { inputSchema, outputSchema } = part['~orpc'];
      return [[here.join('.'), { path: here, input: (inputSchema ?? null) as z.ZodType | null, output: (outputSchema ?? null) as z.ZodType | null }] as [string, Channel]];
    }
    return typeof part === 'object' && part !== null ? collect(part, here) : [];
  });
}

/** Every channel of the contract by its dotted path, e.g. `bind.open`. What is not here does not exist. */
export const channels: ReadonlyMap<string, Channel> = new Map(collect(ipcContract, []));
