import type { Migration } from './migration.ts';

/**
 * Whether a person ever had a token that worked is the person's, not the token's: a token that goes back to the pool would take it
 * along, and its former holder would get in by the password alone. Of before the trail tells, or the token that still has it.
 */
export const wasActive: Migration = {
  name: '0005-was-active',
  statements: ({ integer }) => [
    `alter table "users" add column "wasActive" ${integer} not null default 0`,
    `update "users" set "wasActive" = 1 where exists (select 1 from "auditEntries" where "auditEntries"."userId" = "users"."id" and "event" in ('token.activate', 'token.unblock'))
      or exists (select 1 from "tokens" where "tokens"."userId" = "users"."id" and "everActive" = 1 and "state" in ('active', 'blocked', 'revoked'))`,
    `update "tokens" set "everActive" = 0 where "everActive" = 1 and ("userId" is null or exists (select 1 from "users" where "users"."id" = "tokens"."userId" and "wasActive" = 0))`,
  ],
};
