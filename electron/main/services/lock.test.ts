import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Computer, testPin } from '../testing/desktop-fixture.ts';
import { FakeAuthority } from '../testing/fake-authority.ts';
import type { Clock } from '../runtime.ts';

/** The computer's clock, moved ahead at will. Long waits end when they are moved over. */
class MovedClock implements Clock {
  #ahead = 0;
  readonly #waiting = new Set<{ at: number; run: () => void }>();
  now(): number { return Date.now() + this.#ahead; }
  after(milliseconds: number, run: () => void): () => void {
    const entry = { at: this.now() + milliseconds, run: () => { if (this.#waiting.delete(entry)) run(); } };
    this.#waiting.add(entry);
    const timer = setTimeout(entry.run, milliseconds);
    return () => { clearTimeout(timer); this.#waiting.delete(entry); };
  }
  move(milliseconds: number): void {
    this.#ahead += milliseconds;
    for (const entry of [...this.#waiting].filter(({ at }) => at <= this.now())) entry.run();
  }
}

let computer: Computer;
let authority: FakeAuthority;
let clock: MovedClock;
beforeEach(async () => {
  computer = new Computer();
  authority = await FakeAuthority.start();
  clock = new MovedClock();
  await computer.start({ clock });
  await computer.activate(authority);
});
afterEach(async () => {
  await computer.dispose();
  await authority.stop();
});
const minutes = (n: number) => n * 60_000;

describe('locking', () => {
  it('after the minutes that the person or the company wants, whichever are fewer', async () => {
    clock.move(minutes(4));
    expect((await computer.account()).locked).toBe(false);
    clock.move(minutes(1));
    expect((await computer.account()).locked).toBe(true);
    const { id } = await computer.account();
    await computer.call('app', 'changeSettings', { autoLockMinutes: 2 });
    await computer.call('lock', 'unlock', { accountId: id, pin: testPin });
    clock.move(minutes(2));
    expect((await computer.account()).locked).toBe(true);
  });

  it('what the person does in Vínculo counts, what screens ask by themselves does not', async () => {
    const { id } = await computer.account();
    clock.move(minutes(3));
    await computer.call('app', 'select', { accountId: id });
    clock.move(minutes(3));
    expect((await computer.account()).locked).toBe(false);
    await computer.call('code', 'current', { accountId: id });
    clock.move(minutes(3));
    expect((await computer.account()).locked).toBe(true);
  });

  it('a computer that nobody touches locks, whatever a screen does', async () => {
    computer.shell.idle = 300;
    clock.move(5_000);
    expect((await computer.account()).locked).toBe(true);
  });

  it('hides the code at once, and the tray says so', async () => {
    const { id } = await computer.account();
    expect(await computer.code('code.current', { accountId: id })).toBe('ok');
    await computer.call('lock', 'lock');
    expect(await computer.code('code.current', { accountId: id })).toBe('LOCKED');
    await computer.until(() => computer.shell.tray?.icon === 'locked');
  });
});

describe('the copied code', () => {
  const copy = async () => {
    const { id } = await computer.account();
    await computer.call('code', 'copy', { accountId: id });
    return computer.shell.clipboard;
  };

  it('is gone after 30 s', async () => {
    expect(await copy()).toMatch(/^\d{6}$/);
    clock.move(29_000);
    expect(computer.shell.clipboard).not.toBe('');
    clock.move(1_000);
    await computer.state();
    expect(computer.shell.clipboard).toBe('');
  });

  it('what was copied meanwhile stays', async () => {
    await copy();
    computer.shell.clipboard = 'algo más';
    clock.move(30_000);
    await computer.state();
    expect(computer.shell.clipboard).toBe('algo más');
  });

  it('does not outlive the app', async () => {
    await copy();
    await computer.dispose();
    expect(computer.shell.clipboard).toBe('');
  });
});
