import { start } from './0001-start.ts';
import { sealedOutbox } from './0002-sealed-outbox.ts';
import { portals } from './0003-portals.ts';
import { tallyRows } from './0004-tallies.ts';
import { wasActive } from './0005-was-active.ts';
import { retiredKeys } from './0006-retired-keys.ts';
import type { Migration } from './migration.ts';

/** In order, one per number. New ones are added at the end; none is ever changed. */
export const migrations: readonly Migration[] = [start, sealedOutbox, portals, tallyRows, wasActive, retiredKeys];
