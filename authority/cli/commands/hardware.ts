import { VinculoError } from '../../../shared/contract/errors.ts';
import { readSeed } from '../../services/hardware/seed-text.ts';
import { requireImported } from '../../services/issuer/hardware-import.ts';
import type { HardwareToken } from '../../services/issuer-views.ts';
import { text, textOf, type Call, type CommandSpec, type Options, type Result } from '../command.ts';
import { importSentence } from '../import-sentences.ts';
import { facts, table } from '../table.ts';

/** Never the seed, not even sealed. */
function shown({ serial, companyId, userId, type, algorithm, digits, period, state }: HardwareToken): Result {
  const output = { serial, companyId, userId, type, algorithm, digits, period, state };
  return { output, text: facts([['Token físico', serial], ['Tipo', `${type.toUpperCase()} ${algorithm} ${digits}`], ['Estado', state]]) };
}

function newToken(call: Call, company: string, serial: string, options: Options) {
  const seed = call.input === null ? null : readSeed(call.input, textOf(options, 'encoding') === 'hex' ? 'hex' : 'base32');
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

const rows = (tokens: readonly HardwareToken[]) => table(['Serie', 'Tipo', 'Estado', 'Entregado'], tokens.map(({ serial, type, algorithm, digits, state, userId }) => [serial, `${type.toUpperCase()} ${algorithm} ${digits}`, state, userId === null ? 'no' : 'sí']));

/** The file's tokens, all of them; or none, with a sentence for each that stands in the way. */
async function importFile(call: Call, company: string, options: Options): Promise<Result> {
  const [keyFile, passwordFile] = [textOf(options, 'keyFile'), textOf(options, 'passwordFile')];
  const encoding = textOf(options, 'encoding');
  const secret = call.secret === null ? {} : keyFile !== undefined ? { key: call.secret } : passwordFile !== undefined ? { password: call.secret } : {};
  const result = await call.services.issuer.hardware.import({
    company, format: textOf(options, 'format') === 'csv' ? 'csv' : 'pskc', text: call.input ?? '', secret, encoding: encoding === 'hex' || encoding === 'base32' ? encoding : null,
  }, call.by);
  const imported = requireImported(result, (problem) => importSentence(problem, call.language));
  const skipped = result.skipped.map((problem) => importSentence(problem, call.language));
  return { output: { imported: imported.map(({ serial }) => serial), skipped }, text: `${rows(imported)}${skipped.map((line) => `${line}\n`).join('')}` };
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
  {
    group: 'hardware', name: 'import', args: '<company> <file>', changes: true, summary: text('Importa los tokens de un archivo PSKC o CSV: todos o ninguno', 'Imports the tokens of a PSKC or CSV file: all or none'),
    options: [
      { flags: '--format <format>', choices: ['pskc', 'csv'], preset: 'pskc', summary: text('PSKC (RFC 6030) o tabla', 'PSKC (RFC 6030) or table') },
      { flags: '--key-file <file>', summary: text('PSKC: archivo con la llave compartida, en hexadecimal o base64', 'PSKC: file with the pre-shared key, hexadecimal or base64') },
      { flags: '--password-file <file>', summary: text('PSKC: archivo con la contraseña', 'PSKC: file with the password') },
      { flags: '--encoding <encoding>', choices: ['base32', 'hex'], summary: text('CSV: cómo están escritas las semillas', 'CSV: how the seeds are written') },
    ],
    run: (call, [company = ''], options) => importFile(call, company, options),
  },
  {
    group: 'hardware', name: 'list', args: '<company>', changes: false, summary: text('Los tokens físicos de una empresa', "A company's hardware tokens"),
    async run(call, [company = '']) {
      const tokens = await call.services.issuer.hardware.list(company);
      return { output: tokens.map((token) => shown(token).output), text: rows(tokens) };
    },
  },
  change('resync', '<serial> <code1> <code2>', text('Sincroniza un token que se adelantó, con dos códigos seguidos', 'Follows a token that ran ahead, by two codes in a row'), (call, [serial = '', first = '', second = '']) => call.services.issuer.hardware.resync(serial, first, second, call.by)),
  change('give', '<serial> <userName>', text('Entrega el token físico a una persona', 'Gives the hardware token to a person'), (call, [serial = '', userName = '']) => call.services.issuer.hardware.give(serial, userName, call.by)),
  change('take', '<serial>', text('Lo retira de la persona', 'Takes it back from the person'), (call, [serial = '']) => call.services.issuer.hardware.give(serial, null, call.by)),
  change('enable', '<serial>', text('Lo vuelve a habilitar; nunca junto a un token virtual activo', 'Enables it again; never beside an active virtual token'), (call, [serial = '']) => call.services.issuer.hardware.enable(serial, call.by)),
  change('lost', '<serial>', text('Lo da por perdido', 'Marks it as lost'), (call, [serial = '']) => call.services.issuer.hardware.markLost(serial, call.by)),
];
