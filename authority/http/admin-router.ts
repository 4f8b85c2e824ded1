import type { HttpDeps } from './context.ts';
import { forAdmin } from './sessions.ts';

/** The admin contract, one line a call: what each means is the services'. */
export function adminRouter(deps: HttpDeps) {
  const { tokens, activation, users, actions, activity } = deps.services.admin;
  const admin = forAdmin(deps);
  return admin.router({
    tokens: {
      summary: admin.tokens.summary.handler(({ input, context }) => tokens.summary(context.caller, input)),
      list: admin.tokens.list.handler(({ input, context }) => tokens.list(context.caller, input)),
      byIds: admin.tokens.byIds.handler(({ input, context }) => tokens.byIds(context.caller, input)),
      history: admin.tokens.history.handler(({ input, context }) => tokens.history(context.caller, input)),
      evidence: admin.tokens.evidence.handler(({ input, context }) => tokens.evidence(context.caller, input)),
      resendInvitation: admin.tokens.resendInvitation.handler(({ input, context }) => tokens.resendInvitation(context.caller, input)),
    },
    activation: {
      open: admin.activation.open.handler(({ input, context }) => activation.open(context.caller, input)),
      pick: admin.activation.pick.handler(({ input, context }) => activation.pick(context.caller, input)),
    },
    users: {
      list: admin.users.list.handler(({ input, context }) => users.list(context.caller, input)),
      get: admin.users.get.handler(({ input, context }) => users.get(context.caller, input)),
      sendPasswordLink: admin.users.sendPasswordLink.handler(({ input, context }) => users.sendPasswordLink(context.caller, input)),
      temporaryCode: admin.users.temporaryCode.handler(({ input, context }) => users.temporaryCode(context.caller, input)),
    },
    actions: {
      request: admin.actions.request.handler(({ input, context }) => actions.request(context.caller, input)),
      get: admin.actions.get.handler(({ input, context }) => actions.get(context.caller, input)),
      cancel: admin.actions.cancel.handler(({ input, context }) => actions.cancel(context.caller, input)),
    },
    activity: {
      list: admin.activity.list.handler(({ input, context }) => activity.list(context.caller, input)),
      verify: admin.activity.verify.handler(({ input, context }) => activity.verify(context.caller, input)),
    },
  });
}
