/**
 * What is signed, as payloads of compact JWS (their shapes: `shared/contract/signed.ts`). Each has its own `typ` (RFC 8725 §3.11), and what is verified and hashed
 * are the exact characters that were sent, never a re-serialised object.
 */
export const jwsType = {
  request: 'vinculo-request+jwt',
  decision: 'vinculo-decision+jwt',
  denial: 'vinculo-denial+jwt',
  report: 'vinculo-report+jwt',
  possession: 'vinculo-possession+jwt',
  binding: 'vinculo-binding+jwt',
  handover: 'vinculo-handover+jwt',
  checkpoint: 'vinculo-checkpoint+jwt',
  evidence: 'vinculo-evidence+jwt',
  access: 'vinculo-access+jwt',
} as const;
