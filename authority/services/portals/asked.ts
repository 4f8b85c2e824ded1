import { userName as userNameForm } from '../../../shared/contract/primitives.ts';
import type { CompanyId, SerialNumber, UserId } from '../../../shared/domain/ids.ts';
import { loginRule, ruleForUnknown, type LoginRule } from '../../../shared/domain/login-rule.ts';
import type { Company, Device, Portal, Token, User } from '../../store/entities.ts';
import type { Reader } from '../../store/store.ts';
import { nobody, readHolder } from '../codes/holder.ts';
import type { ServiceContext } from '../context.ts';
import { decidingDevice } from '../device-rules.ts';

/** As it is compared, counted and kept. What PostgreSQL cannot hold in a text is no part of any name. */
export const normalisedName = (userName: string): string => userName.trim().toLowerCase().toWellFormed().replaceAll('\0', '\uFFFD');

/** A person as a portal may know him. */
export interface Served {
  /** Null: unknown, or not of a company that this portal serves. Both are answered alike (S29). */
  readonly user: User | null;
  /** His, or null. */
  readonly company: Company | null;
  readonly token: Token | null;
  readonly rule: LoginRule;
}

const isUserName = (name: string): boolean => userNameForm.safeParse(name).success;

/** The person of a name, if the portal serves his company. */
export const servedPerson = (read: Reader, portal: Portal, userName: string): Promise<{ readonly userId: UserId; readonly companyId: CompanyId } | null> =>
  read.servedByPortal(portal.id, isUserName(userName) ? userName : nobody);

/** With how he may log in. Reads the same rows whether there is such a person or not. */
export async function readServed(read: Reader, portal: Portal, userName: string, now: number): Promise<Served> {
  const holder = await readHolder(read, await servedPerson(read, portal, userName), now);
  if (holder === null) return { user: null, company: null, token: null, rule: ruleForUnknown };
  return { user: holder.user, company: holder.company, token: holder.token, rule: loginRule(holder.facts) };
}

/** Who is asked; `device` null: nobody, though the answer and the signed request look as if somebody were. */
export interface Asked extends Served {
  readonly to: { readonly device: Device; readonly token: Token } | null;
  /** What the request names: the person's own, or made up from the name that was given, always the same for it. */
  readonly shown: { readonly company: { readonly id: CompanyId; readonly name: string }; readonly serial: SerialNumber };
}

/**
 * Under the lock of the company, so that nothing that is read here can change before the commit, and two requests for one name
 * come one after the other.
 */
export async function lockAsked(context: Pick<ServiceContext, 'sealer' | 'facts'>, tx: Reader & { lockCompany(id: CompanyId): Promise<void> }, portal: Portal, userName: string, now: number): Promise<Asked> {
  const draw = Buffer.from(context.sealer.digest('portal-nobody', userName), 'base64url');
  const known = await tx.userByName(isUserName(userName) ? userName : nobody);
  const companies = await tx.companiesOfPortal(portal.id);
  const standIn = companies[draw.readUInt32BE(0) % Math.max(1, companies.length)] ?? nobody;
  const companyId = known !== null && companies.includes(known.companyId) ? known.companyId : standIn;
  await tx.lockCompany(companyId);
  const served = await readServed(tx, portal, userName, now);
  const shownCompany = served.company ?? (await tx.company(standIn));
  const device = decidingDevice(await tx.devicesOfToken(served.token?.id ?? nobody));
  const mayPush = served.rule.methods.includes('push') && served.token?.state === 'active' && device?.state === 'active';
  const serial = `${shownCompany?.serialPrefix ?? 'VIN'}${String(1 + (draw.readUInt32BE(4) % 1000)).padStart(7, '0')}` as SerialNumber;
  return {
    ...served,
    to: served.user !== null && mayPush && served.token !== null && device !== null ? { device, token: served.token } : null,
    shown: { company: { id: shownCompany?.id ?? standIn, name: shownCompany?.name ?? context.facts.issuer }, serial: served.token?.serial ?? serial },
  };
}
