import { chromium, type Browser, type Page } from 'playwright';
import AxeBuilder from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { execFileSync } from 'node:child_process';
import { by } from '../../../test/support/authority-world.ts';
import { invitationLink, parseInvitation } from '../../../shared/domain/invitation-link.ts';
import { createHttpWorld, type HttpWorld } from '../testing/http-world.ts';
import { pageLanguage } from './language.ts';

let http: HttpWorld;
let browser: Browser;
let origin: string;

beforeAll(async () => {
  http = await createHttpWorld({ listen: true, change: () => ({ address: () => `http://127.0.0.1:${http.port}`, downloads: [{ label: 'Debian "12"', href: 'https://ejemplo.co/vinculo.deb' }] }) });
  origin = `http://127.0.0.1:${http.port}`;
  const executablePath = execFileSync('which', ['chromium'], { encoding: 'utf8' }).trim();
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
});
afterAll(async () => {
  await browser.close();
  await http.close();
});

/** A page in a fresh profile; whatever it logs, and whatever it asks another origin for, fails the test. */
async function open(path: string, options: { locale?: string; colorScheme?: 'light' | 'dark' } = {}): Promise<{ page: Page; problems: string[] }> {
  const context = await browser.newContext({ locale: options.locale ?? 'es-CO', colorScheme: options.colorScheme ?? 'light' });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => { if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) problems.push(message.text()); });
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('request', (request) => { if (!request.url().startsWith(origin) && !/^(data|blob):/.test(request.url())) problems.push(request.url()); });
  await page.goto(origin + path);
  return { page, problems };
}

test.each(['/i', '/p'])('S22 %s allows its own style and script by their hash and nothing inline', async (path) => {
  const response = await fetch(origin + path);
  const csp = response.headers.get('content-security-policy') ?? '';
  expect(csp).toMatch(/default-src 'none'; style-src 'sha256-[^' ]+'; script-src 'sha256-[^' ]+';/);
  expect(csp).not.toMatch(/unsafe-/);
  expect(await response.text()).not.toMatch(/<[^>]+ (style|on[a-z]+)=/);
});

describe('the invitation page', () => {
  const link = () => invitationLink({ authority: origin, code: 'A'.repeat(19).replace(/.$/, 'Q'), thumbprint: 'B'.repeat(42) + 'A' });
  const fragment = () => new URL(link()).hash;

  test('shows the way to the app: downloads, a vinculo: link that means the same invitation, a QR', async () => {
    const { page, problems } = await open(`/i${fragment()}`);
    await page.getByRole('heading', { name: 'Le invitaron a vincular su token' }).waitFor();
    const href = await page.getByRole('link', { name: 'Abrir en Vínculo' }).getAttribute('href');
    expect(parseInvitation(href ?? '')).toEqual(parseInvitation(link()));
    expect(await page.getByRole('link', { name: 'Debian "12"' }).getAttribute('href')).toBe('https://ejemplo.co/vinculo.deb');
    const picture = page.getByRole('img', { name: 'Código QR de su invitación' });
    await picture.waitFor();
    await page.waitForFunction(() => (document.querySelector('#picture') as HTMLImageElement).naturalWidth > 0);
    expect(await page.getByText('Banco <Prueba>').count()).toBe(1);
    expect(problems).toEqual([]);
  });

  test('a link that lost a part says so and offers nothing', async () => {
    const { page, problems } = await open('/i#abc');
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('link', { name: 'Abrir en Vínculo' }).isVisible()).toBe(false);
    expect(problems).toEqual([]);
  });

  test('opening it consumes nothing, and the code is in no request line', async () => {
    const desktop = await http.world.activated('nina').then(() => http.world.person('oto'));
    await http.world.services.issuer.tokens.assign('oto', by);
    const { code } = await http.world.desktop(desktop).invitation();
    const asked: string[] = [];
    const { page } = await open('/i');
    page.on('request', (request) => asked.push(request.url()));
    await page.goto(`${origin}/i#${code}.${'B'.repeat(42)}A`);
    await page.reload();
    await page.getByRole('img').waitFor();
    expect(asked.length).toBeGreaterThan(1);
    expect(asked.filter((url) => url.split('#')[0]?.includes(code))).toEqual([]);
    expect(await http.world.services.invitations.preview({ code })).toMatchObject({ status: 'open' });
  });

  test('the QR is drawn for this authority’s invitations only', async () => {
    for (const other of [invitationLink({ authority: 'https://evil.example', code: 'A'.repeat(18) + 'Q', thumbprint: 'B'.repeat(42) + 'A' }), 'javascript:alert(1)', `${origin}/other#x`]) {
      const response = await http.server.fastify.inject({ method: 'POST', url: '/pages/qr', payload: { link: other } });
      expect(response.statusCode).toBe(400);
    }
  });
});

