import type { HttpDeps } from './context.ts';
import { forDevice, open } from './sessions.ts';

/** The device contract, one line a call: what each means is the services'. */
export function deviceRouter(deps: HttpDeps) {
  const { services, authentication } = deps;
  const device = forDevice(deps);
  return open.router({
    authority: {
      describe: open.authority.describe.handler(() => services.describe()),
    },
    invitations: {
      preview: open.invitations.preview.handler(({ input }) => services.invitations.preview(input)),
    },
    bindings: {
      start: open.bindings.start.handler(({ input, context }) => services.bindings.start(input, context.request)),
      resendCode: open.bindings.resendCode.handler(({ input }) => services.bindings.resendCode(input)),
      complete: open.bindings.complete.handler(({ input, context }) => services.bindings.complete(input, context.request)),
    },
    session: {
      start: open.session.start.handler(async ({ input, context }) => services.sessions.start(await authentication.device(context.request, input.deviceId))),
      state: device.session.state.handler(({ context }) => services.sessions.state(context.caller)),
      report: device.session.report.handler(({ input, context }) => services.sessions.report(context.caller, input)),
    },
    pin: {
      releaseShare: device.pin.releaseShare.handler(({ input, context }) => services.pins.releaseShare(context.caller, input)),
      change: device.pin.change.handler(({ input, context }) => services.pins.change(context.caller, input)),
      forgotten: device.pin.forgotten.handler(({ context }) => services.pins.forgotten(context.caller)),
    },
    password: {
      change: device.password.change.handler(({ input, context }) => services.passwords.change(context.caller, input)),
    },
    approvals: {
      list: device.approvals.list.handler(({ context }) => services.approvals.list(context.caller)),
      get: device.approvals.get.handler(({ input, context }) => services.approvals.get(context.caller, input)),
      history: device.approvals.history.handler(({ input, context }) => services.approvals.history(context.caller, input)),
      decide: device.approvals.decide.handler(({ input, context }) => services.approvals.decide(context.caller, input)),
    },
  });
}

