import { VinculoError } from '../../../shared/contract/errors.ts';
import { approvalId } from '../../../shared/contract/primitives.ts';
import type { PortalAnswers, PortalInputs } from '../../../shared/contract/types.ts';
import type { ApprovalId } from '../../../shared/domain/ids.ts';
import { hashText } from '../../crypto/hash.ts';
import type { Portal, PortalRequest } from '../../store/entities.ts';
import type { Reader, Transaction } from '../../store/store.ts';
import type { ServiceContext } from '../context.ts';
import type { EvidenceBundle } from '../../../shared/contract/evidence.ts';
import { exportEvidence } from '../evidence/export.ts';
import { endRequest } from './ending.ts';
import { numberTries } from '../approvals/number.ts';
import { answerOffline, answerTries } from './offline-answer.ts';
import type { Ended } from './idempotency.ts';
import { openRequest, openRequestIn, type OpenedRequest } from './open.ts';
import type { PortalQuestion } from './question.ts';
import { createWaiting } from './waiting.ts';

export type { OpenedRequest } from './open.ts';
export type { PortalQuestion } from './question.ts';
export type RequestState = PortalAnswers['logins']['get'];
/** The request's id, or the `auth_req_id` that CIBA gave it: the same calls work by either (protocol: Portals). */
export type RequestName = PortalInputs['logins']['get']['id'];

export interface PortalRequests {
  /** @throws VinculoError SLOW_DOWN, INPUT_INVALID, DISPLAY_TEXT_REFUSED. Unknown, foreign and not-active users are answered alike: a request nobody is asked (S29). */
  open(portal: Portal, question: PortalQuestion, channel: 'rest' | 'ciba', source: string): Promise<OpenedRequest>;
  /** The same in a transaction that must be committed, whatever the answer. */
  openIn(tx: Transaction, portal: Portal, question: PortalQuestion, channel: 'rest' | 'ciba', source: string): Promise<Ended<OpenedRequest>>;
  /** Each of these: @throws VinculoError APPROVAL_UNKNOWN for another portal's request, or one of another kind where `kind` is given. */
  get(portal: Portal, id: RequestName, kind?: PortalQuestion['kind']): Promise<RequestState>;
  /** Until it is no longer pending, `seconds` have passed or `signal` says so. */
  wait(portal: Portal, id: RequestName, seconds: number, kind?: PortalQuestion['kind'], signal?: AbortSignal): Promise<RequestState>;
  /** Of one that has ended, how it ended. */
  cancel(portal: Portal, id: RequestName, kind?: PortalQuestion['kind']): Promise<RequestState>;
  /** OCRA, three tries, once. @throws VinculoError OFFLINE_NOT_ALLOWED, APPROVAL_EXPIRED, _DECIDED, _CANCELLED, ANSWER_REFUSED */
  answer(portal: Portal, id: RequestName, digits: string, kind?: PortalQuestion['kind']): Promise<RequestState>;
  /** @throws VinculoError EVIDENCE_NOT_READY */
  evidence(portal: Portal, id: RequestName, kind?: PortalQuestion['kind']): Promise<EvidenceBundle>;
}

const isId = (name: RequestName): name is ApprovalId => approvalId.safeParse(name).success;

/** What portals ask people, over REST and CIBA alike. */
export function createPortalRequests(context: ServiceContext): PortalRequests {
  const { store } = context;
  const waiting = createWaiting(context);

  async function own(read: Reader, portal: Portal, name: RequestName, kind: PortalQuestion['kind'] | undefined): Promise<PortalRequest> {
    const request = isId(name) ? await read.portalRequest(name) : await read.portalRequestByAuthReq(hashText(name));
    if (request === null || request.portalId !== portal.id || (kind !== undefined && request.kind !== kind)) throw new VinculoError('APPROVAL_UNKNOWN');
    return request;
  }
  const get: PortalRequests['get'] = async (portal, id, kind) => stateOf(await own(store.read, portal, id, kind), await store.now());

  return {
    open: (portal, question, channel, source) => openRequest(context, { portal, question, channel, source }),
    openIn: (tx, portal, question, channel, source) => openRequestIn(context, tx, { portal, question, channel, source }),
    get,
    async wait(portal, name, seconds, kind, signal) {
      const id = isId(name) ? name : (await own(store.read, portal, name, kind)).id;
      const listening = waiting.listen(id);
      try {
        const { expiresAt, ...request } = await own(store.read, portal, id, kind);
        const now = await store.now();
        const state = stateOf({ ...request, expiresAt }, now);
        if (state.state !== 'pending' || seconds === 0) return state;
        await listening.changed(Math.min(seconds * 1000, expiresAt - now), signal);
        return await get(portal, id, kind);
      } finally {
        listening.stop();
      }
    },
    cancel: (portal, id, kind) => store.transaction(async (tx) => {
      const request = await own(tx, portal, id, kind);
      if (stateOf(request, await tx.now()).state === 'pending') await endRequest(context, tx, portal, request, 'cancelled');
      return stateOf(await own(tx, portal, id, kind), await tx.now());
    }),
    async answer(portal, id, digits, kind) {
      await answerOffline(context, portal, await own(store.read, portal, id, kind), digits);
      return get(portal, id, kind);
    },
    async evidence(portal, id, kind) {
      const request = await own(store.read, portal, id, kind);
      const approval = request.approvalId === null ? null : await store.read.approval(request.approvalId);
      const bundle = approval === null ? null : await exportEvidence(context, approval);
      if (bundle === null) throw new VinculoError('EVIDENCE_NOT_READY');
      return bundle;
    },
  };
}

/** Whose time has passed is over, whether or not the sweep has been there. */
export function presentState({ state, expiresAt }: Pick<PortalRequest, 'state' | 'expiresAt'>, now: number): PortalRequest['state'] {
  return state === 'pending' && expiresAt <= now ? 'expired' : state;
}

function stateOf(request: PortalRequest, now: number): RequestState {
  const state = presentState(request, now);
  const decided = state === 'approved' || state === 'denied' || state === 'reported';
  // One that ended after three wrong numbers or answers was answered by nobody.
  const exhausted = request.numberFailures >= numberTries || request.answerFailures >= answerTries;
  const answeredBy = request.answer !== null ? 'mac' : decided && !(state === 'denied' && exhausted) ? 'signature' : null;
  return { id: request.id, state, decidedAt: decided ? request.closedAt : null, answeredBy, requestHash: request.requestHash };
}
