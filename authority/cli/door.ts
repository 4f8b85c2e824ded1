import { createIssuerViews } from '../services/issuer-views.ts';
import type { Services } from '../services/services.ts';
import type { Answer } from './answer.ts';
import type { Tools } from './command.ts';
import type { CommandRequest } from './control.ts';
import { runCommand } from './program.ts';

export interface DoorDeps {
  readonly services: Services;
  /** Reads of the store for lists. */
  readonly store: Parameters<typeof createIssuerViews>[0]['store'];
  /** In trial mode: who the sample people are. */
  readonly trial: Tools['trial'];
  readonly log: (cause: unknown) => void;
}

/** What a running authority answers commands with; `serveControl` puts it behind the socket. */
export function createCommandDoor({ services, store, trial, log }: DoorDeps): (request: CommandRequest) => Promise<Answer> {
  const views = createIssuerViews({ store });
  const tools = async (): Promise<Tools> => ({ services, views, trial });
  return ({ argv, input, secret }) => runCommand(argv, { tools, trial: trial !== null, input: input ?? null, secret: secret ?? null, log });
}
