import { expect } from 'vitest';
import { tokenStates } from '../../shared/domain/token-states.ts';
import type { Approval } from '../../authority/store/entities.ts';
import type { World } from '../support/authority-world.ts';
import type { Actor } from './actor.ts';
import type { PersonModel, PoolModel } from './model.ts';

/** What must always hold (`Domain: What must always hold`), read from the store as it is now. */
export async function checkInvariants(world: World, pool: PoolModel, people: readonly { actor: Actor; model: PersonModel }[]): Promise<void> {
  await checkPool(world, pool);
  for (const person of people) await checkPerson(world, person);
}

/** 1: allocated = available + assigned + pending + active + blocked. */
async function checkPool({ store, company }: World, pool: PoolModel): Promise<void> {
  const counts = await store.read.tokenCounts(company.id);
  const allocated = tokenStates.filter((state) => state !== 'revoked').reduce((sum, state) => sum + counts[state], 0);
  expect(allocated, 'invariant 1').toBe(pool.allocated);
  expect(counts.available, 'invariant 1').toBe(pool.available);
  expect(await store.read.talliesDamaged(), 'totals are those of the rows').toEqual([]);
}

async function checkPerson({ store, company }: World, { actor: { user }, model }: { actor: Actor; model: PersonModel }): Promise<void> {
  const { rows } = await store.read.tokens({ companyId: company.id, search: user.userName, state: null, sort: 'serial', direction: 'asc', size: 100, position: 'first' });
  const own = rows.filter((row) => row.userId === user.id && row.state !== 'revoked');
  expect(own.length, 'invariant 2: at most one token').toBeLessThanOrEqual(1);
  const [token] = own;
  expect(token?.state ?? null).toBe(model.token?.state ?? null);
  expect((await store.read.user(user.id))?.active).toBe(model.active);

  const devices = token === undefined ? [] : await store.read.devicesOfToken(token.id);
  expect(devices.filter((device) => !device.replacing).length, 'invariant 2: one device decides').toBe(model.token?.device == null ? 0 : 1);
  expect(devices.filter((device) => device.replacing).length, 'invariant 2: one replacement waits').toBe(model.token?.replacement == null ? 0 : 1);
  for (const device of devices) expect(device.state, 'S17').toBe(token?.state === 'blocked' ? 'suspended' : token?.state === 'active' && !device.replacing ? 'active' : 'pending');

  const hardware = await store.read.hardwareTokenOfUser(user.id);
  expect(hardware?.state ?? 'none').toBe(model.hardware);
  if (token?.state === 'active') expect(hardware?.state, 'invariant 3: never both').not.toBe('on');
  for (const device of token === undefined ? [] : await store.read.deviceHistory(token.id)) {
    const pending = await store.read.pendingApprovals(device.id, 0);
    if (device.state !== 'active') expect(pending, 'S17: nothing waits for a device that is out of use').toEqual([]);
  }
}

/** 4, 5, 7 and 9, over the whole trail of the company. */
export async function checkTrail({ store, services, company }: World, actors: readonly Actor[]): Promise<void> {
  const verified = await services.audit.verify(company.id);
  expect(verified, 'invariant 7').toMatchObject({ ok: true, firstBad: null });
  const entries = await store.read.auditRange(company.id, 1, 100_000);
  const people = actors.flatMap(({ user }) => [user.personal?.name, user.personal?.email, user.personal?.mobile]).filter((text) => typeof text === 'string');
  for (const { body } of entries) for (const text of people) expect(body.includes(text), 'invariant 9').toBe(false);

  const done = entries.filter((entry) => entry.event === 'action.done').map((entry) => entry.approvalId);
  expect(new Set(done).size, 'invariant 5: an action runs once').toBe(done.length);
  for (const id of done) checkDecided(id === null ? null : await store.read.approval(id));
}

function checkDecided(approval: Approval | null): void {
  expect(approval?.state, 'invariant 5: after its own approval').toBe('approved');
  expect(approval?.decidedAt ?? Infinity, 'invariant 4: before it expires').toBeLessThan(approval?.expiresAt ?? 0);
}
