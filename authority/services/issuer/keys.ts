import { VinculoError } from '../../../shared/contract/errors.ts';
import { auditOf } from '../caller.ts';
import type { ServiceContext } from '../context.ts';
import type { KeyManagement } from '../keys.ts';
import { tellAll } from '../tell.ts';
import { issuerActing, type Operator } from './operator.ts';

/** The authority's own signing keys (S28). */
export function issuerKeys(context: ServiceContext & { readonly keys: KeyManagement }) {
  const { store, audit, keys } = context;
  return {
    async list() {
      return (await store.read.authorityKeys()).map(({ thumbprint, createdAt, retiredAt, revokedAt }) => ({ thumbprint, createdAt, retiredAt, revokedAt }));
    },
    /** A new key signs from now on; devices follow the signed hand-over. */
    async rotate(by: Operator): Promise<{ readonly from: string; readonly to: string }> {
      return store.transaction(async (tx) => {
        const rotated = await keys.rotate(tx);
        await audit.record(tx, { companyId: 'authority', event: 'keys.rotate', ...auditOf(issuerActing(by)), detail: rotated });
        await tellAll(tx, { type: 'keys.changed' });
        return rotated;
      });
    },
    /** Devices that pinned the key have to bind again. @throws VinculoError NOT_FOUND */
    async revoke(thumbprint: string, by: Operator): Promise<void> {
      await store.transaction(async (tx) => {
        if (!(await keys.revoke(tx, thumbprint))) throw new VinculoError('NOT_FOUND', { rows: [thumbprint] });
        await audit.record(tx, { companyId: 'authority', event: 'keys.revoke', ...auditOf(issuerActing(by)), detail: { thumbprint } });
        await tellAll(tx, { type: 'keys.changed' });
      });
    },
  };
}
