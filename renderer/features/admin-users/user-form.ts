import type { ActionRequest, UserRow } from '../../../shared/contract/admin.ts';
import { isEmail, isMobile, normaliseMobile } from '../../../shared/domain/users.ts';

export interface UserFields {
  readonly name: string;
  readonly userName: string;
  readonly email: string;
  readonly mobile: string;
  readonly language: 'es' | 'en';
}
export type FieldName = keyof UserFields;

export const emptyFields = (language: 'es' | 'en'): UserFields => ({ name: '', userName: '', email: '', mobile: '', language });
export const fieldsOf = (user: UserRow): UserFields => ({ name: user.name, userName: user.userName, email: user.email ?? '', mobile: user.mobile ?? '', language: user.language });

const userNamePattern = /^[a-z0-9][a-z0-9._-]{1,63}$/;

/** As it is sent: without spaces at the ends, numbers without what people write between digits, names of users in small letters. */
export const cleaned = (fields: UserFields): UserFields => ({
  name: fields.name.trim(), userName: fields.userName.trim().toLowerCase(), email: fields.email.trim(), mobile: normaliseMobile(fields.mobile.trim()), language: fields.language,
});

/** Fields that cannot be sent. E-mail and mobile may be left out. */
export function wrongFields(fields: UserFields): FieldName[] {
  const { name, userName, email, mobile } = cleaned(fields);
  const wrong: Record<Exclude<FieldName, 'language'>, boolean> = {
    name: name === '' || name.length > 120,
    userName: !userNamePattern.test(userName),
    email: email !== '' && !isEmail(email),
    mobile: mobile !== '' && !isMobile(mobile),
  };
  return (['name', 'userName', 'email', 'mobile'] as const).filter((field) => wrong[field]);
}

const orNull = (text: string): string | null => (text === '' ? null : text);

export function addRequest(fields: UserFields): ActionRequest {
  const { name, userName, email, mobile, language } = cleaned(fields);
  return { kind: 'addUser', user: { userName, name, email: orNull(email), mobile: orNull(mobile), language } };
}

/** Only what is different goes into what is signed. Null: nothing is. */
export function editRequest(user: UserRow, fields: UserFields): Extract<ActionRequest, { kind: 'editUser' }> | null {
  const { name, email, mobile, language } = cleaned(fields);
  const changes = {
    ...(name === user.name ? {} : { name }),
    ...(orNull(email) === user.email ? {} : { email: orNull(email) }),
    ...(orNull(mobile) === user.mobile ? {} : { mobile: orNull(mobile) }),
    ...(language === user.language ? {} : { language }),
  };
  return Object.keys(changes).length === 0 ? null : { kind: 'editUser', userId: user.id, changes };
}

/** Whether invitations are voided and 72 hours begin. */
export function changesContact(user: UserRow, fields: UserFields): boolean {
  const changes = editRequest(user, fields)?.changes;
  return changes !== undefined && (changes.email !== undefined || changes.mobile !== undefined);
}
