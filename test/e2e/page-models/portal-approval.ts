import type { Desktop } from '../../support/launch-desktop.ts';
import { Approval } from './approval.ts';
import { expect } from './expect.ts';

/** The approval window for what a portal asks: the number, then the PIN. */
export class PortalApproval extends Approval {
  /** Once the request is drawn: the window of the one before may just be going. */
  static async opened(desktop: Desktop): Promise<PortalApproval> {
    let approval: PortalApproval | null = null;
    await expect(async () => {
      approval = new PortalApproval(await desktop.window('approval'));
      await expect(approval.boxes.first().or(approval.pin)).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 20_000 });
    return approval as unknown as PortalApproval;
  }

  get boxes() { return this.page.getByRole('group', { name: this.t('approvals:number.label') }).getByRole('textbox'); }

  /** Digit by digit, as a person does. */
  async typeNumber(number: string): Promise<void> {
    await this.boxes.first().click();
    await this.page.keyboard.type(number);
    await this.button(this.t('approvals:number.continue')).click();
  }

  async pasteNumber(text: string): Promise<void> {
    await this.page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await this.button(this.t('approvals:number.paste')).click();
    await this.button(this.t('approvals:number.continue')).click();
  }

  /** Who asks, whose token is asked (where the app holds several), and how many wait. */
  async expectAsked({ portal, serial, name, waiting }: { readonly portal: string; readonly serial: string; readonly name: string; readonly waiting: number }): Promise<void> {
    const main = this.page.getByRole('main');
    await expect(main).toContainText(portal);
    await expect(main).toContainText(this.t('approvals:window.account', { serial, name }));
    await expect(this.page.getByText(this.t('approvals:window.position', { index: 1, total: waiting + 1 }))).toBeVisible();
  }

  /** "Ver la siguiente": what waited behind comes on screen. */
  async next(): Promise<void> { await this.button(this.t('approvals:result.next')).click(); }

  /** The cross in the title bar: the request goes on waiting. */
  async leave(): Promise<void> { await this.closeBy(this.button(this.t('approvals:window.close'))); }

  /** Types the number, signs with the PIN, and closes the window once it is done. */
  async approveWith(number: string, pin: string): Promise<void> {
    await this.typeNumber(number);
    await this.approve(pin);
    await this.expectEnd('done');
    await this.close();
  }

  /** The number was filled in by a scan, and waits for the PIN. */
  async expectNumber(number: string): Promise<void> {
    await expect(this.page.getByText(`${number.slice(0, 3)} ${number.slice(3)}`)).toBeVisible();
  }
}
