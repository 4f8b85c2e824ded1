// `npm run screenshots`: makes the pictures of docs/pictures again, from the running app.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect } from '../e2e/page-models/expect.ts';
import { AdminAtWork } from '../story/admin-at-work.ts';
import { bindDevice } from '../story/binding.ts';
import { admin, englishSpeaker, longName, luckless, newcomer, withOldToken } from '../story/people.ts';
import { portalStory } from '../story/portal.ts';
import { thinStory } from '../story/thin.ts';
import { createWorld, type World } from '../story/world.ts';
import { openStage } from './stage.ts';

const folder = join(import.meta.dirname, '..', '..', 'docs', 'pictures');

/** Screens of the story that the documents show, under their names there. */
const wanted: Readonly<Record<string, string>> = {
  bienvenida: 'bienvenida', prueba: 'prueba', 'vincular-pendiente': 'pendiente', codigo: 'codigo', 'asignar-usuarios': 'asignar-usuarios',
  'asignar-confirmar': 'asignar-confirmar', aprobacion: 'aprobacion', 'activar-2': 'activar', 'usuario-activo': 'activo',
  'portal-espera': 'portal', 'aprobacion-numero': 'aprobacion-portal', 'aprobacion-pago': 'aprobacion-pago', 'portal-pago-firmado': 'portal-pago',
};

async function keep(page: Page, name: string, colours: readonly ('light' | 'dark')[]): Promise<void> {
  for (const colorScheme of colours) {
    await page.emulateMedia({ colorScheme });
    await expect(page.locator(`html[data-mantine-color-scheme="${colorScheme}"], html:not([data-mantine-color-scheme])`)).toHaveCount(1);
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`), animations: 'disabled' });
    process.stdout.write(`docs/pictures/${name}-${colorScheme}.png\n`);
  }
  await page.emulateMedia({ colorScheme: null });
}

/** A table in which every state can be seen, and the history of one of its tokens. */
async function showTable(world: World): Promise<void> {
  const work = await AdminAtWork.at(world.first(), admin);
  const { page } = work.table;
  await work.table.clearSelection();
  await work.assign(newcomer, luckless, longName, englishSpeaker, withOldToken);
  await bindDevice({ desktop: world.second(), authority: world.authority(), person: newcomer });
  const { words, serial } = await bindDevice({ desktop: world.second(), authority: world.authority(), person: withOldToken });
  await work.activate(withOldToken, words);
  await world.authority().change('token', 'block', serial);
  await work.table.expectState(withOldToken.name, 'blocked');
  await expect(page.getByText(work.table.t('adminTokens:now'), { exact: true })).toHaveCount(0, { timeout: 20_000 });
  await keep(page, 'token-virtual', ['light', 'dark']);
  await work.table.openHistory(withOldToken.name);
  await keep(page, 'historial', ['light']);
}

mkdirSync(folder, { recursive: true });
const stage = await openStage();
try {
  const world = createWorld({
    launch: stage.launch,
    picture: async (page, name) => {
      const known = wanted[name];
      if (known !== undefined) await keep(page, known, ['light']);
    },
  });
  for (const step of [...thinStory, ...portalStory]) await step.run(world);
  await showTable(world);
} finally {
  await stage.close();
}
process.exit(0);
