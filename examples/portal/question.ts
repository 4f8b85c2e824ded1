import type { Asked, Authority, Ended, Proof } from './authority.ts';
import { mayPass } from './rest.ts';

/** `failed`: the authority could not be asked how it ended. Nobody is let in by it. */
export type QuestionState = 'pending' | Ended | 'failed';

/** Seconds that one poll may take. */
const longPoll = 25;
/** Milliseconds before the authority is asked again after it was not reached: doubled each time, up to the longest. */
const pause = { first: 500, longest: 5_000 };

/** One question to a person's token, followed until it has ended. The page that shows it listens. */
export class Question {
  readonly asked: Asked;
  /** Of this machine's clock, milliseconds. */
  readonly expiresAt: number;
  /** Set when it was approved. */
  proof: Proof | null = null;
  #state: QuestionState = 'pending';
  #isAway = false;
  readonly #listeners = new Set<() => void>();
  readonly #stop = new AbortController();

  constructor(asked: Asked) {
    this.asked = asked;
    this.expiresAt = Date.now() + asked.expiresIn * 1000;
  }

  get state(): QuestionState { return this.#state; }
  /** The authority cannot be reached just now; it is asked again until the request expires. */
  get isAway(): boolean { return this.#isAway; }
  get secondsLeft(): number { return Math.max(0, Math.ceil((this.expiresAt - Date.now()) / 1000)); }

  /** @param listener called when it has ended, and when the authority goes away or comes back. @returns stops listening */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  }

  /** Resolves when it has ended. */
  get ended(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.onChange(() => {
        if (this.#state === 'pending') return;
        stop();
        resolve();
      });
    });
  }

  /** Waits for the answer and collects its proof; `approved` is called before any page hears of it. Never throws. */
  async follow(authority: Authority, user: string, approved: (proof: Proof) => void): Promise<void> {
    try {
      const ended = await this.#answer(authority);
      if (this.#stop.signal.aborted) return;
      if (ended !== 'approved') return this.#end(ended);
      const proof = await this.#persist(() => authority.collect(this.asked));
      if (this.#stop.signal.aborted) return;
      if (proof.user !== user) throw new Error('the proof is of somebody else');
      this.proof = proof;
      approved(proof);
      this.#end('approved');
    } catch {
      if (!this.#stop.signal.aborted) this.#end('failed');
    }
  }

  /** Nobody waits for it any longer: the token is told, unless it was answered a moment before. Resolves when it is; never throws. */
  async takeBack(authority: Authority): Promise<void> {
    if (this.#state !== 'pending') return;
    this.#stop.abort();
    this.#end('cancelled');
    await this.#persist(() => authority.takeBack(this.asked)).catch(() => undefined);
  }

  async #answer(authority: Authority): Promise<Ended> {
    for (;;) {
      // Once it was away it is first asked how things stand, so that the page soon stops saying that it is.
      const state = await this.#persist(() => authority.stateOf(this.asked, this.#isAway ? 0 : longPoll, this.#stop.signal));
      if (state !== 'pending') return state;
    }
  }

  /** Asks until there is an answer, be it a refusal, or the request has expired. */
  async #persist<T>(ask: () => Promise<T>): Promise<T> {
    for (let next = pause.first; ; next = Math.min(next * 2, pause.longest)) {
      try {
        const answer = await ask();
        this.#setAway(false);
        return answer;
      } catch (error) {
        const left = this.expiresAt - Date.now();
        if (!mayPass(error) || left <= 0) throw error;
        this.#setAway(true);
        await new Promise((resolve) => { setTimeout(resolve, Math.min(next, left)); });
      }
    }
  }

  #setAway(isAway: boolean): void {
    if (this.#isAway === isAway) return;
    this.#isAway = isAway;
    this.#tell();
  }

  #end(state: QuestionState): void {
    this.#state = state;
    this.#tell();
    this.#listeners.clear();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
