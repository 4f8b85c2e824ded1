import { expect } from './expect.ts';
import { TokenAdmin } from './token-admin.ts';

/** The gate where the admin picks the triple that the person reads out. */
export class Activate extends TokenAdmin {
  get dialog() { return this.page.getByRole('dialog'); }
  get triples() { return this.dialog.getByRole('radiogroup').getByRole('radio'); }

  async expectPerson(name: string): Promise<void> {
    await expect(this.dialog).toContainText(name);
    await expect(this.triples).toHaveCount(3);
  }

  async pick(words: readonly string[]): Promise<void> {
    await this.dialog.getByRole('radio', { name: new RegExp(`: ${words.join(', ')}$`) }).check({ force: true });
  }

  /** One of the two that are not this device's. */
  async pickWrong(words: readonly string[]): Promise<void> {
    const right = words.join(', ');
    for (const radio of await this.triples.all()) {
      const name = (await radio.getAttribute('aria-label')) ?? '';
      if (name.endsWith(`: ${right}`)) continue;
      return radio.check({ force: true });
    }
    throw new Error('Every triple is the right one.');
  }

  async next(): Promise<void> {
    await this.button(this.t('adminTokens:activate.next'), this.dialog).click();
  }

  /** "Activar y confirmar en mi token". */
  async confirm(count = 1): Promise<void> {
    await this.button(this.t('adminTokens:activate.ask', { count, n: String(count) }), this.dialog).click();
  }
}
