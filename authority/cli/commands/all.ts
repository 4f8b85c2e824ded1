import type { CommandSpec } from '../command.ts';
import { companyCommands } from './companies.ts';
import { evidenceCommands } from './evidence.ts';
import { hardwareCommands } from './hardware.ts';
import { operationCommands } from './operations.ts';
import { peopleCommands } from './people.ts';
import { portalCommands } from './portals.ts';
import { retentionCommands } from './retention.ts';
import { poolCommands, tokenCommands } from './tokens.ts';

/** Every command of the issuer, in the order of `--help`. */
export const commands: readonly CommandSpec[] = [...companyCommands, ...poolCommands, ...peopleCommands, ...tokenCommands, ...hardwareCommands, ...portalCommands, ...evidenceCommands, ...operationCommands, ...retentionCommands];
