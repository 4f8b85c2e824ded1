import type { Migration } from './migration.ts';

/** Portals, what they ask, and the codes that people type there. */
export const portals: Migration = {
  name: '0003-portals',
  statements({ text: t, integer: n, bytes: b }) {
    const T = `${t} not null`;
    const N = `${n} not null`;
    const B = `${b} not null`;
    return [
      `create table "portals" ("id" ${T} primary key, "name" ${T} unique, "clientId" ${T} unique, "secret" ${b}, "jwks" ${t}, "delivery" ${T}, "notificationEndpoint" ${t}, "enabled" ${N}, "offlineTransactions" ${N}, "perUser" ${N}, "perSource" ${N}, "createdAt" ${N})`,
      `create table "portalCompanies" ("portalId" ${T} references "portals" ("id"), "companyId" ${T} references "companies" ("id"), primary key ("portalId", "companyId"))`,
      `create table "portalRequests" ("id" ${T} primary key, "portalId" ${T} references "portals" ("id"), "channel" ${T}, "kind" ${T}, "companyId" ${t}, "userId" ${t}, "approvalId" ${t} references "approvals" ("id"), "state" ${T}, "userName" ${T}, "number" ${B}, "numberFailures" ${N}, "answerFailures" ${N}, "answer" ${t}, "requestHash" ${T}, "createdAt" ${N}, "expiresAt" ${N}, "closedAt" ${n}, "authReqHash" ${t} unique, "notificationToken" ${b}, "pingTries" ${N}, "nextPingAt" ${n})`,
      `create index "portalRequestsOfApproval" on "portalRequests" ("approvalId")`,
      `create index "portalRequestsOfUser" on "portalRequests" ("portalId", "userName", "expiresAt")`,
      `create index "duePings" on "portalRequests" ("nextPingAt") where "nextPingAt" is not null`,
      `create index "madeUpRequests" on "portalRequests" ("expiresAt") where "approvalId" is null and "state" = 'pending'`,
      `create index "portalRequestsByTime" on "portalRequests" ("createdAt")`,
      `create table "portalCalls" ("portalId" ${T} references "portals" ("id"), "key" ${T}, "inputHash" ${T}, "answer" ${b}, "expiresAt" ${N}, primary key ("portalId", "key"))`,
      `create index "portalCallsByExpiry" on "portalCalls" ("expiresAt")`,
      `create table "oidcPayloads" ("model" ${T}, "idHash" ${T}, "payload" ${B}, "grantId" ${t}, "expiresAt" ${n}, "consumedAt" ${n}, primary key ("model", "idHash"))`,
      `create index "oidcPayloadsOfGrant" on "oidcPayloads" ("grantId")`,
      `create index "oidcPayloadsByExpiry" on "oidcPayloads" ("expiresAt")`,
      `create table "codeChannels" ("userId" ${T} primary key references "users" ("id"), "failures" ${N}, "lockedUntil" ${n})`,
      `create table "temporaryCodes" ("id" ${T} primary key, "userId" ${T} references "users" ("id"), "companyId" ${T}, "actionId" ${T} unique references "actions" ("id"), "codeHash" ${T}, "shown" ${b}, "createdAt" ${N}, "expiresAt" ${N}, "usedAt" ${n}, "voidedAt" ${n})`,
      `create index "temporaryCodesOfUser" on "temporaryCodes" ("userId", "expiresAt")`,
    ];
  },
};