describe('the password page', () => {
  const path = async (userName: string) => {
    await http.world.person(userName);
    const { link } = await http.world.services.issuer.users.sendPasswordLink(userName, by) as { link?: string };
    const text = link ?? (await http.world.outbox((await http.world.store.read.userByName(userName)) as never, 'email')).map((message) => /http\S+\/p#\S+/.exec(message.text ?? '')?.[0]).findLast(Boolean) ?? '';
    return `/p${new URL(text).hash}`;
  };

  test('sets the password once; the link then says why it is no good', async () => {
    const link = await path('pepa');
    const { page, problems } = await open(link);
    await page.getByLabel('Contraseña nueva').fill('aguacero de abril');
    await page.getByLabel('Escríbala otra vez').fill('aguacero de abril');
    await page.keyboard.press('Enter');
    await page.getByRole('status').waitFor();
    expect(await page.getByRole('status').textContent()).toContain('pepa');
    expect(page.url()).not.toContain('#');
    const user = await http.world.store.read.userByName('pepa');
    expect(await http.world.context.passwords.verify(await http.world.store.read.passwordHash((user ?? { id: '' as never }).id), 'aguacero de abril')).toMatchObject({ ok: true });
    const again = await open(link);
    await again.page.getByLabel('Contraseña nueva').fill('otra cosa bien larga');
    await again.page.getByLabel('Escríbala otra vez').fill('otra cosa bien larga');
    await again.page.getByRole('button', { name: 'Guardar la contraseña' }).click();
    expect(await again.page.getByRole('alert').textContent()).toContain('ya se usó o venció');
    expect([...problems, ...again.problems]).toEqual([]);
  });

  test('two that differ, one that everybody knows: said, nothing saved, the link stays good', async () => {
    const { page } = await open(await path('rita'), { locale: 'en-GB' });
    const fill = async (first: string, second: string) => {
      await page.getByLabel('New password').fill(first);
      await page.getByLabel('Type it again').fill(second);
      await page.getByRole('button', { name: 'Save the password' }).click();
    };
    await fill('april downpour', 'april downpours');
    expect(await page.getByRole('alert').textContent()).toContain('not the same');
    await fill('password1234', 'password1234');
    await page.getByText('too short or too well known').waitFor();
    await fill('april downpour', 'april downpour');
    await page.getByRole('status').waitFor();
  });
});

test.each([['/i', 'light'], ['/i', 'dark'], ['/p', 'light'], ['/p', 'dark']] as const)('%s in %s: axe finds nothing', async (path, colorScheme) => {
  const { page } = await open(path === '/i' ? `/i#${'A'.repeat(18)}Q.${'B'.repeat(42)}A` : `/p#${'a'.repeat(28)}`, { colorScheme });
  if (path === '/i') await page.getByRole('img').waitFor();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
});

test('the language is what the browser asks for first, Spanish when it asks for neither', () => {
  for (const [header, language] of [['en-US,en;q=0.9,es;q=0.8', 'en'], ['es-CO', 'es'], ['fr,en;q=0.5', 'en'], ['fr', 'es'], ['en;q=0', 'es'], [undefined, 'es'], ['es;q=0.3,en;q=0.9', 'en']] as const) {
    expect(pageLanguage(header)).toBe(language);
  }
});
