import { evidenceBundle, evidenceSeal, macAnswer, type EvidenceBundle, type SignedAnswer } from '../../../shared/contract/evidence.ts';
import type { ApprovalDecision, ApprovalRequest } from '../../../shared/contract/signed.ts';
import { jwsType } from '../../../shared/domain/jws-types.ts';
import { hashText } from '../../crypto/hash.ts';
import { thumbprintOf, verifyJwsBy } from '../../crypto/jws.ts';
import { canonicalJson } from '../audit/chain.ts';
import { checkAnswer, type CheckedAnswer } from './check-answer.ts';
import { checkEntry, type CheckedEntry } from './check-entry.ts';
import { activationEvents } from './entries.ts';
import { leadsToNewest, trustedKeys, type TrustedKeys } from './trusted-keys.ts';

export const evidenceChecks = ['form', 'seal', 'keys', 'request', 'binding', 'answer', 'entry', 'time', 'activation'] as const;
export type EvidenceCheck = (typeof evidenceChecks)[number];

export interface EvidenceReport {
  readonly ok: boolean;
  /** In the order in which they are made; after the first that fails nothing else is said. */
  readonly failed: EvidenceCheck | null;
  /** What is shown by a genuine bundle; null otherwise. */
  readonly shows: {
    readonly kind: EvidenceBundle['kind'];
    readonly request: ApprovalRequest;
    readonly decision: ApprovalDecision['decision'];
    /** Milliseconds, by the authority's clock. */
    readonly decidedAt: number;
    readonly userId: string; readonly deviceId: string;
    /** How the device was activated. */
    readonly activatedBy: 'admin' | 'issuer';
    /** Address of the authority, and the thumbprints of its keys, newest first: to be compared with what one knows from elsewhere. */
    readonly authority: string; readonly keys: readonly string[];
    /** When the bundle was made. */
    readonly sealedAt: number;
  } | null;
}

class Failed extends Error {
  readonly check: EvidenceCheck;
  constructor(check: EvidenceCheck) {
    super(check);
    this.check = check;
  }
}
function need<T>(check: EvidenceCheck, value: T | null | undefined | false): T {
  if (value === null || value === undefined || value === false) throw new Failed(check);
  return value;
}

/**
 * Checks a bundle with nothing but the public keys in it. Pure.
 * @param text the file, as it was exported
 * @param known thumbprint of a key of the authority that the reader trusts already; without one he compares `shows.keys` himself
 */
export function verifyEvidence(text: string, known?: string): EvidenceReport {
  try {
    return { ok: true, failed: null, shows: check(text, known) };
  } catch (error) {
    if (error instanceof Failed) return { ok: false, failed: error.check, shows: null };
    throw error;
  }
}

function check(text: string, known: string | undefined): NonNullable<EvidenceReport['shows']> {
  const bundle = parse(text);
  const { seal, keys } = openSeal(bundle);
  need('keys', known === undefined || leadsToNewest(bundle.keys, keys, known));
  const { request, binding, decision, decidedAt, entry } = checkSigned(bundle, keys, bundle.answer);
  const activatedBy = checkActivation(bundle, keys, entry, binding);
  return {
    kind: bundle.kind, request, decision, decidedAt, userId: binding.user, deviceId: binding.device, activatedBy,
    authority: seal.iss, keys: keys.thumbprints, sealedAt: seal.iat * 1000,
  };
}

function parse(text: string): EvidenceBundle {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new Failed('form');
  }
  const bundle = need('form', evidenceBundle.safeParse(json).data);
  need('form', (bundle.kind === 'mac') === (bundle.answer !== null) && (bundle.kind === 'mac') === (bundle.decision === null));
  return bundle;
}

/** The newest key vouches for every byte, and for the dates of the keys before it. */
function openSeal({ seal: compact, ...signed }: EvidenceBundle): { seal: ReturnType<typeof evidenceSeal.parse>; keys: TrustedKeys } {
  const seal = need('seal', evidenceSeal.safeParse(verifyJwsBy(compact, jwsType.evidence, signed.keys.keys[0])?.payload).data);
  need('seal', seal.sha256 === hashText(canonicalJson(signed)));
  need('keys', seal.keys.map(({ jkt }) => jkt).join() === signed.keys.keys.map(thumbprintOf).join());
  return { seal, keys: need('keys', trustedKeys(signed.keys, seal)) };
}

type Checked = CheckedAnswer & { readonly entry: CheckedEntry; readonly decidedAt: number };

function checkSigned(signed: SignedAnswer, keys: TrustedKeys, mac: string | null): Checked {
  const answer = checkAnswer(signed, keys, (check, value) => need(check, value));
  const { request, binding, requestHash } = answer;
  const entry = need('entry', checkEntry(signed.entry, keys, binding.company));
  const { detail } = entry.body;
  need('entry', entry.body.approvalId === request.id && entry.body.serial === request.serial && entry.body.event === `approval.${answer.decision}` && detail['requestHash'] === requestHash);
  if (signed.decision !== null) need('entry', detail['decisionHash'] === hashText(signed.decision));
  else {
    const given = need('answer', mac === null ? null : macAnswer.safeParse(safeJson(mac)).data);
    need('answer', given.request_hash === requestHash && given.device === binding.device && detail['answerHash'] === hashText(mac ?? ''));
  }
  need('time', entry.body.at >= request.iat * 1000 && entry.body.at < request.exp * 1000);
  return { ...answer, entry, decidedAt: entry.body.at };
}

/** The device was the one that decides, before it decided: an admin signed for it, or the issuer did it by name. */
function checkActivation({ activation }: EvidenceBundle, keys: TrustedKeys, decided: CheckedEntry, binding: Checked['binding']): 'admin' | 'issuer' {
  const entry = need('activation', checkEntry(activation.entry, keys, binding.company));
  const { body } = entry;
  need('activation', activationEvents.includes(body.event) && body.tokenId === decided.body.tokenId && body.serial === binding.serial && body.sequence < decided.body.sequence);
  need('activation', body.detail['deviceId'] === undefined || body.detail['deviceId'] === binding.device);
  if (activation.approval === null) {
    need('activation', body.actor.kind === 'issuer');
    return 'issuer';
  }
  const approval = checkSigned(activation.approval, keys, null);
  const { details } = approval.request;
  need('activation', approval.request.id === body.approvalId && approval.decision === 'approved' && approval.entry.body.sequence < body.sequence);
  need('activation', details.type === 'admin-action' && details.action === 'activate' && details.requestedBy.userId === body.actor.id && details.rows.some(({ device }) => device?.id === binding.device));
  // With four eyes the second admin's approval is the one that ran it; the first one stands in what he signed.
  need('activation', details.type === 'admin-action' && (details.firstApprovedBy !== null || approval.binding.user === details.requestedBy.userId));
  return 'admin';
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
