import type { Page } from '@playwright/test';
import { es } from '../../../examples/portal/texts/es.ts';
import type { StoryPerson } from '../../story/people.ts';
import type { GreyPicture } from '../../support/qr-picture.ts';
import { expect } from './expect.ts';

export interface Order { readonly payee: string; readonly account: string; readonly amount: string; readonly reference?: string }

/** The sample portal in an ordinary browser, as its person sees it. */
export class Portal {
  readonly page: Page;
  readonly address: string;

  constructor(page: Page, address: string) {
    this.page = page;
    this.address = address;
  }

  button(name: string) { return this.page.getByRole('button', { name, exact: true }); }
  get heading() { return this.page.getByRole('heading', { level: 1 }); }

  /** User and password; what comes after them depends on the person. */
  async logIn({ userName, password }: Pick<StoryPerson, 'userName' | 'password'>): Promise<void> {
    await this.page.context().clearCookies();
    await this.page.goto(this.address);
    await this.page.getByLabel(es.login.user).fill(userName);
    await this.page.getByLabel(es.login.password).fill(password);
    await this.button(es.login.action).click();
  }

  /** Of a login or a payment that waits. A mark stays in the page: whoever goes on without a reload still has it. */
  async number(): Promise<string> {
    const number = this.page.locator('[data-number]');
    await expect(number).toBeVisible();
    await this.page.evaluate(() => { document.documentElement.dataset['same'] = 'page'; });
    return (await number.getAttribute('data-number')) ?? '';
  }

  /** Logs in as far as the question to the token. @returns its number */
  async ask(person: Pick<StoryPerson, 'userName' | 'password'>): Promise<string> {
    await this.logIn(person);
    return this.number();
  }

  async expectNoReload(): Promise<void> {
    await expect(this.page.locator('html[data-same="page"]')).toHaveCount(1);
  }

  /** The QR as somebody saves it. */
  async qrPicture(kind: 'online' | 'offline' = 'online'): Promise<Buffer> {
    return this.page.locator(`.qr.${kind}`).screenshot();
  }

  /** The QR as a camera sees it that is held before the screen. */
  async qrPixels(size = 440): Promise<GreyPicture> {
    const base64 = await this.page.locator('.qr.online svg').evaluate(async (svg, side) => {
      const image = new Image();
      image.src = `data:image/svg+xml;base64,${btoa(new XMLSerializer().serializeToString(svg))}`;
      await image.decode();
      const context = new OffscreenCanvas(side, side).getContext('2d');
      context?.drawImage(image, 0, 0, side, side);
      const { data } = context?.getImageData(0, 0, side, side) ?? { data: new Uint8ClampedArray() };
      return btoa(Array.from({ length: side * side }, (_, index) => String.fromCodePoint(data[index * 4] ?? 0)).join(''));
    }, size);
    return { size, pixels: Buffer.from(base64, 'base64') };
  }

  async expectIn(factor: 'signature' | 'mac' | 'code'): Promise<void> {
    await expect(this.page.locator(`[data-factor="${factor}"]`)).toBeVisible();
    await expect(this.heading).toHaveText(es.home.title);
  }

  async expectEnded(how: 'denied' | 'reported' | 'expired' | 'cancelled' | 'nobody'): Promise<void> {
    await expect(this.page.locator(`[data-ended="${how}"]`)).toBeVisible();
    await expect(this.heading).toHaveText(es.ended[how].title);
  }

  /** It says quietly that the authority is away and that it goes on asking; or no longer. */
  async expectTrying(): Promise<void> { await expect(this.page.locator('[data-trying]')).toHaveText(es.waiting.trying); }
  async expectReached(): Promise<void> { await expect(this.page.locator('[data-trying]')).toBeEmpty(); }

  async again(): Promise<void> { await this.button(es.ended.again).click(); }
  async takeBack(): Promise<void> { await this.button(es.waiting.back).click(); }

  get #code() { return this.page.getByLabel(es.code.label, { exact: true }); }
  async openCode(): Promise<void> { await this.page.getByText(es.code.instead).click(); }
  async enterCode(code: string): Promise<void> {
    if (!(await this.#code.isVisible())) await this.openCode();
    await this.#code.fill(code);
    await this.button(es.code.action).click();
  }

  async openOffline(): Promise<void> { await this.page.getByText(es.offline.instead).click(); }
  async enterAnswer(answer: string): Promise<void> {
    await this.page.getByLabel(es.offline.label).fill(answer);
    await this.button(es.offline.action).click();
  }

  async order({ payee, account, amount, reference = '' }: Order): Promise<void> {
    await this.page.getByLabel(es.home.payee, { exact: true }).fill(payee);
    await this.page.getByLabel(es.home.payeeAccount).fill(account);
    await this.page.getByLabel(es.home.amount, { exact: true }).fill(amount);
    await this.page.getByLabel(es.home.reference).fill(reference);
    await this.button(es.home.payAction).click();
  }

  async backToAccounts(): Promise<void> {
    await this.page.getByRole('link', { name: es.ended.toAccounts }).click();
    await expect(this.heading).toHaveText(es.home.title);
  }

  /** The receipt with its evidence: both checks of the portal hold. */
  async expectSigned(): Promise<void> {
    await expect(this.page.locator('[data-receipt]')).toBeVisible();
    await expect(this.page.locator('[data-holds="true"]')).toHaveCount(2);
  }
}
