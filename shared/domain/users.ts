import type { TokenState } from './token-states.ts';

export const userRoles = ['admin', 'member'] as const;
export type UserRole = (typeof userRoles)[number];

/** E.164: a plus sign, a country code that does not begin with 0, at most fifteen digits. */
const e164 = /^\+[1-9][0-9]{7,14}$/;
/** One `@`, no spaces, a dot in the domain: what a mail server will tell us better than any longer pattern. */
const email = /^[^\s@<>"]{1,64}@[^\s@<>"]{1,190}\.[^\s@<>".]{2,}$/;

export const isMobile = (text: string): boolean => e164.test(text);
export const isEmail = (text: string): boolean => text.length <= 254 && email.test(text);

/** Spaces, dots, dashes and brackets are how people write numbers; they carry nothing. */
export const normaliseMobile = (text: string): string => text.replace(/[\s().-]/g, '');

/** Why a user cannot be given a token now, in the order in which a person would mend it. */
export const assignmentObstacles = ['inactive', 'no_email', 'no_mobile', 'email_bounced', 'mobile_bounced', 'has_token'] as const;
export type AssignmentObstacle = (typeof assignmentObstacles)[number];

export interface AssignableFacts {
  readonly active: boolean;
  readonly email: string | null;
  readonly mobile: string | null;
  readonly emailBounced: boolean;
  readonly mobileBounced: boolean;
  readonly tokenState: TokenState | null;
}

/** Empty: the user is assignable (`spec: Who may`). */
export function assignmentObstaclesOf(user: AssignableFacts): AssignmentObstacle[] {
  const found: Record<AssignmentObstacle, boolean> = {
    inactive: !user.active,
    no_email: user.email === null || !isEmail(user.email),
    no_mobile: user.mobile === null || !isMobile(user.mobile),
    email_bounced: user.emailBounced,
    mobile_bounced: user.mobileBounced,
    has_token: user.tokenState !== null && user.tokenState !== 'revoked',
  };
  return assignmentObstacles.filter((obstacle) => found[obstacle]);
}

/** Seconds during which changed contacts make an activation need a second admin or the issuer. */
export const freshContactSeconds = 72 * 3600;
/** Seconds an invitation can be used. */
export const invitationSeconds = 72 * 3600;
