import type { Asked, Authority, Ended, Proof } from './authority.ts';

/** `failed`: the authority could not be asked how it ended. Nobody is let in by it. */
export type QuestionState = 'pending' | Ended | 'failed';

/** One question to a person's token, followed until it has ended. The page that shows it listens. */
export class Question {
  readonly asked: Asked;
  /** Of this machine's clock, milliseconds. */
  readonly expiresAt: number;
  /** Set when it was approved. */
  proof: Proof | null = null;
  #state: QuestionState = 'pending';
  readonly #listeners = new Set<() => void>();
  readonly #stop = new AbortController();

  constructor(asked: Asked) {
    this.asked = asked;
    this.expiresAt = Date.now() + asked.expiresIn * 1000;
  }

  get state(): QuestionState { return this.#state; }
  get secondsLeft(): number { return Math.max(0, Math.ceil((this.expiresAt - Date.now()) / 1000)); }

  /** @returns stops listening */
  onEnd(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => { this.#listeners.delete(listener); };
  }

  /** Waits for the answer and collects its proof; `approved` is called before any page hears of it. Never throws. */
  async follow(authority: Authority, user: string, approved: (proof: Proof) => void): Promise<void> {
    try {
      const ended = await authority.ended(this.asked, this.#stop.signal);
      if (this.#stop.signal.aborted) return;
      if (ended !== 'approved') return this.#end(ended);
      const proof = await authority.collect(this.asked);
      if (this.#stop.signal.aborted) return;
      if (proof.user !== user) throw new Error('the proof is of somebody else');
      this.proof = proof;
      approved(proof);
      this.#end('approved');
    } catch {
      if (!this.#stop.signal.aborted) this.#end('failed');
    }
  }

  /** Nobody waits for it any longer: the token is told, unless it was answered a moment before. */
  async takeBack(authority: Authority): Promise<void> {
    if (this.#state !== 'pending') return;
    this.#stop.abort();
    this.#end('cancelled');
    await authority.takeBack(this.asked);
  }

  #end(state: QuestionState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
    this.#listeners.clear();
  }
}
