import type { AdminActionKind } from '../../shared/domain/admin-actions.ts';
import type { TokenState } from '../../shared/domain/token-states.ts';
import { Activate } from '../e2e/page-models/activate.ts';
import { Approval } from '../e2e/page-models/approval.ts';
import { Assign } from '../e2e/page-models/assign.ts';
import { expect } from '../e2e/page-models/expect.ts';
import { Frame } from '../e2e/page-models/frame.ts';
import { type RowAction, TokenAdmin } from '../e2e/page-models/token-admin.ts';
import type { Desktop } from '../support/launch-desktop.ts';
import type { StoryPerson } from './people.ts';

export interface ChangeOptions {
  readonly reason?: string;
  /** What the rows show afterwards. */
  readonly state?: TokenState;
}

type TokenChange = Exclude<AdminActionKind, 'assign' | 'activate' | 'addUser' | 'editUser' | 'temporaryCode' | 'deactivateUser' | 'reactivateUser'>;

/** An admin before her desktop: asks for a change, signs it on her own token, sees what became of it. */
export class AdminAtWork {
  readonly desktop: Desktop;
  readonly person: StoryPerson;
  readonly table: TokenAdmin;
  readonly frame: Frame;

  private constructor(desktop: Desktop, person: StoryPerson, table: TokenAdmin, frame: Frame) {
    this.desktop = desktop;
    this.person = person;
    this.table = table;
    this.frame = frame;
  }

  static async at(desktop: Desktop, person: StoryPerson): Promise<AdminAtWork> {
    const page = await desktop.window('main');
    return new AdminAtWork(desktop, person, new TokenAdmin(page), new Frame(page));
  }

  gate(): Activate { return new Activate(this.table.page); }
  approval(): Promise<Approval> { return Approval.of(this.desktop); }

  /** Signs what waits on this desktop's own token, after comparing what it says. */
  async sign(action: string, names: readonly string[], reason?: string, end: 'done' | 'awaiting_second' = 'done'): Promise<void> {
    const approval = await this.approval();
    await approval.expectQuestion(action, names);
    if (reason !== undefined) await expect(approval.facts).toContainText(reason);
    await approval.approve(this.person.pin);
    await approval.expectEnd(end);
    await approval.close();
  }

  async assign(...people: readonly StoryPerson[]): Promise<void> {
    const names = people.map(({ name }) => name);
    const assign = new Assign(this.table.page);
    await this.frame.go('tokens');
    await assign.open();
    await assign.choose(...names);
    await assign.continueButton.click();
    await this.sign('assign', names);
    await this.table.expectOutcome('done');
    await assign.backToTable();
    for (const name of names) await this.table.expectState(name, 'assigned');
  }

  /** Compares the words of one person and activates. */
  async activate(person: StoryPerson, words: readonly string[], { replacement = false } = {}): Promise<void> {
    if (!replacement) await this.table.expectState(person.name, 'pending_activation');
    await this.table.choose(person.name, 'activate');
    const gate = new Activate(this.table.page);
    await gate.expectPerson(person.name);
    await gate.pick(words);
    await gate.confirm();
    await this.sign('activate', [person.name]);
    await this.table.expectOutcome('done');
    await this.table.backToTable();
    await this.table.expectState(person.name, 'active');
  }

  /** Any other change of one token, from its row. */
  async change(kind: TokenChange, person: StoryPerson, options: ChangeOptions = {}): Promise<void> {
    await this.ask(kind, [person], options);
    await this.sign(kind, [person.name], options.reason);
    await this.finish(kind, [person], options);
  }

  /** The same for several rows at once. */
  async changeAll(kind: TokenChange, people: readonly StoryPerson[], options: ChangeOptions = {}): Promise<void> {
    await this.ask(kind, people, options);
    await this.sign(kind, people.map(({ name }) => name), options.reason);
    await this.finish(kind, people, options);
  }

  async ask(kind: TokenChange, people: readonly StoryPerson[], { reason }: ChangeOptions = {}): Promise<void> {
    const action: RowAction = kind === 'replaceDevicePlanned' || kind === 'replaceDeviceLost' ? 'replaceDevice' : kind;
    const [first] = people;
    if (people.length > 1) {
      await this.table.select(...people.map(({ name }) => name));
      await this.table.bulk(action);
    } else if (first !== undefined) await this.table.choose(first.name, action);
    if (action === 'replaceDevice') await this.chooseReplacement(kind === 'replaceDevicePlanned' ? 'planned' : 'lost');
    await this.table.ask(kind, people.length, reason);
  }

  async chooseReplacement(how: 'planned' | 'lost'): Promise<void> {
    const dialog = this.table.page.getByRole('dialog');
    const radio = dialog.getByRole('radio', { name: this.table.t(`admin:replace.${how}`), exact: true });
    await expect(radio.or(dialog.getByText(this.table.t('admin:replace.lostOnly')))).toBeVisible();
    if (await radio.isVisible()) await radio.check();
  }

  async finish(kind: TokenChange, people: readonly StoryPerson[], { state }: ChangeOptions = {}): Promise<void> {
    await this.table.expectOutcome('done');
    const count = people.length;
    await expect(this.table.outcome).toContainText(this.table.t(`admin:outcome.done.${kind}`, { count, n: String(count) }));
    await this.table.backToTable();
    if (state === undefined) return;
    for (const { name } of people) await this.table.expectState(name, state);
  }
}
