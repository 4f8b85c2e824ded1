import { fork, type ChildProcess } from 'node:child_process';

/** A process of the bench and what it says, in order. */
export class Child {
  readonly #process: ChildProcess;
  readonly #said: object[] = [];
  readonly #waiting: { fits: (message: object) => boolean; resolve: (message: never) => void; reject: (error: Error) => void }[] = [];

  constructor(path: string, args: readonly string[], environment: Record<string, string> = {}) {
    this.#process = fork(path, [...args], { execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'], env: { ...process.env, ...environment }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.#process.on('message', (message: object) => {
      const at = this.#waiting.findIndex(({ fits }) => fits(message));
      if (at < 0) this.#said.push(message);
      else this.#waiting.splice(at, 1)[0]?.resolve(message as never);
    });
    this.#process.once('exit', (code) => { for (const { reject } of this.#waiting.splice(0)) reject(new Error(`${path} ended with ${code}`)); });
  }

  tell(command: object): void { this.#process.send(command); }

  /** The next message that has this member. */
  hear<T extends object>(member: string): Promise<T> {
    const fits = (message: object) => member in message || 'failed' in message;
    const at = this.#said.findIndex(fits);
    const message = at < 0 ? new Promise<T>((resolve, reject) => { this.#waiting.push({ fits, resolve: resolve as (message: never) => void, reject }); }) : Promise.resolve(this.#said.splice(at, 1)[0] as T);
    return message.then((heard) => { if ('failed' in heard) throw new Error(String(heard.failed)); return heard; });
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const exited = new Promise<void>((resolve) => this.#process.once('exit', () => resolve()));
    this.#process.kill('SIGTERM');
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), 5000);
    await exited;
    clearTimeout(timer);
  }
}
