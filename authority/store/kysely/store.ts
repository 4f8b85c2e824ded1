import { VinculoError } from '../../../shared/contract/errors.ts';
import type { Reader, Store, StoreOptions, Transaction } from '../store.ts';
import type { StoredEvent } from '../entities.ts';
import { actionReader, actionWriter } from './actions.ts';
import { approvalReader, approvalWriter } from './approvals.ts';
import { auditReader, auditWriter } from './audit.ts';
import { authorityReader, authorityWriter } from './authority.ts';
import { bindingReader, bindingWriter } from './bindings.ts';
import { callerReader } from './callers.ts';
import { companyReader, companyWriter } from './companies.ts';
import type { Database, Scope, WriteScope } from './context.ts';
import { deviceLifeReader } from './device-lives.ts';
import { deviceReader, deviceWriter } from './devices.ts';
import { eventReader, eventWriter } from './events.ts';
import { guarded } from './guard.ts';
import { joined } from './parts.ts';
import { hardwareReader, hardwareWriter } from './hardware.ts';
import { invitationReader, invitationWriter } from './invitations.ts';
import { limitWriter, useProofId } from './limits.ts';
import { oidcReader, oidcWriter } from './oidc.ts';
import { codeReader, codeWriter } from './codes.ts';
import { portalReader, portalWriter } from './portals.ts';
import { portalRequestReader, portalRequestWriter } from './portal-requests.ts';
import { outboxReader, outboxWriter } from './outbox.ts';
import { passwordReader, passwordWriter } from './passwords.ts';
import { retentionWriter } from './retention.ts';
import { sealedReader, sealedWriter } from './sealed.ts';
import { tallyReader, tallyWriter } from './tallies.ts';
import { tokenListingReader } from './token-listing.ts';
import { tokenReader, tokenWriter } from './tokens.ts';
import { userListingReader } from './user-listing.ts';
import { userReader, userWriter } from './users.ts';

const clockReader = ({ database, db, options }: Scope): Pick<Reader, 'now' | 'clock'> => ({
  now: () => database.now(db),
  async clock() {
    const now = await database.now(db);
    return { now, ahead: options.now() - now };
  },
});

const readers = [
  clockReader, companyReader, userReader, userListingReader, passwordReader, tokenReader, tokenListingReader, tallyReader, deviceReader, deviceLifeReader, callerReader, hardwareReader,
  invitationReader, bindingReader, approvalReader, actionReader, auditReader, eventReader, authorityReader, outboxReader, sealedReader,
  portalReader, portalRequestReader, oidcReader, codeReader,
];
const afterCommit = (scope: WriteScope): Pick<Transaction, 'afterCommit'> => ({ afterCommit: (work) => { scope.afterCommit.push(work); } });
const writers = [
  afterCommit, companyWriter, userWriter, passwordWriter, tokenWriter, deviceWriter, hardwareWriter, invitationWriter, bindingWriter, approvalWriter,
  actionWriter, auditWriter, eventWriter, authorityWriter, outboxWriter, limitWriter, retentionWriter, sealedWriter, tallyWriter,
  portalWriter, portalRequestWriter, oidcWriter, codeWriter,
];

/** How often a transaction is begun again after a serialisation failure or deadlock, before it counts as unavailable. */
const attempts = 8;

/** The port over one opened and migrated database. */
export function createStore(database: Database, options: StoreOptions): Store {
  const listeners = new Set<(events: readonly StoredEvent[]) => void>();
  const reading: Scope = { db: database.reading, database, options };
  const read = guarded(Object.assign({}, ...readers.map((part) => part(reading))) as Reader, database);
  const transactionOf = joined<WriteScope, Transaction>([...readers, ...writers], { ...reading, events: [], afterCommit: [] });

  async function once<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const events: StoredEvent[] = [];
    const afterCommit: (() => void)[] = [];
    const result = await database.transaction((db) => work(transactionOf({ db, database, options, events, afterCommit })));
    for (const after of afterCommit) after();
    if (events.length > 0) for (const listener of listeners) listener(events);
    return result;
  }

  async function retried<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await work();
      } catch (error) {
        if (attempt < attempts && database.retryable(error)) continue;
        const code = database.errorCode(error);
        throw code === null ? error : new VinculoError(code, {}, { cause: error });
      }
    }
  }

  return {
    read,
    transaction: (work) => retried(() => once(work)),
    useProofId: (hash, expiresAt) => retried(() => database.single((db) => useProofId({ db, database }, hash, expiresAt))),
    onEvents(listener) {
      listeners.add(listener);
      return () => { listeners.delete(listener); };
    },
    now: () => read.now(),
    close: () => database.close(),
  };
}
