import type { CheckpointLog } from '../../authority/services/audit/checkpoints.ts';

/** Checkpoints kept in an array that a test can read and damage. */
export function memoryLog(kept: string[] = []): CheckpointLog {
  return {
    append: async (lines) => { kept.push(...lines); },
    async *lines() { yield* kept; },
  };
}
