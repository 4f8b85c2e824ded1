import type { Desktop } from '../support/launch-desktop.ts';
import type { AuthorityCommand } from '../support/authority-command.ts';
import { Bind, Waiting } from '../e2e/page-models/bind.ts';
import { Welcome } from '../e2e/page-models/welcome.ts';
import type { Language } from '../e2e/page-models/texts.ts';
import type { StoryPerson } from './people.ts';

export interface BindingOptions {
  readonly desktop: Desktop;
  readonly authority: AuthorityCommand;
  readonly person: StoryPerson;
  /** The link; default: the newest in the outbox. */
  readonly invitation?: string;
  /** Code of the hardware token; default: the code that comes by SMS. */
  readonly hardwareCode?: () => Promise<string> | string;
  readonly language?: Language;
  readonly picture?: (name: string) => Promise<void>;
}

/** From the invitation to "Pendiente Activación", as a person does it. Answers with what the waiting screen shows. */
export async function bindDevice(options: BindingOptions): Promise<{ serial: string; words: readonly string[] }> {
  const { desktop, authority, person, language = 'es', picture = async () => undefined } = options;
  const invitation = options.invitation ?? await authority.invitationTo(person.name);
  const page = await desktop.window('main');
  if (!(await page.evaluate(() => location.hash)).startsWith('#/bind')) await openInvitation(desktop, invitation, language);
  const bind = new Bind(page, language);
  await bind.expectInvitation(person.company, new URL(invitation).origin);
  await picture('invitacion');
  await bind.acceptInvitation();
  await picture('usuario');
  const known = await authority.sentSoFar();
  await bind.logIn(person.userName, person.password);
  if (options.hardwareCode === undefined) {
    await bind.expectSmsStep();
    await picture('codigo-sms');
    await bind.typeSmsCode(await authority.codeTo(person.name, known));
  } else {
    await bind.expectHardwareStep();
    await picture('token-fisico');
    await bind.typeHardwareCode(await options.hardwareCode());
  }
  await bind.fillPin(person.pin);
  await picture('pin');
  await bind.begin();
  const waiting = new Waiting(page, language);
  await waiting.expectOpen();
  await picture('pendiente');
  return { serial: await waiting.serial(), words: await waiting.words() };
}

/** Pastes the link at the first screen, or at "Agregar otra cuenta". */
export async function openInvitation(desktop: Desktop, invitation: string, language: Language = 'es'): Promise<void> {
  const page = await desktop.window('main');
  const welcome = new Welcome(page, language);
  if (!(await welcome.title.isVisible())) await page.evaluate(() => { location.hash = '#/welcome'; });
  await welcome.openInvitation(invitation);
}
