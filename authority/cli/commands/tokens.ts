import { VinculoError } from '../../../shared/contract/errors.ts';
import { tokenStates, type TokenState } from '../../../shared/domain/token-states.ts';
import type { Token } from '../../services/issuer-views.ts';
import { exitCodes } from '../answer.ts';
import { text, textOf, type Call, type CommandSpec, type Result, type StoreCommand } from '../command.ts';
import { facts, table, time } from '../table.ts';

/** As the screens name the states. */
export const stateNames: Record<TokenState, string> = { available: 'Disponible', assigned: 'Asignado', pending_activation: 'Pendiente Activación', active: 'Activo', blocked: 'Bloqueado', revoked: 'Revocado' };

/** The words are left out: whoever activates has to hear them from the person. */
async function show({ services }: Call, serial: string): Promise<Result> {
  const { token, user, hardware, invitation, devices } = await services.issuer.tokens.show(serial);
  const shown = devices.map(({ device }) => ({
    id: device.id, state: device.state, replacing: device.replacing, name: device.name, system: device.system, app: device.app, keyProtection: device.keyProtection,
    boundAt: device.boundAt, ip: device.ip, secondProof: device.secondProof, secondProofDetail: device.secondProofDetail, acknowledged: device.acknowledgedAt !== null, lastUseAt: device.lastUseAt,
  }));
  const output = {
    ...token, user: user && { id: user.id, userName: user.userName, name: user.personal?.name ?? null, role: user.role },
    invitation: invitation && { status: invitation.status, expiresAt: invitation.expiresAt }, hardware: hardware && { serial: hardware.serial, state: hardware.state }, devices: shown,
  };
  const device = shown.at(-1);
  return {
    output,
    text: facts([
      ['Número de serie', token.serial], ['Estado', stateNames[token.state]], ['Usuario', user === null ? null : `${user.personal?.name ?? '–'} (${user.userName})`], ['Última actualización', time(token.updatedAt)],
      ['Invitación', invitation === null ? null : `${invitation.status}, vence ${time(invitation.expiresAt)}`], ['Token físico', hardware === null ? null : `${hardware.serial} (${hardware.state})`],
      ['Dispositivo', device === undefined ? null : `${device.name} · ${device.system} · ${device.keyProtection}`], ['Vinculado', device === undefined ? null : `${time(device.boundAt)} desde ${device.ip}`],
      ['Segunda prueba', device === undefined ? null : `${device.secondProof} ${device.secondProofDetail}`], ['Confirmó la vinculación', device === undefined ? null : device.acknowledged ? 'sí' : 'no'],
    ]),
  };
}

/** A command on one token that answers with the token as it is then. */
const change = (name: string, summary: CommandSpec['summary'], run: (call: Call, serial: string, options: Parameters<StoreCommand['run']>[2]) => Promise<Token>, options?: CommandSpec['options']): CommandSpec => ({
  group: 'token', name, args: '<serial>', summary, changes: true, ...(options && { options }),
  async run(call, [serial = ''], given) {
    const token = await run(call, serial, given);
    return show(call, token.serial);
  },
});

async function activate(call: Call, serial: string, said: string | undefined): Promise<Token> {
  if (said === undefined && call.trial === null) throw new VinculoError('FINGERPRINT_NOT_CHECKED', { rows: [serial.toUpperCase()] });
  return call.services.issuer.tokens.activate(serial, call.by, said?.trim().split(/[\s,]+/));
}

export const tokenCommands: readonly CommandSpec[] = [
  { group: 'token', name: 'show', args: '<serial>', changes: false, summary: text('Un token con su persona y su dispositivo', 'A token with its person and device'), run: (call, [serial = '']) => show(call, serial) },
  {
    group: 'token', name: 'assign', args: '<userName>', changes: true, summary: text('Asigna el siguiente token disponible e invita', 'Assigns the next available token and invites'),
    run: async (call, [userName = '']) => show(call, (await call.services.issuer.tokens.assign(userName, call.by)).serial),
  },
  change('resend', text('Reenvía la invitación; la anterior queda anulada', 'Sends the invitation again; the one before is void'), (call, serial) => call.services.issuer.tokens.resend(serial, call.by)),
  change('activate', text('Activa el token, con las tres palabras que la persona lee de su pantalla', 'Activates the token, with the three words the person reads from his screen'), (call, serial, options) => activate(call, serial, textOf(options, 'words')),
    [{ flags: '--words <three words>', summary: text('las tres palabras, entre comillas; deben coincidir', 'the three words, in quotes; they must match') }]),
  change('unassign', text('Retira un token asignado que nadie vinculó', 'Takes back an assigned token that nobody bound'), (call, serial) => call.services.issuer.tokens.unassign(serial, call.by)),
  change('reject', text('Rechaza el dispositivo que espera activación', 'Rejects the device that waits for activation'), (call, serial) => call.services.issuer.tokens.reject(serial, call.by)),
  change('block', text('Bloquea el token: sesiones y solicitudes se cierran', 'Blocks the token: sessions and requests are closed'), (call, serial) => call.services.issuer.tokens.block(serial, call.by)),
  change('unblock', text('Desbloquea el token', 'Unblocks the token'), (call, serial) => call.services.issuer.tokens.unblock(serial, call.by)),
  change('replace-device', text('Reemplaza el dispositivo', 'Replaces the device'), (call, serial, options) => call.services.issuer.tokens.replaceDevice(serial, textOf(options, 'how') === 'lost' ? 'lost' : 'planned', call.by),
    [{ flags: '--how <how>', required: true, choices: ['planned', 'lost'], summary: text('planned: el anterior sirve hasta activar el nuevo; lost: deja de servir ya', 'planned: the old one works until the new one is activated; lost: it stops at once') }]),
  change('revoke', text('Revoca el token para siempre; su lugar vuelve al grupo con otra serie', 'Revokes the token for good; its place returns to the pool with a new serial'), (call, serial) => call.services.issuer.tokens.revoke(serial, call.by)),
];

