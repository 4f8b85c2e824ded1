import { VinculoError } from '../../../shared/contract/errors.ts';
import type { HardwareToken } from '../../services/issuer-views.ts';
import { text, textOf, type Call, type CommandSpec, type Options, type Result } from '../command.ts';
import { facts } from '../table.ts';

/** Never the seed, not even sealed. */
function shown({ serial, companyId, userId, type, algorithm, digits, period, state }: HardwareToken): Result {
  const output = { serial, companyId, userId, type, algorithm, digits, period, state };
  return { output, text: facts([['Token físico', serial], ['Tipo', `${type.toUpperCase()} ${algorithm} ${digits}`], ['Estado', state]]) };
}

/** RFC 4648 §6, upper or lower case, spaces and padding ignored; or hexadecimal. Null when it is neither. */
export function readSeed(content: string, encoding: string): Uint8Array | null {
  const compact = content.replace(/\s+/g, '');
  if (encoding === 'hex') return /^([0-9a-f]{2})+$/i.test(compact) ? new Uint8Array(Buffer.from(compact, 'hex')) : null;
  const letters = compact.toUpperCase().replace(/=+$/, '');
  if (!/^[A-Z2-7]+$/.test(letters)) return null;
  const bits = [...letters].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}

function newToken(call: Call, company: string, serial: string, options: Options) {
  const seed = call.input === null ? null : readSeed(call.input, textOf(options, 'encoding') ?? 'base32');
  if (seed === null) throw new VinculoError('INPUT_INVALID', { field: 'seed' });
  const whole = (name: string, preset: number): number => {
    const value = Number(textOf(options, name) ?? preset);
    if (!Number.isSafeInteger(value) || value < 0) throw new VinculoError('INPUT_INVALID', { field: name });
    return value;
  };
  return {
    company, serial, seed, type: textOf(options, 'type') === 'hotp' ? ('hotp' as const) : ('totp' as const), algorithm: (textOf(options, 'algorithm') ?? 'sha1') as HardwareToken['algorithm'],
    digits: textOf(options, 'digits') === '8' ? (8 as const) : (6 as const), period: whole('period', 30) || 30, counter: whole('counter', 0),
  };
}

const change = (name: string, args: string, summary: CommandSpec['summary'], run: (call: Call, args: readonly string[]) => Promise<unknown>): CommandSpec => ({
  group: 'hardware', name, args, summary, changes: true,
  async run(call, given) {
    await run(call, given);
    return shown(await call.services.issuer.hardware.get(given[0] ?? ''));
  },
});

export const hardwareCommands: readonly CommandSpec[] = [
  { group: 'hardware', name: 'show', args: '<serial>', changes: false, summary: text('Un token físico', 'A hardware token'), run: async (call, [serial = '']) => shown(await call.services.issuer.hardware.get(serial)) },
  {
    group: 'hardware', name: 'add', args: '<company> <serial>', changes: true, summary: text('Registra un token físico OATH', 'Registers an OATH hardware token'),
    options: [
      { flags: '--seed-file <file>', required: true, summary: text('archivo con la semilla; - lee la entrada estándar', 'file with the seed; - reads standard input') },
      { flags: '--encoding <encoding>', choices: ['base32', 'hex'], preset: 'base32', summary: text('cómo está escrita la semilla', 'how the seed is written') },
      { flags: '--type <type>', choices: ['totp', 'hotp'], preset: 'totp', summary: text('por tiempo o por contador', 'by time or by counter') },
      { flags: '--algorithm <algorithm>', choices: ['sha1', 'sha256', 'sha512'], preset: 'sha1', summary: text('función HMAC', 'HMAC function') },
      { flags: '--digits <digits>', choices: ['6', '8'], preset: '6', summary: text('dígitos del código', 'digits of the code') },
      { flags: '--period <seconds>', preset: '30', summary: text('TOTP: segundos por código', 'TOTP: seconds per code') },
      { flags: '--counter <counter>', preset: '0', summary: text('HOTP: siguiente contador', 'HOTP: next counter') },
    ],
    run: async (call, [company = '', serial = ''], options) => shown(await call.services.issuer.hardware.add(newToken(call, company, serial, options), call.by)),
  },
  change('give', '<serial> <userName>', text('Entrega el token físico a una persona', 'Gives the hardware token to a person'), (call, [serial = '', userName = '']) => call.services.issuer.hardware.give(serial, userName, call.by)),
  change('take', '<serial>', text('Lo retira de la persona', 'Takes it back from the person'), (call, [serial = '']) => call.services.issuer.hardware.give(serial, null, call.by)),
  change('enable', '<serial>', text('Lo vuelve a habilitar; nunca junto a un token virtual activo', 'Enables it again; never beside an active virtual token'), (call, [serial = '']) => call.services.issuer.hardware.enable(serial, call.by)),
  change('lost', '<serial>', text('Lo da por perdido', 'Marks it as lost'), (call, [serial = '']) => call.services.issuer.hardware.markLost(serial, call.by)),
];
