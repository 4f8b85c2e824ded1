import type { z } from 'zod';
import type { SignedAnswer } from '../../../shared/contract/evidence.ts';
import { approvalDecision, approvalRequest, bindingStatement, possession, type ApprovalDecision, type ApprovalRequest } from '../../../shared/contract/signed.ts';
import { jwsType } from '../../../shared/domain/jws-types.ts';
import { hashText } from '../../crypto/hash.ts';
import { thumbprintOf, verifyJwsBy } from '../../crypto/jws.ts';
import type { TrustedKeys } from './trusted-keys.ts';

export interface CheckedAnswer {
  readonly request: ApprovalRequest;
  /** base64url SHA-256 of the request's exact characters. */
  readonly requestHash: string;
  readonly binding: z.infer<typeof bindingStatement>;
  readonly decision: ApprovalDecision['decision'];
}
type Need = <T>(check: 'request' | 'binding' | 'answer', value: T | null | undefined | false) => T;

/** Request and binding by the authority, decision by a key of the binding that may decide so. An answer without network approves. */
export function checkAnswer({ request: compact, decision, binding: statement }: SignedAnswer, keys: TrustedKeys, need: Need): CheckedAnswer {
  const request = need('request', approvalRequest.safeParse(keys.open(jwsType.request, compact)).data);
  const binding = need('binding', bindingStatement.safeParse(keys.open(jwsType.binding, statement)).data);
  need('binding', binding.serial === request.serial && binding.iss === request.iss);
  need('binding', isHeld(binding.session_key, binding.session_proof, 'session') && isHeld(binding.approval_key, binding.approval_proof, 'approval'));
  const requestHash = hashText(compact);
  return { request, requestHash, binding, decision: decision === null ? 'approved' : checkDecision(decision, request, requestHash, binding, need) };
}

function checkDecision(compact: string, request: ApprovalRequest, requestHash: string, binding: CheckedAnswer['binding'], need: Need): ApprovalDecision['decision'] {
  const byApprovalKey = verifyJwsBy(compact, jwsType.decision, binding.approval_key);
  const verified = byApprovalKey ?? verifyJwsBy(compact, jwsType.denial, binding.session_key);
  const decision = need('answer', approvalDecision.safeParse(verified?.payload).data);
  const key = byApprovalKey === null ? binding.session_key : binding.approval_key;
  need('answer', decision.id === request.id && decision.request_hash === requestHash && decision.jkt === thumbprintOf(key));
  need('answer', decision.decision !== 'approved' || (byApprovalKey !== null && (request.kind === 'admin-action') === (decision.number === null)));
  return decision.decision;
}

/** The device had the private half when it was bound. */
function isHeld(key: CheckedAnswer['binding']['session_key'], proof: string, purpose: 'session' | 'approval'): boolean {
  const claims = possession.safeParse(verifyJwsBy(proof, jwsType.possession, key)?.payload).data;
  return claims !== undefined && claims.purpose === purpose && claims.jkt === thumbprintOf(key);
}
