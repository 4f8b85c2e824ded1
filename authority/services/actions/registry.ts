import type { ActionRequest } from '../../../shared/contract/admin.ts';
import type { AdminActionKind } from '../../../shared/domain/admin-actions.ts';
import { addUser } from './add-user.ts';
import { assign } from './assign.ts';
import { deactivateUser } from './deactivate-user.ts';
import { editUser } from './edit-user.ts';
import { hardwareTokenLost } from './hardware-token-lost.ts';
import type { ActionKind } from './kind.ts';
import { reactivateUser } from './reactivate-user.ts';
import { temporaryCode } from './temporary-code.ts';
import { tokenAction } from './token-action.ts';

const kinds: { [K in AdminActionKind]: ActionKind<Extract<ActionRequest, { kind: K }>> } = {
  assign,
  unassign: tokenAction('unassign'),
  reject: tokenAction('reject'),
  activate: tokenAction('activate'),
  block: tokenAction('block'),
  unblock: tokenAction('unblock'),
  replaceDevicePlanned: tokenAction('replaceDevicePlanned'),
  replaceDeviceLost: tokenAction('replaceDeviceLost'),
  revoke: tokenAction('revoke'),
  hardwareTokenLost, temporaryCode, addUser, editUser, deactivateUser, reactivateUser,
};

/** The kind of a request. Its `kind` chose the entry, so the entry takes this very request. */
export const kindOf = (request: ActionRequest): ActionKind => kinds[request.kind] as ActionKind;
