import { VinculoError } from '../../../shared/contract/errors.ts';
import type { Reader, Store, StoreOptions, Transaction } from '../store.ts';
import type { StoredEvent } from '../entities.ts';
import { actionReader, actionWriter } from './actions.ts';
import { approvalReader, approvalWriter } from './approvals.ts';
import { auditReader, auditWriter } from './audit.ts';
import { authorityReader, authorityWriter } from './authority.ts';
import { bindingReader, bindingWriter } from './bindings.ts';
import { companyReader, companyWriter } from './companies.ts';
import type { Database, Scope, WriteScope } from './context.ts';
import { deviceReader, deviceWriter } from './devices.ts';
import { eventReader, eventWriter } from './events.ts';
import { guarded } from './guard.ts';
import { hardwareReader, hardwareWriter } from './hardware.ts';
import { invitationReader, invitationWriter } from './invitations.ts';
import { limitWriter } from './limits.ts';
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

function createReader(scope: Scope): Reader {
  return {
    now: () => scope.database.now(scope.db),
    async clock() {
      const now = await scope.database.now(scope.db);
      return { now, ahead: scope.options.now() - now };
    },
    ...companyReader(scope), ...userReader(scope), ...userListingReader(scope), ...passwordReader(scope),
    ...tokenReader(scope), ...tokenListingReader(scope), ...tallyReader(scope), ...deviceReader(scope), ...hardwareReader(scope),
    ...invitationReader(scope), ...bindingReader(scope), ...approvalReader(scope), ...actionReader(scope),
    ...auditReader(scope), ...eventReader(scope), ...authorityReader(scope), ...outboxReader(scope), ...sealedReader(scope),
    ...portalReader(scope), ...portalRequestReader(scope), ...oidcReader(scope), ...codeReader(scope),
  };
}

function createTransaction(scope: WriteScope): Transaction {
  return {
    ...createReader(scope),
    afterCommit: (work) => { scope.afterCommit.push(work); },
    ...companyWriter(scope), ...userWriter(scope), ...passwordWriter(scope), ...tokenWriter(scope), ...deviceWriter(scope),
    ...hardwareWriter(scope), ...invitationWriter(scope), ...bindingWriter(scope), ...approvalWriter(scope), ...actionWriter(scope),
    ...auditWriter(scope), ...eventWriter(scope), ...authorityWriter(scope), ...outboxWriter(scope), ...limitWriter(scope), ...retentionWriter(scope), ...sealedWriter(scope), ...tallyWriter(scope),
    ...portalWriter(scope), ...portalRequestWriter(scope), ...oidcWriter(scope), ...codeWriter(scope),
  };
}

/** How often a transaction is begun again after a serialisation failure or deadlock, before it counts as unavailable. */
const attempts = 8;

/** The port over one opened and migrated database. */
export function createStore(database: Database, options: StoreOptions): Store {
  const listeners = new Set<(events: readonly StoredEvent[]) => void>();
  const read = guarded(createReader({ db: database.reading, database, options }), database);

  async function once<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    const events: StoredEvent[] = [];
    const afterCommit: (() => void)[] = [];
    const result = await database.writing.transaction().execute((db) => work(createTransaction({ db, database, options, events, afterCommit })));
    for (const after of afterCommit) after();
    if (events.length > 0) for (const listener of listeners) listener(events);
    return result;
  }

  return {
    read,
    async transaction(work) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await once(work);
        } catch (error) {
          if (attempt < attempts && database.retryable(error)) continue;
          const code = database.errorCode(error);
          throw code === null ? error : new VinculoError(code, {}, { cause: error });
        }
      }
    },
    onEvents(listener) {
      listeners.add(listener);
      return () => { listeners.delete(listener); };
    },
    now: () => read.now(),
    close: () => database.close(),
  };
}
