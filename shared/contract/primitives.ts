import { z } from 'zod';
import { adminActionKinds, adminActionStates, approvalKinds, approvalStates } from '../domain/admin-actions.ts';
import type { AccountId, AdminActionId, ApprovalId, BindingId, CompanyId, DeviceId, HardwareTokenId, InvitationId, PortalId, SerialNumber, TokenId, UserId } from '../domain/ids.ts';
import { isSerialNumber } from '../domain/ids.ts';
import { tokenStates } from '../domain/token-states.ts';
import { assignmentObstacles, isEmail, isMobile, normaliseMobile, userRoles } from '../domain/users.ts';

const id = <T extends string>() => z.uuid() as unknown as z.ZodType<T, string>;

export const companyId = id<CompanyId>();
export const userId = id<UserId>();
export const tokenId = id<TokenId>();
export const deviceId = id<DeviceId>();
export const invitationId = id<InvitationId>();
export const bindingId = id<BindingId>();
export const approvalId = id<ApprovalId>();
export const adminActionId = id<AdminActionId>();
export const hardwareTokenId = id<HardwareTokenId>();
export const accountId = id<AccountId>();
export const portalId = id<PortalId>();
export const serial = z.custom<SerialNumber>((value) => typeof value === 'string' && isSerialNumber(value), 'three letters and seven digits');

/** Milliseconds since 1970 of the authority's clock. */
export const instant = z.number().int().nonnegative();
export const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/).max(16_384);
/** Compact JWS or JWE (RFC 7515 §7.1, RFC 7516 §7.1). */
export const compact = z.string().regex(/^[A-Za-z0-9_-]*(\.[A-Za-z0-9_-]*){2,4}$/).max(65_536);
export const language = z.enum(['es', 'en']);
export type Language = z.infer<typeof language>;

export const tokenState = z.enum(tokenStates);
export const userRole = z.enum(userRoles);
export const approvalKind = z.enum(approvalKinds);
export const approvalState = z.enum(approvalStates);
export const adminActionKind = z.enum(adminActionKinds);
export const adminActionState = z.enum(adminActionStates);
export const assignmentObstacle = z.enum(assignmentObstacles);

/** Public P-256 key (RFC 7518 §6.2.1); private members are refused, not ignored. */
export const publicJwk = z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: base64url.length(43), y: base64url.length(43) });
export type PublicJwk = z.infer<typeof publicJwk>;

/**
 * Text that will stand on an approval screen (S11): no control and format characters (bidi overrides and isolates, zero-width ones,
 * tags), no line separators, no half of a pair, none of the letters that show nothing. Refused, never cut.
 */
const spoofing = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u034F\u115F\u1160\u17B4\u17B5\u3164\uFFA0]/u;
export const displayText = (max: number) =>
  z.string().trim().min(1).max(max).refine((text) => !spoofing.test(text), 'DISPLAY_TEXT_REFUSED');

export const userName = z.string().trim().toLowerCase().regex(/^[a-z0-9][a-z0-9._-]{1,63}$/);
export const personName = displayText(120);
/** Stands in what is signed as well: a device refuses a request with hidden characters, so an address that has them is refused first. */
export const emailAddress = displayText(254).refine(isEmail, 'not an e-mail address');
export const mobileNumber = z.string().trim().transform(normaliseMobile).refine(isMobile, 'not an E.164 number');

export const supportLine = z.object({ label: z.string(), value: z.string(), href: z.string().nullable(), hours: z.string().nullable() });

/** One page of a keyset-paged list. Cursors are opaque; the total is of the whole filter. A search is counted up to 500 hits: `capped` says that it has more. */
export const pageRequest = z.object({
  size: z.number().int().min(1).max(200).default(25),
  /** `first` and `last` need no cursor, `after` and `before` take one of the page they start from. */
  position: z.enum(['first', 'after', 'before', 'last']).default('first'),
  cursor: z.string().max(512).optional(),
});
export const pageInfo = z.object({ total: z.number().int(), capped: z.boolean(), start: z.string().nullable(), end: z.string().nullable(), hasPrevious: z.boolean(), hasNext: z.boolean() });
