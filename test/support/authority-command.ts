import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { expect } from '../e2e/page-models/expect.ts';
import { z } from 'zod';
import { callControl, controlSocketPath } from '../../authority/cli/control.ts';
import { outboxMessage } from '../../shared/contract/ipc.ts';
import { parseInvitation } from '../../shared/domain/invitation-link.ts';

const ENTRY = join(import.meta.dirname, '..', '..', 'authority', 'cli', 'main.ts');

export interface CommandAnswer { readonly exitCode: number; readonly stdout: string; readonly stderr: string }
export type OutboxMessage = z.infer<typeof outboxMessage>;

/** The issuer at his command line: `npm run authority -- …` against the authority whose data lie in `dataFolder`. */
export class AuthorityCommand {
  readonly dataFolder: string;
  readonly #environment: Readonly<Record<string, string>>;

  constructor(dataFolder: string, environment: Readonly<Record<string, string>> = {}) {
    this.dataFolder = dataFolder;
    this.#environment = environment;
  }

  /** Runs it as a process of its own, as the issuer does. */
  try(...arguments_: readonly string[]): Promise<CommandAnswer> {
    return new Promise((resolve) => {
      execFile(process.execPath, [ENTRY, ...arguments_], { env: { ...process.env, VINCULO_DATA_FOLDER: this.dataFolder, ...this.#environment }, timeout: 60_000 }, (error, stdout, stderr) => {
        resolve({ exitCode: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, stdout, stderr });
      });
    });
  }

  /** @returns what it printed; fails the test when it did not end with 0 */
  async run(...arguments_: readonly string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await this.try(...arguments_);
    expect(exitCode, `authority ${arguments_.join(' ')}\n${stdout}${stderr}`).toBe(0);
    return stdout;
  }

  /**
   * The same command over the running authority's own socket, without a process: for what a test sets up or looks up often.
   * @param input content of a file that the command names with `-`
   */
  async command(arguments_: readonly string[], input: string | null = null): Promise<unknown> {
    const answer = await callControl(controlSocketPath(this.dataFolder), { argv: [...arguments_, '--operator', 'prueba', '--json'], input });
    if (answer === null) throw new Error(`No authority is running on ${this.dataFolder}.`);
    expect(answer.exitCode, `authority ${arguments_.join(' ')}\n${answer.text}`).toBe(0);
    return answer.output;
  }

  async ask<T>(schema: z.ZodType<T>, ...arguments_: readonly string[]): Promise<T> {
    return schema.parse(await this.command(arguments_));
  }

  /** A command that changes something. */
  async change(...arguments_: readonly string[]): Promise<unknown> {
    return this.command([...arguments_, '--reason', 'preparación de la prueba']);
  }

  outbox(): Promise<OutboxMessage[]> {
    return this.ask(z.array(outboxMessage), 'outbox', 'list', '--limit', '200');
  }

  /** What was sent so far, to tell it from what comes later whatever the clocks say. */
  async sentSoFar(): Promise<ReadonlySet<string>> {
    return new Set((await this.outbox()).map(({ id }) => id));
  }

  /** Waits for the newest message for which `find` answers something, e.g. a code; those in `known` do not count. */
  async message<T>(find: (message: OutboxMessage) => T | null, known: ReadonlySet<string> = new Set()): Promise<T> {
    let found: T | null = null;
    await expect.poll(async () => {
      const newestFirst = (await this.outbox()).filter(({ id }) => !known.has(id)).sort((a, b) => b.at - a.at);
      for (const message of newestFirst) {
        found = find(message);
        if (found !== null) return true;
      }
      return false;
    }, { message: 'the message is in the outbox', timeout: 20_000 }).toBe(true);
    return found as unknown as T;
  }

  /** The link of the newest invitation to this person. */
  invitationTo(person: string, known?: ReadonlySet<string>): Promise<string> {
    return this.message((message) => (message.person === person ? linkIn(message.text) : null), known);
  }

  /** The newest code by SMS to this person. */
  codeTo(person: string, known?: ReadonlySet<string>): Promise<string> {
    return this.message(({ person: whose, channel, text }) => (whose === person && channel === 'sms' ? smsCodeIn(text) : null), known);
  }
}

const ADDRESS = /(?:https?|vinculo):[^\s<>"']+/g;

export function linkIn(text: string): string | null {
  const links = [...text.matchAll(ADDRESS)].map(([link]) => link.replace(/[.,;)]+$/, ''));
  return links.find((link) => parseInvitation(link).kind === 'link') ?? null;
}

/** The code of the second proof, as it is printed in the message. */
export function smsCodeIn(text: string): string | null {
  return text.match(ADDRESS) === null ? (/\b([0-9A-Z]{4})-([0-9A-Z]{4})\b/.exec(text)?.slice(1, 3).join('') ?? null) : null;
}
