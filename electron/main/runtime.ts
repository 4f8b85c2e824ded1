/** What the main process takes from its surroundings, passed in so that tests decide the time and the dice. */

/** Milliseconds since 1970 of this computer's clock, and timers that follow it. */
export interface Clock {
  now(): number;
  /** Runs once after `milliseconds`; the answer cancels it. */
  after(milliseconds: number, run: () => void): () => void;
}

/** `n` bytes from a CSPRNG. */
export type RandomBytes = (n: number) => Buffer;

/** Structured log. Fields never hold a PIN, a key, a seed or a password; the adapter redacts as a second line. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
