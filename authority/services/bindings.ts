import type { DeviceInputs } from '../../shared/contract/types.ts';
import type { Source } from './caller.ts';
import type { ServiceContext } from './context.ts';
import { completeBinding } from './bindings/complete.ts';
import { resendCode, startBinding } from './bindings/start.ts';
import type { PasswordService } from './passwords.ts';

/** From the invitation to a bound device (protocol: Invitations and binding). */
export function createBindings(context: ServiceContext, passwords: PasswordService) {
  return {
    start: (input: DeviceInputs['bindings']['start'], source: Source) => startBinding(context, passwords, input, source),
    resendCode: (input: DeviceInputs['bindings']['resendCode']) => resendCode(context, input),
    complete: (input: DeviceInputs['bindings']['complete'], source: Source) => completeBinding(context, input, source),
  };
}
export type Bindings = ReturnType<typeof createBindings>;
