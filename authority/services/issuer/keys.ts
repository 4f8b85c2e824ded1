import { VinculoError } from '../../../shared/contract/errors.ts';
import { auditOf } from '../caller.ts';
import type { ServiceContext } from '../context.ts';
import type { Ring, RingView } from '../key-ring.ts';
import type { KeyManagement } from '../keys.ts';
import { createOidcKeys, type OidcKey } from '../oidc/signing-keys.ts';
import type { Transaction } from '../../store/store.ts';
import { tellAll } from '../tell.ts';
import { issuerActing, type Operator } from './operator.ts';

/** The authority's own keys: those it signs with, and those that seal what it keeps (S28). */
export function issuerKeys(context: ServiceContext & { readonly keys: KeyManagement; readonly ring: Ring }) {
  const { store, audit, keys, ring } = context;
  const oidc = createOidcKeys(context);
  const record = (tx: Transaction, event: string, by: Operator, detail: Readonly<Record<string, string | number>> = {}) =>
    audit.record(tx, { companyId: 'authority', event, ...auditOf(issuerActing(by)), detail });
  return {
    async list() {
      return (await store.read.authorityKeys()).map(({ thumbprint, createdAt, retiredAt, revokedAt }) => ({ thumbprint, createdAt, retiredAt, revokedAt }));
    },
    atRest: (): RingView => ring.view(),
    /** The master key in two steps, so that every process can be restarted in between. @throws VinculoError MASTER_KEY_STEP */
    async rotateMaster(step: 'rotate' | 'finish', by: Operator): Promise<RingView> {
      await store.transaction(async (tx) => {
        await (step === 'rotate' ? ring.rotateMaster(tx) : ring.finishMaster(tx));
        await record(tx, step === 'rotate' ? 'keys.master.rotate' : 'keys.master.finish', by);
      });
      return ring.view();
    },
    /** A new data key; the running authority seals anew what is under older ones. */
    async rotateData(by: Operator): Promise<{ readonly id: number; readonly sealsFrom: number }> {
      return store.transaction(async (tx) => {
        const made = await ring.rotateData(tx);
        await record(tx, 'keys.data.rotate', by, { key: made.id });
        return made;
      });
    },
    /** A new key signs from now on; devices follow the signed hand-over. */
    async rotate(by: Operator): Promise<{ readonly from: string; readonly to: string }> {
      return store.transaction(async (tx) => {
        await tx.lockAuditHead('authority'); // one rotation after the other
        const rotated = await keys.rotate(tx);
        await record(tx, 'keys.rotate', by, { from: rotated.from, to: rotated.to });
        await tellAll(tx, { type: 'keys.changed' });
        return rotated;
      });
    },
    /** Those that sign ID tokens, newest first. */
    listOidc: (): Promise<OidcKey[]> => oidc.list(),
    /** @param revoke the ones before are no longer published: what they signed does not verify any more */
    rotateOidc: (revoke: boolean, by: Operator) => oidc.rotate(issuerActing(by), revoke),
    /** Devices that pinned the key have to bind again. @throws VinculoError NOT_FOUND */
    async revoke(thumbprint: string, by: Operator): Promise<void> {
      await store.transaction(async (tx) => {
        if (!(await keys.revoke(tx, thumbprint))) throw new VinculoError('NOT_FOUND', { rows: [thumbprint] });
        await record(tx, 'keys.revoke', by, { thumbprint });
        await tellAll(tx, { type: 'keys.changed' });
      });
    },
  };
}
