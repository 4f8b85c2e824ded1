import type { ServiceContext } from '../context.ts';
import { createRetention, type RetentionKind, type RetentionRun, type RetentionTerm } from '../retention.ts';
import { issuerActing, type Operator } from './operator.ts';

/** How long what is kept, and its deletion (S30). */
export function issuerRetention(context: Pick<ServiceContext, 'store' | 'audit'>) {
  const retention = createRetention(context);
  return {
    show: (): Promise<RetentionTerm[]> => retention.terms(),
    /** @throws VinculoError INPUT_INVALID */
    set: (kind: RetentionKind, days: number, by: Operator): Promise<void> => retention.setTerm(kind, days, issuerActing(by)),
    run: (by: Operator): Promise<RetentionRun> => retention.run(issuerActing(by)),
  };
}
