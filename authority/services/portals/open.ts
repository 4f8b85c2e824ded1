import { VinculoError } from '../../../shared/contract/errors.ts';
import type { ApprovalId } from '../../../shared/domain/ids.ts';
import { approveLink, longestOfflineRequest, numberLength } from '../../../shared/domain/scanned.ts';
import { hashText } from '../../crypto/hash.ts';
import { randomBelow } from '../../crypto/random.ts';
import type { Portal, PortalRequest } from '../../store/entities.ts';
import type { Transaction } from '../../store/store.ts';
import { putTo, signRequest, tellOpened, type SignedRequest } from '../approvals/open.ts';
import type { ServiceContext } from '../context.ts';
import { numberIdentity } from '../sealed-identity.ts';
import { sourceNetwork } from '../source-network.ts';
import { lockAsked, type Asked } from './asked.ts';
import { endRequest, portalRecord } from './ending.ts';
import { answerOf, type Ended } from './idempotency.ts';
import { checkedQuestion, signedQuestion, type PortalQuestion } from './question.ts';

export interface OpenedRequest { readonly id: ApprovalId; readonly state: 'pending'; readonly number: string; readonly qr: string; readonly offlineQr: string | null; readonly expiresAt: number; readonly requestHash: string }

/** In which `perUser` and `perSource` of a portal are counted. */
const floodWindow = 600_000;

/** Two draws of a thousand each: a uniform one of a million. */
export const newNumber = (random: ServiceContext['random']): string =>
  Array.from({ length: numberLength / 3 }, () => String(randomBelow(random, 1000)).padStart(3, '0')).join('');
export const openNumber = ({ sealer }: Pick<ServiceContext, 'sealer'>, { id, number }: Pick<PortalRequest, 'id' | 'number'>): string => new TextDecoder().decode(sealer.open(numberIdentity(id), number));

export interface Asking { readonly portal: Portal; readonly question: PortalQuestion; readonly channel: 'rest' | 'ciba'; readonly source: string }

/**
 * Puts a portal's question to the person's desktop. Who cannot be asked is not told apart: the same work, the same answer, a
 * request that runs out (S29).
 * @param source address of the person at the portal, for the quota per source
 * @throws VinculoError SLOW_DOWN, INPUT_INVALID, DISPLAY_TEXT_REFUSED
 */
export const openRequest = async (context: ServiceContext, asking: Asking): Promise<OpenedRequest> => answerOf(await context.store.transaction((tx) => openRequestIn(context, tx, asking)));

/** The same within the caller's transaction, which must be committed also when the portal is told to slow down. */
export async function openRequestIn(context: ServiceContext, tx: Transaction, { portal, channel, source, ...asking }: Asking): Promise<Ended<OpenedRequest>> {
  const question = checkedQuestion(asking.question);
  const now = await tx.now();
  const asked = await lockAsked(context, tx, portal, question.user, now);
  const seconds = await tooMany(tx, portal, question.user, source, now);
  if (seconds !== null) {
    await recordFlood(context, tx, { portal, question, channel, source }, asked, now);
    return { refused: new VinculoError('SLOW_DOWN', { seconds }) };
  }
  for (const pending of await tx.pendingPortalRequests(portal.id, question.user, now)) await endRequest(context, tx, portal, pending, 'replaced');
  return { answer: await open(context, tx, { portal, question, channel, source }, asked, now) };
}

/** Seconds until the next one may be asked; null: now (S8). */
async function tooMany(tx: Transaction, portal: Portal, userName: string, source: string, now: number): Promise<number | null> {
  const start = now - (now % floodWindow);
  const fromSource = await tx.countInWindow(`portal/source/${hashText(`${portal.id}/${sourceNetwork(source)}`)}`, start, start + floodWindow);
  const { count, oldest } = await tx.portalRequestsSince(portal.id, userName, now - floodWindow);
  if (count >= portal.perUser) return Math.max(1, Math.ceil(((oldest ?? now) + floodWindow - now) / 1000));
  return fromSource > portal.perSource ? Math.max(1, Math.ceil((start + floodWindow - now) / 1000)) : null;
}

/** The first refusal of a window is worth an entry; the ones after it would only fill the trail. */
async function recordFlood(context: ServiceContext, tx: Transaction, asking: Asking, asked: Asked, now: number): Promise<void> {
  const start = now - (now % floodWindow);
  const refusals = await tx.countInWindow(`portal/slow/${hashText(`${asking.portal.id}/${asking.question.user}`)}`, start, start + floodWindow);
  if (refusals === 1) await record(context, tx, asking, asked, 'slowedDown', {});
}

async function open(context: ServiceContext, tx: Transaction, asking: Asking, asked: Asked, now: number): Promise<OpenedRequest> {
  const { portal, question } = asking;
  const { ip, browser, place } = question.context;
  const serial = asked.to?.token.serial ?? asked.shown.serial;
  const signed = await signRequest(context, tx, serial, signedQuestion(portal, question, asked.shown.company), { ip, agent: browser, place, requestedAt: now, lifetime: question.lifetime });
  const approval = asked.to === null ? null : await putTo(tx, asked.to, signed, null);
  const number = newNumber(context.random);
  await tx.addPortalRequest({
    id: signed.id, portalId: portal.id, channel: asking.channel, kind: question.kind, companyId: asked.company?.id ?? null, userId: asked.user?.id ?? null, approvalId: approval?.id ?? null,
    state: 'pending', userName: question.user, number: context.sealer.seal(numberIdentity(signed.id), new TextEncoder().encode(number)), numberFailures: 0, answerFailures: 0, answer: null,
    requestHash: signed.requestHash, createdAt: signed.createdAt, expiresAt: signed.expiresAt, closedAt: null, authReqHash: null, notificationToken: null, pingTries: 0, nextPingAt: null,
  });
  await record(context, tx, asking, asked, 'requested', { requestHash: signed.requestHash, asked: approval !== null }, signed.id);
  if (approval !== null) await tellOpened(tx, approval);
  return answer(context, portal, signed, number);
}

/** Who was meant stands in the entry's note, which can be erased: a name that nobody has may be anything, also a password. */
function record(context: ServiceContext, tx: Transaction, { portal, question, channel, source }: Asking, asked: Asked, what: 'requested' | 'slowedDown', detail: Record<string, string | boolean>, id?: ApprovalId): Promise<void> {
  const { user, company } = asked;
  return context.audit.record(tx, portalRecord(portal, {
    companyId: company?.id ?? 'authority', event: `${question.kind}.${what}`, ip: source,
    ...(user !== null && { user }), ...(asked.token !== null && { tokenId: asked.token.id, serial: asked.token.serial }), ...(id !== undefined && { approvalId: id }),
    detail: { channel, ...detail },
  }));
}

function answer({ facts }: ServiceContext, portal: Portal, { id, kind, request, requestHash, expiresAt }: SignedRequest, number: string): OpenedRequest {
  const mayOffline = request.length <= longestOfflineRequest && (kind === 'login' || portal.offlineTransactions);
  return { id, state: 'pending', number, qr: approveLink({ authority: facts.address, approvalId: id, number }), offlineQr: mayOffline ? request : null, expiresAt, requestHash };
}
