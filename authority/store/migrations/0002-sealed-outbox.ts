import type { Migration } from './migration.ts';

/**
 * Texts of messages are sealed from now on. What waited in the clear is dropped, since a migration has no key to seal it with: such a
 * message counts as not sent. And the indices by which retention finds what is past its term.
 */
export const sealedOutbox: Migration = {
  name: '0002-sealed-outbox',
  statements: ({ bytes }) => [
    `update "outbox" set "failedAt" = "createdAt", "nextTryAt" = null where "sentAt" is null and "failedAt" is null`,
    `alter table "outbox" drop column "text"`,
    `alter table "outbox" add column "sealed" ${bytes}`,

    `create index "approvalsByClosing" on "approvals" ("closedAt") where "closedAt" is not null`,
    `create index "actionsByTime" on "actions" ("createdAt")`,
    `create index "auditNotesByTime" on "auditEntries" ("at") where "note" is not null`,
    `create index "devicesByClosing" on "devices" ("closedAt") where "closedAt" is not null`,
    `create index "invitationsByExpiry" on "invitations" ("expiresAt")`,
    `create index "bindingsByExpiry" on "bindings" ("expiresAt")`,
    `create index "bindingsOfInvitation" on "bindings" ("invitationId")`,
    `create index "smsCodesByTime" on "smsCodes" ("at")`,
    `create index "passwordLinksByExpiry" on "passwordLinks" ("expiresAt")`,
  ],
};