const size = (options: Parameters<StoreCommand['run']>[2]): number => {
  const given = Number(textOf(options, 'size') ?? 25);
  if (!Number.isInteger(given) || given < 1 || given > 200) throw new VinculoError('INPUT_INVALID', { field: 'size' });
  return given;
};
export const pageOptions: CommandSpec['options'] = [
  { flags: '--search <text>', summary: text('nombre, usuario o número de serie', 'name, user name or serial number') },
  { flags: '--size <rows>', summary: text('filas por página, hasta 200', 'rows per page, up to 200') },
  { flags: '--cursor <cursor>', summary: text('continúa después de esa página', 'goes on after that page') },
];
export const pageQuery = (options: Parameters<StoreCommand['run']>[2]) => ({ search: textOf(options, 'search') ?? '', size: size(options), cursor: textOf(options, 'cursor') });

export const poolCommands: readonly CommandSpec[] = [
  {
    group: 'tokens', name: 'list', args: '<company>', changes: false, summary: text('Los tokens de una empresa', "A company's tokens"),
    options: [{ flags: '--state <state>', choices: tokenStates, summary: text('solo en ese estado; sin él, los que alguien tiene', 'only in that state; without it, those somebody has') }, ...pageOptions],
    async run({ views }, [company = ''], options) {
      const page = await views.tokens(company, { ...pageQuery(options), state: (textOf(options, 'state') ?? null) as TokenState | null });
      const rows = page.rows.map(({ user, invitation: _invitation, devices: _devices, ...token }) => ({ ...token, userName: user?.userName ?? null, name: user?.personal?.name ?? null }));
      return { output: { rows, total: page.total, capped: page.capped, next: page.next }, text: table(['Número de serie', 'Estado', 'Última actualización', 'Nombre Usuario'], rows.map((row) => [row.serial, stateNames[row.state], time(row.updatedAt), row.name])) };
    },
  },
  {
    group: 'tokens', name: 'allocate', args: '<company> <count>', changes: true, summary: text('Agrega tokens disponibles al grupo de la empresa', "Adds available tokens to the company's pool"),
    async run(call, [company = '', count = '']) {
      const tokens = await call.services.issuer.companies.allocate(company, Number(count), call.by);
      const serials = tokens.map(({ serial }) => serial);
      return { output: { serials }, text: `${serials.length}: ${serials[0] ?? ''} – ${serials.at(-1) ?? ''}\n` };
    },
  },
  {
    group: 'tokens', name: 'verify', changes: false, summary: text('Cuenta tokens y personas de todas las empresas y dice qué totales no cuadran', 'Counts tokens and people of all companies and says which totals do not match'),
    run: async (call) => damageResult(call, await call.services.issuer.totals.verify(), exitCodes.refused),
  },
  {
    group: 'tokens', name: 'recount', changes: true, summary: text('Vuelve a contar y corrige los totales que no cuadran', 'Counts again and corrects the totals that do not match'),
    run: async (call) => damageResult(call, await call.services.issuer.totals.recount(call.by), exitCodes.done),
  },
];

/** Which totals were not those of their rows. */
async function damageResult({ views }: Call, damaged: Awaited<ReturnType<Call['services']['issuer']['totals']['verify']>>, ifAny: number): Promise<Result> {
  const names = new Map((await views.companies()).map(({ company }) => [company.id, company.name]));
  const rows = damaged.map((each) => ({ ...each, company: names.get(each.companyId) ?? each.companyId }));
  return {
    exitCode: rows.length === 0 ? exitCodes.done : ifAny,
    output: rows,
    text: rows.length === 0 ? 'Los totales cuadran.\n' : table(['Empresa', 'De', 'Grupo', 'Total', 'Contados'], rows.map((row) => [row.company, row.of, row.group, row.tallied, row.counted])),
  };
}
