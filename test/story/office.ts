import { z } from 'zod';
import { expect } from '../e2e/page-models/expect.ts';
import { Waiting } from '../e2e/page-models/bind.ts';
import type { Language } from '../e2e/page-models/texts.ts';
import type { AuthorityCommand } from '../support/authority-command.ts';
import type { AuthorityProcess } from '../support/authority-process.ts';
import type { Desktop } from '../support/launch-desktop.ts';
import { bindDevice } from './binding.ts';
import type { StoryPerson } from './people.ts';

/** A company made for one test, quickly, by the issuer's commands; people then work in it through the screens. */
export interface Office {
  readonly authority: AuthorityProcess;
  readonly company: string;
}

export interface OfficeOptions {
  readonly company?: string;
  readonly prefix?: string;
  /** Tokens in the pool beside those of the admins. */
  readonly tokens?: number;
}

const PASSWORD = 'una frase que nadie conoce';
const sent = z.object({ link: z.string() });

export async function openOffice(authority: AuthorityProcess, { company = 'Cooperativa Andina', prefix = 'COA', tokens = 10 }: OfficeOptions = {}): Promise<Office> {
  await authority.change('company', 'add', company, '--prefix', prefix);
  await authority.change('company', 'enable', company);
  await authority.change('tokens', 'allocate', company, String(tokens));
  return { authority, company };
}

let phone = 3_105_550_000;

/** Adds a person with a password. */
export async function addPerson({ authority, company }: Office, role: 'admin' | 'user', userName: string, name: string, language: Language = 'es'): Promise<StoryPerson> {
  phone += 1;
  await authority.change(role, 'add', company, userName, '--name', name, '--email', `${userName}@ejemplo.com`, '--mobile', `+57${phone}`, '--speaks', language);
  await setPassword(authority, userName, PASSWORD);
  return { userName, name, company, password: PASSWORD, pin: '735194' };
}

/** Through the one-time link, as the page of the authority sends it. */
export async function setPassword(authority: AuthorityProcess, userName: string, password: string): Promise<void> {
  const { link } = sent.parse(await authority.change('user', 'password', userName));
  const code = new URL(link).hash.slice(1);
  const answer = await fetch(`${authority.address}/pages/password`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code, password }) });
  expect(answer.status, await answer.text()).toBe(200);
}

/** Binds through the screens and is activated by the issuer; ends at "Mi token" with the code shown. */
export async function settle(office: Office, desktop: Desktop, person: StoryPerson, language: Language = 'es', hardwareCode?: () => string): Promise<string> {
  const { authority } = office;
  const userView = z.object({ token: z.object({ serial: z.string(), state: z.string() }).nullable() });
  const { token } = await authority.ask(userView, 'user', 'show', person.userName);
  if (token === null) await authority.change('token', 'assign', person.userName);
  const { serial, words } = await bindDevice({ desktop, authority, person, language, ...(hardwareCode !== undefined && { hardwareCode }) });
  await authority.change('token', 'activate', serial, '--words', words.join(' '));
  const waiting = new Waiting(await desktop.window('main'), language);
  await waiting.expectTurnedActive();
  await waiting.goToToken();
  return serial;
}

/** Registers a hardware token with a seed of ours and gives it to the person. */
export async function giveHardwareToken({ authority, company }: { readonly authority: AuthorityCommand; readonly company: string }, person: StoryPerson, serial: string, seedBase32: string): Promise<void> {
  await authority.command(['hardware', 'add', company, serial, '--seed-file', '-', '--reason', 'preparación de la prueba'], seedBase32);
  await authority.change('hardware', 'give', serial, person.userName);
}
