import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { readConfig } from '../../authority/config.ts';
import { createLog } from '../../authority/log.ts';
import { serve, type Running } from '../../authority/serve.ts';
import { controlSocketPath, runCommand } from '../../electron/main/authority-client/control-socket.ts';
import { outboxMessage, trialPerson } from '../../shared/contract/ipc.ts';

export type TrialPerson = z.infer<typeof trialPerson>;

/** Of the second proof, as it stands in an SMS. */
const proof = /\b[0-9A-HJKMNP-TV-Z]{4}[- ]?[0-9A-HJKMNP-TV-Z]{4}\b/;

/** The authority of a trial, running in this process over a folder of its own, with its issuer's commands. */
export class TrialAuthority {
  /** For `--operator`, `--reason` and `--json` of the commands that ask for them. */
  readonly by = ['--operator', 'prueba', '--reason', 'prueba en este equipo', '--json'];
  readonly #folder = mkdtempSync(join(tmpdir(), 'vinculo-real-'));
  #running: Running | null = null;
  #port = 0;

  /** Again after `stop`: at the same port, with the same data. */
  async start(): Promise<void> {
    this.#running = await serve(
      readConfig({ VINCULO_TRIAL: '1', VINCULO_DATA_FOLDER: this.#folder, VINCULO_LISTEN: `127.0.0.1:${this.#port}`, VINCULO_LOG_LEVEL: 'silent' }),
      { now: Date.now, random: (size) => new Uint8Array(randomBytes(size)), log: createLog('silent') },
    );
    this.#port = Number(new URL(this.address).port);
  }

  get address(): string {
    if (this.#running === null) throw new Error('the authority does not run');
    return this.#running.address;
  }

  async stop(): Promise<void> {
    await this.#running?.stop();
    this.#running = null;
  }

  async dispose(): Promise<void> {
    await this.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** @throws Error when the command ended in one */
  async command(...argv: string[]): Promise<unknown> {
    const { exitCode, output } = await runCommand(await controlSocketPath(this.#folder, process.platform), argv);
    if (exitCode !== 0) throw new Error(`${argv.join(' ')} ended with ${exitCode}: ${JSON.stringify(output)}`);
    return output;
  }

  async people(): Promise<TrialPerson[]> {
    return z.array(trialPerson).parse(await this.command('trial', 'people', '--json'));
  }

  async person(is: (each: TrialPerson) => boolean): Promise<TrialPerson> {
    const found = (await this.people()).find(is);
    if (found === undefined) throw new Error('no such person in the trial');
    return found;
  }

  async messages(): Promise<z.infer<typeof outboxMessage>[]> {
    return z.array(outboxMessage).parse(await this.command('outbox', 'list', '--json'));
  }

  /** The second proof that was sent last to a person by SMS; empty: none was. */
  async proofOf(name: string): Promise<string> {
    const sent = (await this.messages()).filter(({ channel, person }) => channel === 'sms' && person === name).toSorted((a, b) => b.at - a.at);
    return sent.flatMap(({ text }) => proof.exec(text)?.[0] ?? [])[0] ?? '';
  }
}
