import type { Migration } from './migration.ts';

/**
 * A trigram index over `searchKey`, kept by triggers, the text itself stays in the table only. secure-delete: what was erased
 * leaves the index as well (https://www.sqlite.org/fts5.html).
 */
const fullText = (table: string, index: string): readonly string[] => [
  `create virtual table "${index}" using fts5("searchKey", content='${table}', content_rowid='row', tokenize='trigram', detail='full')`,
  `insert into "${index}" ("${index}", rank) values ('secure-delete', 1)`,
  `create trigger "${index}Insert" after insert on "${table}" begin insert into "${index}" (rowid, "searchKey") values (new."row", new."searchKey"); end`,
  `create trigger "${index}Update" after update of "searchKey" on "${table}" when old."searchKey" <> new."searchKey" begin
    insert into "${index}" ("${index}", rowid, "searchKey") values ('delete', old."row", old."searchKey");
    insert into "${index}" (rowid, "searchKey") values (new."row", new."searchKey");
  end`,
];

/** Everything the first version keeps. Small letters: a column that may be null. */
export const start: Migration = {
  name: '0001-start',
  statements({ text: t, integer: n, bytes: b, serial }, database) {
    const T = `${t} not null`;
    const N = `${n} not null`;
    const B = `${b} not null`;
    return [
      `create table "companies" ("id" ${T} primary key, "name" ${T} unique, "serialPrefix" ${T}, "createdAt" ${N}, "enabled" ${N}, "suspended" ${N}, "fourEyes" ${N}, "otpDigits" ${N}, "autoLockMinutes" ${N})`,
      `create table "serialCounters" ("prefix" ${T} primary key, "next" ${N})`,

      `create table "users" ("row" ${serial}, "id" ${T} unique, "companyId" ${T} references "companies" ("id"), "userName" ${T} unique, "role" ${T}, "language" ${T}, "active" ${N}, "inactiveSince" ${n}, "createdAt" ${N}, "contactsChangedAt" ${n}, "assignable" ${N}, "nameKey" ${T}, "searchKey" ${T})`,
      `create index "usersByName" on "users" ("companyId", "nameKey", "id")`,
      `create index "usersByUserName" on "users" ("companyId", "userName", "id")`,
      `create index "assignableUsersByName" on "users" ("companyId", "assignable", "nameKey", "id")`,
      `create index "assignableUsersByUserName" on "users" ("companyId", "assignable", "userName", "id")`,
      `create index "activeUsersByName" on "users" ("companyId", "active", "nameKey", "id")`,
      `create index "activeUsersByUserName" on "users" ("companyId", "active", "userName", "id")`,
      `create index "admins" on "users" ("companyId", "role")`,
      `create table "personal" ("userId" ${T} primary key references "users" ("id"), "salt" ${B}, "name" ${T}, "email" ${t}, "mobile" ${t}, "emailBounced" ${N}, "mobileBounced" ${N})`,
      `create table "passwords" ("userId" ${T} primary key references "users" ("id"), "hash" ${T})`,
      `create table "passwordLinks" ("hash" ${T} primary key, "userId" ${T} references "users" ("id"), "expiresAt" ${N}, "usedAt" ${n})`,
      `create index "passwordLinksOfUser" on "passwordLinks" ("userId")`,

      `create table "tokens" ("row" ${serial}, "id" ${T} unique, "companyId" ${T} references "companies" ("id"), "serial" ${T} unique, "state" ${T}, "userId" ${t} references "users" ("id"), "updatedAt" ${N}, "blockedReason" ${t}, "everActive" ${N}, "rank" ${N}, "held" ${N}, "ownerKey" ${T}, "searchKey" ${T})`,
      `create unique index "oneTokenPerUser" on "tokens" ("userId") where "userId" is not null and "state" <> 'revoked'`,
      `create index "tokensOfUser" on "tokens" ("userId")`,
      `create index "tokensByUpdate" on "tokens" ("companyId", "updatedAt")`,
      ...['held', 'state'].flatMap((filter) => [
        `create index "${filter}TokensByName" on "tokens" ("companyId", "${filter}", "ownerKey", "id")`,
        `create index "${filter}TokensBySerial" on "tokens" ("companyId", "${filter}", "serial", "id")`,
        `create index "${filter}TokensByUpdate" on "tokens" ("companyId", "${filter}", "updatedAt", "id")`,
      ]),
      `create index "heldTokensByState" on "tokens" ("companyId", "held", "rank", "id")`,
      `create index "stateTokensByRank" on "tokens" ("companyId", "state", "rank", "id")`,

      ...(database === 'sqlite' ? [...fullText('tokens', 'tokenSearch'), ...fullText('users', 'userSearch')] : [
        `create extension if not exists pg_trgm`,
        `create index "tokenSearch" on "tokens" using gin ("searchKey" gin_trgm_ops)`,
        `create index "userSearch" on "users" using gin ("searchKey" gin_trgm_ops)`,
      ]),

      `create table "devices" ("id" ${T} primary key, "tokenId" ${T} references "tokens" ("id"), "userId" ${T} references "users" ("id"), "companyId" ${T}, "state" ${T}, "replacing" ${N}, "resumeState" ${t}, "sessionKey" ${T}, "approvalKey" ${T}, "sessionThumbprint" ${T}, "approvalThumbprint" ${T}, "name" ${T}, "system" ${T}, "app" ${T}, "keyProtection" ${T}, "fingerprintNonce" ${T}, "language" ${T}, "statement" ${T}, "secondProof" ${T}, "secondProofDetail" ${T}, "ip" ${T}, "boundAt" ${N}, "acknowledgedAt" ${n}, "lastUseAt" ${n}, "closedAt" ${n}, "pinVerifier" ${b}, "share" ${b}, "pinGeneration" ${N}, "pinFailures" ${N}, "pinDestroyedAt" ${n})`,
      `create index "devicesOfToken" on "devices" ("tokenId", "boundAt")`,
      `create table "deviceKeys" ("thumbprint" ${T} primary key, "deviceId" ${T} references "devices" ("id"))`,
      `create table "seeds" ("deviceId" ${T} primary key references "devices" ("id"), "sealed" ${B}, "digits" ${N}, "period" ${N}, "lastStep" ${n})`,
      `create table "hardwareTokens" ("id" ${T} primary key, "companyId" ${T} references "companies" ("id"), "userId" ${t} references "users" ("id"), "serial" ${T} unique, "type" ${T}, "algorithm" ${T}, "digits" ${N}, "period" ${N}, "sealed" ${B}, "state" ${T}, "counter" ${n}, "drift" ${N})`,
      `create unique index "oneHardwareTokenPerUser" on "hardwareTokens" ("userId") where "userId" is not null`,

      `create table "invitations" ("id" ${T} primary key, "tokenId" ${T} references "tokens" ("id"), "userId" ${T} references "users" ("id"), "companyId" ${T}, "codeHash" ${T} unique, "typedHash" ${T} unique, "purpose" ${T}, "status" ${T}, "createdAt" ${N}, "expiresAt" ${N}, "failures" ${N})`,
      `create index "invitationsOfToken" on "invitations" ("tokenId", "createdAt")`,
      `create index "invitationsOfUser" on "invitations" ("userId", "status")`,
      `create table "bindings" ("id" ${T} primary key, "invitationId" ${T} references "invitations" ("id"), "userId" ${T}, "tokenId" ${T}, "nonce" ${T}, "language" ${T}, "createdAt" ${N}, "expiresAt" ${N}, "secondProof" ${T}, "smsCodeHash" ${t}, "smsExpiresAt" ${n}, "smsFailures" ${N}, "deviceId" ${t}, "answer" ${b})`,
      `create index "bindingsOfDevice" on "bindings" ("deviceId")`,
      `create table "smsCodes" ("bindingId" ${T}, "invitationId" ${T}, "at" ${N})`,
      `create index "smsCodesOfInvitation" on "smsCodes" ("invitationId", "at")`,

      `create table "actions" ("id" ${T} primary key, "companyId" ${T} references "companies" ("id"), "kind" ${T}, "requestedBy" ${T}, "request" ${T}, "details" ${T}, "staleRows" ${T}, "state" ${T}, "createdAt" ${N}, "needsSecond" ${N}, "idempotencyKey" ${T})`,
      `create unique index "actionsByKey" on "actions" ("companyId", "idempotencyKey")`,
      `create table "approvals" ("id" ${T} primary key, "companyId" ${T} references "companies" ("id"), "tokenId" ${T} references "tokens" ("id"), "deviceId" ${T} references "devices" ("id"), "userId" ${T}, "kind" ${T}, "actionId" ${t} references "actions" ("id"), "request" ${T}, "requestHash" ${T}, "state" ${T}, "createdAt" ${N}, "expiresAt" ${N}, "deliveredAt" ${n}, "decidedAt" ${n}, "decision" ${t}, "closedAt" ${n})`,
      `create index "approvalsOfDevice" on "approvals" ("deviceId", "state", "createdAt")`,
      `create index "approvalsOfAction" on "approvals" ("actionId")`,
      `create index "approvalHistory" on "approvals" ("tokenId", "closedAt", "id")`,
      `create index "pendingApprovals" on "approvals" ("expiresAt") where "state" = 'pending'`,
      `create table "activationPicks" ("deviceId" ${T} references "devices" ("id"), "adminId" ${T}, "triples" ${T}, "wrong" ${N}, "confirmedAt" ${n}, primary key ("deviceId", "adminId"))`,

      `create table "auditEntries" ("chain" ${T}, "sequence" ${N}, "at" ${N}, "event" ${T}, "actorId" ${t}, "userId" ${t}, "tokenId" ${t}, "serial" ${t}, "approvalId" ${t}, "body" ${T}, "previous" ${T}, "hash" ${T}, "note" ${t}, "noteSalt" ${b}, primary key ("chain", "sequence"))`,
      `create index "auditOfToken" on "auditEntries" ("tokenId", "sequence")`,
      `create index "auditByEvent" on "auditEntries" ("chain", "event", "sequence")`,
      `create index "auditOfUser" on "auditEntries" ("userId")`,
      `create index "auditOfActor" on "auditEntries" ("actorId")`,
      `create table "auditHeads" ("chain" ${T} primary key, "sequence" ${N}, "hash" ${T})`,

      `create table "events" ("id" ${serial}, "at" ${N}, "audience" ${T}, "audienceId" ${T}, "payload" ${T})`,
      `create index "eventsByTime" on "events" ("at")`,
      // Who was still writing when the event was written: tells a resuming device what was committed late.
      ...(database === 'sqlite' ? [] : [
        `alter table "events" add "xid" bigint not null default (pg_current_xact_id()::text::bigint)`,
        `alter table "events" add "seen" bigint not null default (pg_snapshot_xmin(pg_current_snapshot())::text::bigint)`,
      ]),
      `create table "eventFloor" ("one" ${N} primary key, "id" ${N})`,
      `insert into "eventFloor" ("one", "id") values (1, 0)`,
      `create table "proofIds" ("hash" ${T} primary key, "expiresAt" ${N})`,
      `create index "proofIdsByExpiry" on "proofIds" ("expiresAt")`,
      `create table "authorityKeys" ("thumbprint" ${T} primary key, "publicKey" ${T}, "privateKey" ${B}, "createdAt" ${N}, "retiredAt" ${n}, "revokedAt" ${n}, "handover" ${t})`,
      `create table "outbox" ("id" ${T} primary key, "channel" ${T}, "to" ${T}, "userId" ${t}, "subject" ${t}, "text" ${t}, "createdAt" ${N}, "sentAt" ${n}, "tries" ${N}, "nextTryAt" ${n}, "failedAt" ${n})`,
      `create index "outboxDue" on "outbox" ("nextTryAt") where "sentAt" is null`,
      `create index "outboxByTime" on "outbox" ("createdAt", "id")`,
      `create index "outboxOfUser" on "outbox" ("userId")`,
      `create table "settings" ("name" ${T} primary key, "value" ${B})`,
      `create table "windows" ("key" ${T}, "windowStart" ${N}, "tries" ${N}, "expiresAt" ${N}, primary key ("key", "windowStart"))`,
      `create index "windowsByExpiry" on "windows" ("expiresAt")`,
    ];
  },
};
