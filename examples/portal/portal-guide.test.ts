import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Computer, testPin } from '../../electron/main/testing/desktop-fixture.ts';
import { AuthorityProcess } from '../../test/support/authority-process.ts';
import { boundPerson } from '../../test/support/bound-person.ts';

const repository = join(import.meta.dirname, '..', '..');
const guide = readFileSync(join(repository, 'docs', 'portal-guide.md'), 'utf8');
const blocks = [...guide.matchAll(/```(\w+)(?: (\S+))?\n([\s\S]*?)```/g)].map(([, kind = '', mark = '', text = '']) => ({ kind, mark, text }));

let authority: AuthorityProcess;
const computer = new Computer();
const folder = mkdtempSync(join(tmpdir(), 'vinculo-portal-guide-'));

beforeAll(async () => {
  authority = await AuthorityProcess.start();
  await computer.start();
  await boundPerson(authority, computer, 'bmontoya');
  // Where a developer has run `npm install`, and the folder in which she runs `npm run authority`.
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
  for (const { kind, mark, text } of blocks) if (kind === 'js') writeFileSync(join(folder, mark), text);
}, 120_000);
afterAll(async () => {
  await computer.dispose();
  await authority.remove();
  rmSync(folder, { recursive: true, force: true });
});

test('the guide: every call runs as it stands there, in its order, with a person who approves', async () => {
  const scripts = blocks.filter(({ kind, mark }) => kind === 'sh' && mark !== 'example');
  expect(scripts.length).toBeGreaterThan(8);
  const shell = new Shell();
  for (const { mark, text } of scripts) {
    if (mark === 'code') await shell.run(`export CODE=${await codeNow()}`);
    const running = shell.run(text);
    if (mark === 'approve') await approve(await shell.number());
    await running;
  }
  expect(shell.output).toContain('"accepted":true');
  expect(shell.output).toMatch(/"methods":\["push","offline","code"\]/);
  expect(shell.output).toMatch(/"acr":"urn:vinculo:acr:signature"/);
  expect(shell.output.match(/\{"accepted":(\w+)\}\s*$/)?.[1]).toBe('true');
  await shell.end();
}, 180_000);

test('the guide names every code of the portal contract that a developer meets', () => {
  for (const code of ['PORTAL_UNAUTHORIZED', 'IDEMPOTENCY_REQUIRED', 'IDEMPOTENCY_CONFLICT', 'SLOW_DOWN', 'INPUT_INVALID', 'DISPLAY_TEXT_REFUSED']) expect(guide).toContain(code);
});

async function codeNow(): Promise<string> {
  const { id } = await computer.account();
  await computer.call('lock', 'unlock', { accountId: id, pin: testPin });
  return (await computer.call('code', 'current', { accountId: id })).code;
}

/** As the person does it: the number of the portal, and her PIN. */
async function approve(number: string): Promise<void> {
  await computer.until(({ accounts }) => accounts[0]?.pendingApprovals === 1);
  const [asked] = await computer.call('approvals', 'queue');
  if (asked === undefined) throw new Error('nothing was asked');
  await computer.call('approvals', 'approve', { accountId: asked.accountId, approvalId: asked.id, hash: asked.hash, number, pin: testPin });
}

const quoted = (path: string): string => `'${path.replaceAll("'", String.raw`'\''`)}'`;

/** One bash, in which each block finds what those before it have set. */
class Shell {
  output = '';
  #numbers = 0;
  #count = 0;
  readonly #heard = new Set<() => void>();
  readonly #child = spawn('bash', ['-s'], {
    cwd: folder, stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, AUTHORITY: authority.address, PERSON: 'bmontoya', VINCULO_DATA_FOLDER: authority.dataFolder, VINCULO_MASTER_KEY: authority.masterKey, VINCULO_TRIAL: '1' },
  });

  constructor() {
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.setEncoding('utf8').on('data', (part: string) => {
        this.output += part;
        for (const wake of this.#heard) wake();
      });
    }
    // `npm run --silent authority -- …` without what npm does before: it may install, which no test should.
    this.#child.stdin.write(`npm() { shift 4; ${quoted(process.execPath)} ${quoted(join(repository, 'authority', 'cli', 'main.ts'))} "$@"; }\n`);
  }

  async run(block: string): Promise<void> {
    this.#count += 1;
    const [done, failed] = [`done-${this.#count}`, `failed-${this.#count}`];
    this.#child.stdin.write(`set -o pipefail\nif { ${block.trim()}\n}; then echo; echo ${done}; else echo; echo ${failed}; fi\n`);
    await this.#until(() => this.output.includes(`\n${done}\n`) || this.output.includes(`\n${failed}\n`), block);
    expect(this.output, block).not.toContain(`\n${failed}\n`);
    this.output = this.output.replace(`\n${done}\n`, '');
  }

  /** The next number that a call has answered. */
  async number(): Promise<string> {
    const numbers = () => [...this.output.matchAll(/"number":"(\d{6})"/g)].map(([, number = '']) => number);
    await this.#until(() => numbers().length > this.#numbers, 'a number');
    this.#numbers = numbers().length;
    return numbers().at(-1) ?? '';
  }

  async end(): Promise<void> {
    this.#child.stdin.end();
    await new Promise((resolve) => { this.#child.once('exit', resolve); });
  }

  #until(is: () => boolean, what: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (!is()) return;
        this.#heard.delete(look);
        clearTimeout(timer);
        resolve();
      };
      const timer = setTimeout(() => reject(new Error(`waited for ${what}\n${this.output}`)), 60_000);
      this.#heard.add(look);
      look();
    });
  }
}
