import { z } from 'zod';
import { VinculoError } from '../../shared/contract/errors.ts';
import type { RetentionStep } from '../store/store.ts';
import { auditOf, type Acting } from './caller.ts';
import type { ServiceContext } from './context.ts';
import { keptAfterExpiry } from './oidc/storage.ts';

/**
 * How long each kind is kept, in days, counted from the end of what it is about (S30). `least`: a shorter term would take something
 * that is still used. Steps in the order in which rows refer to one another.
 */
export const retentionKinds = {
  evidence: { days: 3653, least: 366, steps: ['portalRequests', 'approvals', 'actions', 'notes', 'activationPicks', 'devices'] },
  invitations: { days: 90, least: 1, steps: ['bindings', 'invitations', 'temporaryCodes'] },
  passwordLinks: { days: 1, least: 1, steps: ['passwordLinks'] },
  messages: { days: 30, least: 4, steps: ['messages'] },
} as const satisfies Record<string, { readonly days: number; readonly least: number; readonly steps: readonly RetentionStep[] }>;
export type RetentionKind = keyof typeof retentionKinds;

export const retentionKindNames = Object.keys(retentionKinds) as readonly RetentionKind[];
const mostDays = 36_525;
const day = 24 * 3600_000;
/** Rows of one transaction: short enough that nobody waits for it. */
const batch = 500;
const settingName = 'retention';
const policySchema = z.partialRecord(z.enum(retentionKindNames), z.number().int());

/** Counted tries and proof ids end by themselves; a sent SMS code counts for an hour; a device that was away a day reads the present state; a portal's repeated call is answered for a day, a request that nobody was asked is shown for one. */
const passing = { proofIds: 0, windows: 0, shownCodes: 0, smsCodes: day, portalCalls: 0, madeUpRequests: day, oidcPayloads: keptAfterExpiry } as const;
const eventsKeptFor = day;

export interface RetentionTerm { readonly kind: RetentionKind; readonly days: number; readonly preset: number }
export type RetentionRun = Readonly<Record<RetentionKind, number>>;

/** Deletion after the term. Any number of processes may run it at once: each batch is one transaction and takes rows of its own. */
export function createRetention({ store, audit }: Pick<ServiceContext, 'store' | 'audit'>) {
  async function terms(): Promise<RetentionTerm[]> {
    const stored = await store.read.setting(settingName);
    const policy = stored === null ? {} : policySchema.parse(JSON.parse(new TextDecoder().decode(stored)));
    return retentionKindNames.map((kind) => ({ kind, days: policy[kind] ?? retentionKinds[kind].days, preset: retentionKinds[kind].days }));
  }

  /** Until none is left. What went, and its entry, stand or fall together. @returns how many rows */
  async function forgetAll(step: RetentionStep, keptFor: number, record: { kind: RetentionKind; acting: Acting } | null): Promise<number> {
    for (let all = 0; ; ) {
      const rows = await store.transaction(async (tx) => {
        const before = (await tx.now()) - keptFor;
        const gone = await tx.forgetPast(step, before, batch);
        if (gone > 0 && record !== null) await audit.record(tx, { companyId: 'authority', event: 'retention.delete', ...auditOf(record.acting), detail: { kind: record.kind, rows: step, count: gone, before } });
        return gone;
      });
      all += rows;
      if (rows < batch) return all;
    }
  }

  return {
    terms,

    /** Everything past its term. @returns how many rows of each kind */
    async run(acting: Acting = { kind: 'time' }): Promise<RetentionRun> {
      const counts: Record<RetentionKind, number> = { evidence: 0, invitations: 0, passwordLinks: 0, messages: 0 };
      for (const { kind, days } of await terms()) {
        for (const step of retentionKinds[kind].steps) counts[kind] += await forgetAll(step, days * day, { kind, acting });
      }
      return counts;
    },

    /** Rows that nothing asks for any more and that tell nothing of anybody. */
    async forgetPassing(): Promise<void> {
      for (const [step, keptFor] of Object.entries(passing)) await forgetAll(step as keyof typeof passing, keptFor, null);
      while ((await store.transaction(async (tx) => tx.deleteEvents((await tx.now()) - eventsKeptFor, batch))) === batch);
    },

    /** @throws VinculoError INPUT_INVALID when the term is shorter than what still uses it */
    async setTerm(kind: RetentionKind, days: number, acting: Acting): Promise<void> {
      if (!Number.isInteger(days) || days < retentionKinds[kind].least || days > mostDays) throw new VinculoError('INPUT_INVALID', { field: 'days' });
      await store.transaction(async (tx) => {
        await tx.lockAuditHead('authority'); // one change of the policy after the other
        const stored = await tx.setting(settingName);
        const policy = stored === null ? {} : policySchema.parse(JSON.parse(new TextDecoder().decode(stored)));
        await tx.putSetting(settingName, new TextEncoder().encode(JSON.stringify({ ...policy, [kind]: days })));
        await audit.record(tx, { companyId: 'authority', event: 'retention.set', ...auditOf(acting), detail: { kind, from: policy[kind] ?? retentionKinds[kind].days, to: days } });
      });
    },
  };
}
export type Retention = ReturnType<typeof createRetention>;
