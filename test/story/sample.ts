import type { Page } from '@playwright/test';
import { z } from 'zod';
import { expect } from '../e2e/page-models/expect.ts';
import type { AuthorityCommand } from '../support/authority-command.ts';
import { inBrowser } from '../support/browser.ts';
import type { StoryPerson } from './people.ts';

const people = z.array(z.object({ userName: z.string(), note: z.string() }));

/** What the person reads from the hardware token in her hand; in the trial it stands beside her name. */
export async function hardwareCodeOf(authority: AuthorityCommand, { userName }: StoryPerson): Promise<string> {
  const person = (await authority.ask(people, 'trial', 'people')).find((one) => one.userName === userName);
  const code = /código ahora (\d{6,8})/.exec(person?.note ?? '')?.[1];
  if (code === undefined) throw new Error(`The note of ${userName} has no code: ${person?.note}`);
  return code;
}

/** Opens a link of a message in an ordinary browser, as the person does, and sets the password on the authority's page. */
export async function setPasswordOnPage(link: string, password: string, picture: (page: Page, name: string) => Promise<void>): Promise<void> {
  await inBrowser(async (page) => {
    await page.goto(link);
    await expect(page.getByRole('heading', { name: 'Cree su contraseña' })).toBeVisible();
    await page.getByLabel('Contraseña nueva').fill(password);
    await page.getByLabel('Escríbala otra vez').fill(password);
    await picture(page, 'pagina-contrasena');
    await page.getByRole('button', { name: 'Guardar la contraseña' }).click();
    await expect(page.getByText('Su contraseña quedó guardada')).toBeVisible();
  });
}

/** The page's link in the newest message to this person. */
export const passwordLinkOf = (authority: AuthorityCommand, person: StoryPerson): Promise<string> =>
  authority.message(({ person: name, text }) => (name === person.name ? (/https?:\/\/\S+\/p#[\w.-]+/.exec(text)?.[0] ?? null) : null));
