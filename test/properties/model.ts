import type { TokenState } from '../../shared/domain/token-states.ts';

/**
 * The life of one person's token, written a second time from the specification and without looking at the code: what a
 * command should answer and what is true afterwards. The properties compare it with what the authority did.
 */
export interface PersonModel {
  active: boolean;
  hardware: 'none' | 'on' | 'off' | 'lost';
  token: TokenModel | null;
}
export interface TokenModel {
  state: Exclude<TokenState, 'available' | 'revoked'>;
  /** An invitation that could be used now. */
  invited: 'none' | 'first' | 'replacement';
  device: DeviceModel | null;
  replacement: DeviceModel | null;
}
export interface DeviceModel {
  acknowledged: boolean;
  /** It has been activated once, so an unblock may bring it back. */
  wasActive: boolean;
  pinDestroyed: boolean;
}
export interface PoolModel { available: number; readonly allocated: number }

export const personCommands = ['assign', 'unassign', 'resend', 'bind', 'acknowledge', 'activate', 'reject', 'block', 'unblock', 'report', 'forgetPin', 'wrongPins', 'replacePlanned', 'replaceLost', 'revoke', 'deactivate', 'reactivate', 'hardwareLost', 'hardwareEnabled'] as const;
export type PersonCommand = (typeof personCommands)[number];

/** Applies the command if it is allowed; false when it must be refused, and then nothing has changed. */
export function applyCommand(person: PersonModel, pool: PoolModel, command: PersonCommand): boolean {
  const rule = rules[command];
  if (!rule.allowed(person, pool)) return false;
  rule.apply(person, pool);
  return true;
}

interface Rule { readonly allowed: (person: PersonModel, pool: PoolModel) => boolean; readonly apply: (person: PersonModel, pool: PoolModel) => void }

const newDevice = (): DeviceModel => ({ acknowledged: false, wasActive: false, pinDestroyed: false });
const isIn = (person: PersonModel, ...states: TokenModel['state'][]): boolean => person.token !== null && states.includes(person.token.state);
const tokenOf = (person: PersonModel): TokenModel => {
  if (person.token === null) throw new Error('the model has no token');
  return person.token;
};
const waiting = (person: PersonModel): DeviceModel | null => (isIn(person, 'pending_activation') ? tokenOf(person).device : isIn(person, 'active') ? tokenOf(person).replacement : null);
const release = (person: PersonModel, pool: PoolModel) => { person.token = null; pool.available += 1; };
const block = (person: PersonModel) => Object.assign(tokenOf(person), { state: 'blocked', invited: 'none' });
const becomeActive = (person: PersonModel) => { if (person.hardware === 'on') person.hardware = 'off'; };

const rules: Record<PersonCommand, Rule> = {
  assign: {
    allowed: (person, pool) => person.active && person.token === null && pool.available > 0,
    apply: (person, pool) => { pool.available -= 1; person.token = { state: 'assigned', invited: 'first', device: null, replacement: null }; },
  },
  unassign: { allowed: (person) => isIn(person, 'assigned'), apply: release },
  resend: { allowed: (person) => isIn(person, 'assigned'), apply: (person) => { tokenOf(person).invited = 'first'; } },
  bind: {
    allowed: (person) => person.token !== null && person.token.invited !== 'none',
    apply: (person) => {
      const token = tokenOf(person);
      if (token.invited === 'first') Object.assign(token, { state: 'pending_activation', device: newDevice() });
      else token.replacement = newDevice();
      token.invited = 'none';
    },
  },
  acknowledge: { allowed: (person) => waiting(person) !== null, apply: (person) => { const device = waiting(person); if (device !== null) device.acknowledged = true; } },
  activate: {
    allowed: (person) => waiting(person)?.acknowledged === true,
    apply: (person) => {
      const token = tokenOf(person);
      const device = waiting(person);
      if (device === null) return;
      Object.assign(token, { state: 'active', device, replacement: null, invited: 'none' });
      device.wasActive = true;
      becomeActive(person);
    },
  },
  reject: {
    allowed: (person) => waiting(person) !== null,
    apply: (person) => {
      const token = tokenOf(person);
      if (token.state === 'active') token.replacement = null;
      else Object.assign(token, { state: 'assigned', device: null });
    },
  },
  block: { allowed: (person) => isIn(person, 'active'), apply: block },
  unblock: {
    allowed: (person) => isIn(person, 'blocked') && person.active && tokenOf(person).device?.wasActive === true && tokenOf(person).device?.pinDestroyed === false,
    apply: (person) => { tokenOf(person).state = 'active'; becomeActive(person); },
  },
  report: { allowed: (person) => isIn(person, 'active', 'pending_activation'), apply: block },
  // Also of a blocked token: the share goes in any case.
  forgetPin: { allowed: (person) => deciding(person) !== null, apply: (person) => { destroyPin(person); } },
  wrongPins: { allowed: (person) => isIn(person, 'active', 'pending_activation') && deciding(person)?.pinDestroyed === false, apply: (person) => { destroyPin(person); } },
  replacePlanned: { allowed: (person) => isIn(person, 'active') && tokenOf(person).replacement === null, apply: (person) => { tokenOf(person).invited = 'replacement'; } },
  replaceLost: {
    allowed: (person) => person.active && isIn(person, 'active', 'blocked'),
    apply: (person) => { Object.assign(tokenOf(person), { state: 'assigned', invited: 'first', device: null, replacement: null }); },
  },
  revoke: { allowed: (person) => person.token !== null, apply: release },
  deactivate: {
    allowed: (person) => person.active,
    apply: (person, pool) => {
      person.active = false;
      if (isIn(person, 'assigned')) release(person, pool);
      else if (isIn(person, 'pending_activation', 'active')) block(person);
    },
  },
  reactivate: { allowed: (person) => !person.active, apply: (person) => { person.active = true; } },
  hardwareLost: { allowed: (person) => person.hardware === 'on', apply: (person) => { person.hardware = 'lost'; } },
  hardwareEnabled: { allowed: (person) => (person.hardware === 'off' || person.hardware === 'lost') && !isIn(person, 'active'), apply: (person) => { person.hardware = 'on'; } },
};

/** The device that decides. */
const deciding = (person: PersonModel): DeviceModel | null => person.token?.device ?? null;

function destroyPin(person: PersonModel): void {
  const device = deciding(person);
  if (device === null) return;
  device.pinDestroyed = true;
  if (isIn(person, 'active', 'pending_activation')) block(person);
}
