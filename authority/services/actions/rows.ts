import type { ActionRow } from '../../../shared/contract/signed.ts';
import type { TokenState } from '../../../shared/domain/token-states.ts';
import type { Device, HardwareToken, Token, User } from '../../store/entities.ts';
import type { Reader } from '../../store/store.ts';
import { nameOf } from '../caller.ts';
import { wordsOf } from '../fingerprint.ts';
import type { Subject } from './kind.ts';

type Change = Partial<Pick<ActionRow, 'serial' | 'token' | 'hardware' | 'fields' | 'device'>>;

/** A line about a person: full address and number, as what is signed must say whom it touches. */
export function personRow(user: User, change: Change): ActionRow {
  return {
    userId: user.id, userName: user.userName, name: nameOf(user), email: user.personal?.email ?? null, mobile: user.personal?.mobile ?? null,
    serial: change.serial ?? null, token: change.token ?? null, hardware: change.hardware ?? null, fields: change.fields ?? [], device: change.device ?? null,
  };
}

/** A line about a token that moves. */
export function tokenRow(user: User, token: Token, after: TokenState, hardware: HardwareToken | null, device: ActionRow['device']): ActionRow {
  return personRow(user, {
    serial: token.serial, token: { before: token.state, after },
    // A token that becomes active switches the hardware token off (invariant 3).
    hardware: after === 'active' && hardware?.state === 'on' ? { serial: hardware.serial, before: 'on', after: 'off' } : null,
    device,
  });
}

/**
 * @param isCompared whether this admin had to pick the words first. Elsewhere they are left out: asking for a rejection, and taking it
 *   back, would tell which of the three triples is the right one (S13)
 */
export const deviceLine = (device: Device | null, isCompared: boolean): ActionRow['device'] =>
  device === null ? null : { id: device.id, name: device.name, system: device.system, words: isCompared ? [...wordsOf(device)] : null };

export async function subjectOfToken(read: Reader, token: Token): Promise<Subject> {
  const user = token.userId === null ? null : await read.user(token.userId);
  return { user, token, devices: await read.devicesOfToken(token.id), hardware: user === null ? null : await read.hardwareTokenOfUser(user.id) };
}

export async function subjectOfUser(read: Reader, user: User): Promise<Subject> {
  const token = await read.tokenOfUser(user.id);
  return { user, token, devices: token === null ? [] : await read.devicesOfToken(token.id), hardware: await read.hardwareTokenOfUser(user.id) };
}

/** What `assignmentObstaclesOf` asks for. */
export const assignableFacts = (user: User, token: Token | null) => ({
  active: user.active, email: user.personal?.email ?? null, mobile: user.personal?.mobile ?? null,
  emailBounced: user.personal?.emailBounced ?? false, mobileBounced: user.personal?.mobileBounced ?? false, tokenState: token?.state ?? null,
});
