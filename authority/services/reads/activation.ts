import { VinculoError } from '../../../shared/contract/errors.ts';
import type { AdminAnswers, AdminInputs } from '../../../shared/contract/types.ts';
import { drawTriples } from '../../crypto/codes.ts';
import type { Random } from '../../crypto/random.ts';
import type { ActivationPick, Company, Device, Token, User } from '../../store/entities.ts';
import type { Transaction } from '../../store/store.ts';
import { contactsFreshUntil, pickMilliseconds } from '../actions/activate.ts';
import type { ActionScope, Subject } from '../actions/kind.ts';
import { subjectOfToken } from '../actions/rows.ts';
import { tokenObstacle } from '../actions/token-action.ts';
import { nameOf, requireAdmin, type Caller } from '../caller.ts';
import type { ServiceContext } from '../context.ts';
import { decidingDevice, replacementDevice } from '../device-rules.ts';
import { fitWords, wordsOf } from '../fingerprint.ts';
import { countWrongWords } from '../wrong-words.ts';
import { readScope } from './token-rows.ts';

type Answers = AdminAnswers['activation'];
type Inputs = AdminInputs['activation'];
interface Waiting { readonly token: Token; readonly user: User; readonly device: Device; readonly subject: Subject }

/** The gate where a person compares the device's fingerprint before it may be activated (S13). */
export function adminActivation(context: ServiceContext) {
  const { store, audit } = context;
  return {
    /** The same three triples in the same order however often and by whomever it is opened: the right one cannot be found by comparing screens. */
    async open(caller: Caller, { tokenId }: Inputs['open']): Promise<Answers['open']> {
      requireAdmin(caller);
      const scope = await readScope(context, caller);
      return store.transaction(async (tx) => {
        const waiting = await requireWaiting({ ...scope, read: tx }, tokenId);
        const pick = await ensurePick(context, tx, waiting.device, caller.user, scope.now);
        return gate(scope.company, waiting, pick, scope.now);
      });
    },

    /** @throws VinculoError FINGERPRINT_WRONG once; the second time the authority rejects the device itself: FINGERPRINT_REJECTED */
    async pick(caller: Caller, { tokenId, words }: Inputs['pick']): Promise<Answers['pick']> {
      requireAdmin(caller);
      const scope = await readScope(context, caller);
      const outcome = await store.transaction(async (tx): Promise<{ error: VinculoError } | { error: null; confirmedUntil: number }> => {
        await tx.lockCompany(caller.company.id);
        const { token, user, device, subject } = await requireWaiting({ ...scope, read: tx }, tokenId);
        if ((await tx.activationPick(device.id, caller.user.id)) === null) throw new VinculoError('TRANSITION_NOT_ALLOWED', { rows: [token.serial] });
        const right = words.join(' ').normalize('NFC') === wordsOf(device).join(' ');
        if (right) {
          await audit.record(tx, { companyId: token.companyId, event: 'activation.wordsRight', actor: { kind: 'admin', id: caller.user.id }, user, tokenId: token.id, serial: token.serial, ip: caller.ip, detail: { deviceId: device.id } });
          await tx.confirmPick(device.id, caller.user.id, scope.now);
          return { error: null, confirmedUntil: scope.now + pickMilliseconds };
        }
        return { error: await countWrongWords(context, tx, { token, user, device, subject, company: caller.company }, { kind: 'admin', user: caller.user, ip: caller.ip, approvalId: null }) };
      });
      if (outcome.error !== null) throw outcome.error;
      return { confirmedUntil: outcome.confirmedUntil };
    },
  };
}

/** A device that waits for this admin's activation. @throws VinculoError TOKEN_UNKNOWN, OWN_TOKEN, OTHER_ADMIN, TRANSITION_NOT_ALLOWED, COMPANY_NOT_ENABLED, DEVICE_NOT_ACKNOWLEDGED */
async function requireWaiting(scope: ActionScope, tokenId: Inputs['open']['tokenId']): Promise<Waiting> {
  const token = await scope.read.token(tokenId);
  if (token === null) throw new VinculoError('TOKEN_UNKNOWN', { rows: [tokenId] });
  const subject = await subjectOfToken(scope.read, token);
  const obstacle = await tokenObstacle(scope, 'activate', subject);
  if (obstacle !== null) throw new VinculoError(obstacle, { rows: [token.serial] });
  const device = replacementDevice(subject.devices) ?? decidingDevice(subject.devices);
  if (!scope.company.enabled) throw new VinculoError('COMPANY_NOT_ENABLED');
  if (subject.user === null || device === null || device.state !== 'pending') throw new VinculoError('TRANSITION_NOT_ALLOWED', { rows: [token.serial] });
  if (device.acknowledgedAt === null) throw new VinculoError('DEVICE_NOT_ACKNOWLEDGED', { rows: [nameOf(subject.user)] });
  return { token, user: subject.user, device, subject };
}

const isConfirmed = ({ confirmedAt }: ActivationPick, now: number): boolean => confirmedAt !== null && confirmedAt + pickMilliseconds > now;

/** What is drawn for a device, the same for every admin and in every process, and unknown without the authority's keys. */
function drawnFor(device: Device, sealer: ServiceContext['sealer']): Random {
  let at = 0;
  return (size) => Buffer.from(sealer.digest('activation-triples', `${device.id}/${at++}`), 'base64url').subarray(0, size);
}

async function ensurePick({ sealer }: ServiceContext, tx: Transaction, device: Device, admin: User, now: number): Promise<ActivationPick> {
  const known = await tx.activationPick(device.id, admin.id);
  if (known !== null && (known.confirmedAt === null || isConfirmed(known, now))) return known;
  // A right pick of more than ten minutes ago is asked for again; wrong ones stay counted.
  const pick: ActivationPick = known === null
    ? { deviceId: device.id, adminId: admin.id, triples: JSON.stringify(drawTriples(wordsOf(device), fitWords(device.language), drawnFor(device, sealer))), wrong: 0, confirmedAt: null }
    : { ...known, confirmedAt: null };
  await tx.putActivationPick(pick);
  return pick;
}

function gate(company: Company, { token, user, device, subject }: Waiting, pick: ActivationPick, now: number): Answers['open'] {
  const confirmed = isConfirmed(pick, now);
  return {
    tokenId: token.id, serial: token.serial, user: { id: user.id, name: nameOf(user) },
    device: { name: device.name, system: device.system, keyProtection: device.keyProtection, boundAt: device.boundAt, ip: device.ip },
    secondProof: { kind: device.secondProof, detail: device.secondProofDetail },
    triples: confirmed ? [] : (JSON.parse(pick.triples) as string[][]), confirmed,
    hardwareToken: subject.hardware === null ? null : { serial: subject.hardware.serial, on: subject.hardware.state === 'on' },
    needsSecondAdmin: company.fourEyes || contactsFreshUntil(user, now) !== null,
    replacement: device.replacing,
  };
}
