/** Branded identifiers: a `UserId` can never be handed over where a `TokenId` is meant. All are UUIDs as text. */
declare const brand: unique symbol;
type Id<Name extends string> = string & { readonly [brand]: Name };

export type CompanyId = Id<'Company'>;
export type UserId = Id<'User'>;
export type TokenId = Id<'Token'>;
export type DeviceId = Id<'Device'>;
export type InvitationId = Id<'Invitation'>;
export type BindingId = Id<'Binding'>;
export type ApprovalId = Id<'Approval'>;
export type AdminActionId = Id<'AdminAction'>;
export type HardwareTokenId = Id<'HardwareToken'>;
export type AccountId = Id<'Account'>;
export type PortalId = Id<'Portal'>;

/** Three letters and seven digits, e.g. `FEF4900032`. */
export type SerialNumber = Id<'SerialNumber'>;

const serialPattern = /^[A-Z]{3}[0-9]{7}$/;

export function isSerialNumber(text: string): text is SerialNumber {
  return serialPattern.test(text);
}

/** @param prefix three letters; @param n 0 to 9,999,999 */
export function serialNumber(prefix: string, n: number): SerialNumber {
  const serial = `${prefix}${String(n).padStart(7, '0')}`;
  if (!isSerialNumber(serial)) throw new RangeError(`not a serial number: ${serial}`);
  return serial;
}
