import type { TokenState } from './token-states.ts';

/**
 * How a person may answer a portal. `push`: approves on the desktop (the number typed, pasted or scanned). `offline`: answers
 * the QR that holds the signed request. `code`: of the virtual token. `hardware`: of the OATH token. `temporary`: of the admin.
 */
export const loginMethods = ['push', 'offline', 'code', 'hardware', 'temporary'] as const;
export type LoginMethod = (typeof loginMethods)[number];

/** What the rule looks at. */
export interface LoginFacts {
  readonly companyEnabled: boolean;
  readonly companySuspended: boolean;
  readonly userActive: boolean;
  /** Of the token that is not revoked; null: there is none. */
  readonly tokenState: TokenState | null;
  /** Whether any token of this person was ever active, also one that was revoked since. */
  readonly hadActiveToken: boolean;
  readonly hardware: 'on' | 'off' | 'lost' | null;
  /** An unused temporary code that has not run out. */
  readonly temporaryCode: boolean;
}

/** `required`: the password alone is not enough. No methods and required: nobody gets in. */
export interface LoginRule { readonly required: boolean; readonly methods: readonly LoginMethod[] }

const nobody: LoginRule = { required: true, methods: [] };
const by = (...methods: readonly LoginMethod[]): LoginRule => ({ required: true, methods });

/** For a person whom the portal does not know to exist: the answer that most people get, so that it tells nothing. */
export const ruleForUnknown: LoginRule = by('push', 'offline', 'code');

/** The table "Who may log in" (spec: domain). Fails closed: what no row names lets nobody in. Pure. */
export function loginRule(facts: LoginFacts): LoginRule {
  if (facts.companySuspended || !facts.userActive) return nobody;
  if (!facts.companyEnabled || !facts.hadActiveToken) return asBefore(facts);
  if (facts.tokenState === 'active') return by('push', 'offline', 'code', ...temporary(facts));
  return by(...hardware(facts), ...temporary(facts));
}

/** Before the first activation: the password, and the hardware token where there is one. */
function asBefore(facts: LoginFacts): LoginRule {
  if (facts.hardware === 'on') return by('hardware');
  return facts.hardware === null ? { required: false, methods: [] } : nobody;
}

/** One that is on beside a virtual token that is not: the issuer enabled it again. */
const hardware = (facts: LoginFacts): LoginMethod[] => (facts.hardware === 'on' ? ['hardware'] : []);
const temporary = (facts: LoginFacts): LoginMethod[] => (facts.temporaryCode ? ['temporary'] : []);
