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

  /** The number was filled in by a scan, and waits for the PIN. */
  async expectNumber(number: string): Promise<void> {
    await expect(this.page.getByText(`${number.slice(0, 3)} ${number.slice(3)}`)).toBeVisible();
  }
}
