import { expect } from './expect.ts';
import { Screen } from './screen.ts';

/** "Iniciar vinculación", step by step. */
export class Bind extends Screen {
  get title() { return this.page.getByRole('heading', { level: 1 }); }

  async expectInvitation(company: string, authority: string): Promise<void> {
    await expect(this.page.getByRole('heading', { name: this.t('bind:invitation.title') })).toBeVisible();
    const main = this.page.getByRole('main');
    await expect(main).toContainText(company);
    await expect(main).toContainText(authority);
  }

  /** The invitation cannot be used: says why, and offers no way on. */
  async expectRefused(code: 'INVITATION_USED' | 'INVITATION_EXPIRED' | 'INVITATION_VOID'): Promise<void> {
    await expect(this.page.getByRole('heading', { name: this.t('bind:invitation.title') })).toBeVisible();
    await this.expectError(code);
    await expect(this.button(this.t('bind:continue'))).toHaveCount(0);
  }

  async cancel(): Promise<void> {
    await this.button(this.t('bind:cancel')).click();
  }

  async acceptInvitation(): Promise<void> {
    await expect(this.page.getByRole('heading', { name: this.t('bind:invitation.title') })).toBeVisible();
    await this.button(this.t('bind:continue')).click();
  }

  async logIn(user: string, password: string): Promise<void> {
    await this.page.getByRole('textbox', { name: this.t('bind:login.user'), exact: true }).fill(user);
    await this.page.getByLabel(this.t('bind:login.password'), { exact: true }).fill(password);
    await this.button(this.t('bind:continue')).click();
  }

  async expectSmsStep(): Promise<void> {
    await expect(this.page.getByRole('heading', { name: this.t('bind:proof.smsTitle') })).toBeVisible();
  }

  async expectHardwareStep(): Promise<void> {
    await expect(this.page.getByRole('heading', { name: this.t('bind:proof.hardwareTitle') })).toBeVisible();
  }

  /** Eight characters, typed one after the other as a person does. */
  async typeSmsCode(code: string): Promise<void> {
    await this.expectSmsStep();
    await this.page.getByRole('group', { name: this.t('bind:proof.smsLabel') }).getByRole('textbox').first().click();
    await this.page.keyboard.type(code);
    await this.button(this.t('bind:continue')).click();
  }

  async typeHardwareCode(code: string): Promise<void> {
    await this.expectHardwareStep();
    await this.page.getByRole('textbox', { name: this.t('bind:proof.hardwareLabel') }).fill(code);
    await this.button(this.t('bind:continue')).click();
  }

  async fillPin(pin: string, repeated = pin): Promise<void> {
    await expect(this.page.getByRole('heading', { name: this.t('bind:pin.title') })).toBeVisible();
    await this.page.getByLabel(this.t('bind:pin.pin'), { exact: true }).fill(pin);
    await this.page.getByLabel(this.t('bind:pin.repeat'), { exact: true }).fill(repeated);
  }

  /** "Iniciar vinculación". */
  async begin(): Promise<void> {
    await this.button(this.t('bind:pin.action')).click();
  }
}

/** "Pendiente Activación": serial, company and the three words. */
export class Waiting extends Screen {
  async expectOpen(): Promise<void> {
    await expect(this.page.getByText(this.t('bind:waiting.badge'), { exact: true })).toBeVisible({ timeout: 20_000 });
    await expect(this.page.getByRole('list', { name: this.t('ui:fingerprint.label') })).toBeVisible();
  }

  async words(): Promise<string[]> {
    const items = this.page.getByRole('list', { name: this.t('ui:fingerprint.label') }).getByRole('listitem');
    await expect(items).toHaveCount(3);
    return items.evaluateAll((elements) => elements.map((element) => element.lastElementChild?.textContent?.trim() ?? ''));
  }

  async serial(): Promise<string> {
    return (await this.page.locator('dd.serial').first().innerText()).trim();
  }

  /** Only in the trial, where the person is alone: does what the issuer does by command line. */
  async actAsIssuer(): Promise<void> {
    await this.button(this.t('bind:waiting.actAsIssuer')).click();
  }

  /** It turns by itself: nobody touches this page. */
  async expectTurnedActive(): Promise<void> {
    await expect(this.page.getByRole('heading', { name: this.t('bind:active.title') })).toBeVisible({ timeout: 20_000 });
  }

  async goToToken(): Promise<void> {
    await this.button(this.t('bind:active.action')).click();
  }
}
