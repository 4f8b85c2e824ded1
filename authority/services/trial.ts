import type { CompanyId } from '../../shared/domain/ids.ts';
import { totp } from '../crypto/otp.ts';
import type { HardwareToken, User } from '../store/entities.ts';
import { hardwareIdentity } from './sealed-identity.ts';
import type { ServiceContext } from './context.ts';
import type { Issuer } from './issuer.ts';
import { createOutbox, type OutboxEntry } from './outbox.ts';
import { emailOf, sampleCompany, samplePassword, samplePeople, type SamplePerson } from './trial-sample.ts';

/** One person of the trial, and how to be him. `invitation`: link of his open invitation, as it stands in the outbox. */
export interface TrialPersonView {
  readonly userName: string; readonly name: string; readonly role: User['role']; readonly password: string | null; readonly note: string;
  readonly invitation: string | null; readonly bound: boolean;
}

const by = { operator: 'prueba', reason: 'empresa de muestra' } as const;
/** Set once the sample is complete: what somebody then changes stays changed. */
const doneSetting = 'trial-sample';

/** The sample company of "Probar en este equipo". In trial mode only. */
export function createTrial({ context, issuer }: { readonly context: ServiceContext; readonly issuer: Issuer }) {
  const { store } = context;
  const { read } = store;
  const outbox = createOutbox(context);

  async function addPerson(person: SamplePerson): Promise<void> {
    if ((await read.userByName(person.userName)) === null) {
      await issuer.users.add({ company: sampleCompany.name, userName: person.userName, name: person.name, email: emailOf(person), mobile: person.mobile, role: person.role, language: person.language }, by);
    }
    await issuer.users.setPassword(person.userName, samplePassword, by);
    if (person.hardware !== undefined) await giveHardware(person.userName, person.hardware);
    if (person.inactive && (await issuer.users.get(person.userName)).active) await issuer.users.deactivate(person.userName, by);
  }

  async function giveHardware(userName: string, serial: string): Promise<void> {
    if ((await read.hardwareTokenBySerial(serial)) === null) {
      await issuer.hardware.add({ company: sampleCompany.name, serial, type: 'totp', algorithm: 'sha1', digits: 6, period: 30, counter: 0, seed: context.random(20) }, by);
    }
    if ((await read.hardwareTokenBySerial(serial))?.userId === null) await issuer.hardware.give(serial, userName, by);
  }

  async function addCompany(): Promise<CompanyId> {
    const company = (await read.companyByName(sampleCompany.name)) ?? (await issuer.companies.create(sampleCompany, by));
    if (!company.enabled) await issuer.companies.enable(company.id, by);
    if ((await read.tokenCounts(company.id)).available === 0) await issuer.companies.allocate(company.id, sampleCompany.tokens, by);
    return company.id;
  }

  /** Each step looks whether it was done, so a start that was cut short is completed by the next one. */
  async function ensure(): Promise<void> {
    if ((await read.setting(doneSetting)) !== null) return;
    const companyId = await addCompany();
    for (const person of samplePeople) await addPerson(person);
    for (const admin of await read.admins(companyId)) {
      await issuer.users.sendPasswordLink(admin.userName, by);
      if ((await read.tokenOfUser(admin.id)) === null) await issuer.tokens.assign(admin.userName, by);
    }
    await store.transaction((tx) => tx.putSetting(doneSetting, Uint8Array.of(1)));
  }

  /** Checked per hash once: argon2 is slow on purpose. */
  const checked = new Map<string, boolean>();
  async function knownPassword(user: User): Promise<string | null> {
    const hash = await read.passwordHash(user.id);
    if (hash === null) return null;
    const known = checked.get(hash) ?? (await context.passwords.verify(hash, samplePassword)).ok;
    checked.set(hash, known);
    return known ? samplePassword : null;
  }

  async function openInvitation(user: User, messages: readonly OutboxEntry[]): Promise<string | null> {
    const token = await read.tokenOfUser(user.id);
    const invitation = token === null ? null : await read.latestInvitation(token.id);
    if (invitation?.status !== 'open' || invitation.expiresAt <= (await store.now())) return null;
    for (const { userId, text } of messages) {
      const link = userId === user.id ? /https?:\/\/\S+\/i#[\w.-]+/.exec(text ?? '')?.[0] : undefined;
      if (link !== undefined) return link;
    }
    return null;
  }

  async function noteOf(user: User, sample: SamplePerson | undefined): Promise<string> {
    const hardware = await read.hardwareTokenOfUser(user.id);
    const note = sample?.note ?? '';
    return hardware?.state === 'on' ? `${note}: ${hardware.serial}, código ahora ${await codeNow(hardware)}` : note;
  }

  async function codeNow(token: HardwareToken): Promise<string> {
    const seed = context.sealer.open(hardwareIdentity(token), token.sealed);
    return totp({ seed, algorithm: token.algorithm, digits: token.digits, period: token.period }, await store.now());
  }

  async function view(user: User, messages: readonly OutboxEntry[]): Promise<TrialPersonView> {
    const token = await read.tokenOfUser(user.id);
    const devices = token === null ? [] : await read.devicesOfToken(token.id);
    return {
      userName: user.userName, name: user.personal?.name ?? user.userName, role: user.role, password: await knownPassword(user),
      note: await noteOf(user, samplePeople.find(({ userName }) => userName === user.userName)), invitation: await openInvitation(user, messages), bound: devices.length > 0,
    };
  }

  return {
    ensure,
    /** The sample's people in its order, then whoever was added. */
    async people(): Promise<TrialPersonView[]> {
      const company = await read.companyByName(sampleCompany.name);
      if (company === null) return [];
      const messages = await outbox.latest(1000);
      const { rows } = await read.users({ companyId: company.id, search: '', filter: 'all', sort: 'name', direction: 'asc', size: 200, position: 'first' });
      const place = (user: User) => { const at = samplePeople.findIndex(({ userName }) => userName === user.userName); return at < 0 ? samplePeople.length : at; };
      const views: TrialPersonView[] = [];
      for (const row of rows.toSorted((a, b) => place(a) - place(b))) views.push(await view(row, messages));
      return views;
    },
  };
}
export type Trial = ReturnType<typeof createTrial>;
