import type { OutputOf } from '../../api/bridge.ts';

export type InvitationPreview = OutputOf<'bind.open'>;
export type SecondProof = OutputOf<'bind.resendCode'>;

/**
 * Where a binding is. Each step has exactly what it needs, so that no screen can be drawn without it. The last of the
 * five steps (activation) is not here: it belongs to the account that now exists.
 */
export type BindFlow =
  | { readonly step: 'invitation'; readonly preview: InvitationPreview }
  | { readonly step: 'login'; readonly preview: InvitationPreview }
  | { readonly step: 'proof'; readonly preview: InvitationPreview; readonly company: string; readonly proof: SecondProof }
  | { readonly step: 'pin'; readonly preview: InvitationPreview; readonly company: string; readonly proof: SecondProof; readonly code: string };

export type BindEvent =
  | { readonly type: 'accepted' }
  | { readonly type: 'loggedIn'; readonly company: string; readonly proof: SecondProof }
  | { readonly type: 'codeTyped'; readonly code: string }
  | { readonly type: 'codeResent'; readonly proof: SecondProof }
  /** The authority refused the code, which it checks only at the end. */
  | { readonly type: 'codeRefused' }
  | { readonly type: 'back' };

/** The next state; an event that does not belong to the step changes nothing. */
export function nextStep(flow: BindFlow, event: BindEvent): BindFlow {
  const { preview } = flow;
  switch (flow.step) {
    case 'invitation':
      return event.type === 'accepted' ? { step: 'login', preview } : flow;
    case 'login':
      if (event.type === 'loggedIn') return { step: 'proof', preview, company: event.company, proof: event.proof };
      return event.type === 'back' ? { step: 'invitation', preview } : flow;
    case 'proof':
      if (event.type === 'codeTyped') return { ...flow, step: 'pin', code: event.code };
      if (event.type === 'codeResent') return { ...flow, proof: event.proof };
      return event.type === 'back' ? { step: 'login', preview } : flow;
    case 'pin':
      return event.type === 'back' || event.type === 'codeRefused' ? { step: 'proof', preview, company: flow.company, proof: flow.proof } : flow;
    default:
      return flow satisfies never;
  }
}

export const stepOrder = ['invitation', 'login', 'proof', 'pin', 'activation'] as const;
export type StepId = (typeof stepOrder)[number];

/** Codes that send the person back to the second proof instead of staying at the PIN. */
export const proofErrors = ['SECOND_PROOF_WRONG', 'SECOND_PROOF_EXPIRED', 'SECOND_PROOF_EXHAUSTED'] as const;
