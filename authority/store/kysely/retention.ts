import { sql, type RawBuilder } from 'kysely';
import type { RetentionStep, Transaction } from '../store.ts';
import type { WriteScope } from './context.ts';

interface Step {
  readonly table: string;
  readonly keys: readonly string[];
  /** Past its term, and nothing that stays refers to it. */
  past(before: number): RawBuilder<boolean>;
  /** What is emptied instead of deleting the row; default: the row goes. */
  readonly empty?: RawBuilder<unknown>;
}

const none = (condition: RawBuilder<unknown>) => sql<boolean>`not exists (select 1 from ${condition})`;
const expired = (table: string, keys: readonly string[], column = 'expiresAt'): Step => ({ table, keys, past: (before) => sql`${sql.ref(column)} < ${before}` });

const steps: Readonly<Record<RetentionStep, Step>> = {
  portalRequests: expired('portalRequests', ['id'], 'createdAt'),
  // Nobody was asked, so nothing of it is evidence; what was typed for a user name may be anything.
  madeUpRequests: { table: 'portalRequests', keys: ['id'], past: (before) => sql`"createdAt" < ${before} and "approvalId" is null and "state" <> 'pending'` },
  portalCalls: expired('portalCalls', ['portalId', 'key']),
  approvals: { table: 'approvals', keys: ['id'], past: (before) => sql`"closedAt" < ${before} and ${none(sql`"portalRequests" where "approvalId" = "approvals"."id"`)}` },
  actions: {
    table: 'actions', keys: ['id'],
    past: (before) => sql`"createdAt" < ${before} and "state" <> 'pending' and ${none(sql`"approvals" where "actionId" = "actions"."id"`)} and ${none(sql`"temporaryCodes" where "actionId" = "actions"."id"`)}`,
  },
  // The chain keeps the commitment, so it still verifies (invariant 9).
  notes: { table: 'auditEntries', keys: ['chain', 'sequence'], past: (before) => sql`"at" < ${before} and "note" is not null`, empty: sql`"note" = null, "noteSalt" = null` },
  // Its keys stay: a device key belongs to one token, ever (invariant 2).
  devices: { table: 'devices', keys: ['id'], past: (before) => sql`"closedAt" < ${before} and "ip" <> ''`, empty: sql`"name" = '', "system" = '', "app" = '', "ip" = '', "secondProofDetail" = '', "share" = null, "pinVerifier" = null` },
  activationPicks: { table: 'activationPicks', keys: ['deviceId', 'adminId'], past: (before) => sql`exists (select 1 from "devices" where "devices"."id" = "activationPicks"."deviceId" and "closedAt" < ${before})` },
  // A device that was bound and has not opened its first session may still ask for its answer.
  bindings: { table: 'bindings', keys: ['id'], past: (before) => sql`"expiresAt" < ${before} and ${none(sql`"devices" where "devices"."id" = "bindings"."deviceId" and "acknowledgedAt" is null and "state" <> 'closed'`)}` },
  // The newest of an assigned token stays: its row says "Invitación vencida".
  invitations: {
    table: 'invitations', keys: ['id'],
    past: (before) => sql`"expiresAt" < ${before} and ${none(sql`"bindings" where "invitationId" = "invitations"."id"`)} and (
      ${none(sql`"tokens" where "tokens"."id" = "invitations"."tokenId" and "state" = 'assigned'`)}
      or exists (select 1 from "invitations" as "newer" where "newer"."tokenId" = "invitations"."tokenId" and "newer"."createdAt" > "invitations"."createdAt"))`,
  },
  temporaryCodes: expired('temporaryCodes', ['id']),
  // A code that nobody fetched in its time is no longer shown; that there was one stays.
  shownCodes: { table: 'temporaryCodes', keys: ['id'], past: (before) => sql`"expiresAt" < ${before} and "shown" is not null`, empty: sql`"shown" = null` },
  passwordLinks: expired('passwordLinks', ['hash']),
  // What a gateway is still to take stays, however old.
  messages: { table: 'outbox', keys: ['id'], past: (before) => sql`"createdAt" < ${before} and coalesce("sentAt", "failedAt", "createdAt") < ${before} and "nextTryAt" is null` },
  smsCodes: expired('smsCodes', ['bindingId', 'at'], 'at'),
  proofIds: expired('proofIds', ['hash']),
  windows: expired('windows', ['key', 'windowStart']),
  oidcPayloads: expired('oidcPayloads', ['model', 'idHash']),
};

export function retentionWriter({ db, database }: WriteScope): Pick<Transaction, 'forgetPast'> {
  return {
    async forgetPast(step, before, limit) {
      const { table, keys, past, empty } = steps[step];
      const columns = sql.join(keys.map((key) => sql.ref(key)));
      // Another process at the same work takes other rows instead of waiting for these.
      const lock = database.rowLocks ? sql`for update skip locked` : sql``;
      const rows = sql`(${columns}) in (select ${columns} from ${sql.table(table)} where ${past(before)} limit ${limit} ${lock})`;
      const change = empty === undefined ? sql`delete from ${sql.table(table)} where ${rows}` : sql`update ${sql.table(table)} set ${empty} where ${rows}`;
      return Number((await change.execute(db)).numAffectedRows ?? 0n);
    },
  };
}
