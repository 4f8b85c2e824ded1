import type { UserListing } from '../../services/issuer-views.ts';
import { text, textOf, type Call, type CommandSpec, type Result, type StoreCommand } from '../command.ts';
import { facts, table, time } from '../table.ts';
import { pageOptions, pageQuery, stateNames } from './tokens.ts';

/** Without salt and keys of indices: what an operator may see of a person. */
const person = ({ id, userName, role, language, active, inactiveSince, personal, token, hardwareToken }: UserListing) => ({
  id, userName, role, language, active, inactiveSince, name: personal?.name ?? null, email: personal?.email ?? null, mobile: personal?.mobile ?? null,
  token: token && { serial: token.serial, state: token.state }, hardwareToken: hardwareToken && { serial: hardwareToken.serial, state: hardwareToken.state },
});
const rows = (people: readonly UserListing[]) => table(['Usuario', 'Nombre', 'Rol', 'Activo', 'Token', 'Estado'], people.map(({ userName, personal, role, active, token }) => [userName, personal?.name ?? null, role, active ? 'sí' : 'no', token?.serial ?? null, token ? stateNames[token.state] : null]));

async function show({ views }: Call, userName: string): Promise<Result> {
  const found = await views.user(userName);
  const shown = person(found);
  return {
    output: { ...shown, obstacles: found.obstacles },
    text: facts([
      ['Usuario', shown.userName], ['Nombre', shown.name], ['Rol', shown.role], ['Correo', shown.email], ['Celular', shown.mobile], ['Activo', shown.active ? 'sí' : `no, desde ${time(shown.inactiveSince)}`],
      ['Token virtual', shown.token ? `${shown.token.serial} (${stateNames[shown.token.state]})` : null], ['Token físico', shown.hardwareToken ? `${shown.hardwareToken.serial} (${shown.hardwareToken.state})` : null],
      ['Para asignar falta', found.obstacles.join(', ') || 'nada'],
    ]),
  };
}

const contactOptions = (required: boolean): CommandSpec['options'] => [
  { flags: '--name <name>', required, summary: text('nombre y apellidos', 'full name') },
  { flags: '--email <address>', required, summary: text('correo', 'e-mail') },
  { flags: '--mobile <number>', required, summary: text('celular con código de país, p. ej. +573001234567', 'mobile with country code, e.g. +573001234567') },
  { flags: '--speaks <language>', choices: ['es', 'en'], summary: text('idioma de sus mensajes y pantallas', 'language of messages and screens') },
];
const spoken = (options: Parameters<StoreCommand['run']>[2]) => (textOf(options, 'speaks') === 'en' ? 'en' : 'es');

const add = (group: 'user' | 'admin', role: 'member' | 'admin', summary: CommandSpec['summary']): CommandSpec => ({
  group, name: 'add', args: '<company> <userName>', changes: true, summary, options: contactOptions(true) ?? [],
  async run(call, [company = '', userName = ''], options) {
    const user = await call.services.issuer.users.add({
      company, userName, role, name: textOf(options, 'name') ?? '', email: textOf(options, 'email') ?? null, mobile: textOf(options, 'mobile') ?? null, language: spoken(options),
    }, call.by);
    return show(call, user.userName);
  },
});
const switchActive = (group: 'user' | 'admin', name: 'deactivate' | 'reactivate', summary: CommandSpec['summary']): CommandSpec => ({
  group, name, args: '<userName>', changes: true, summary,
  async run(call, [userName = '']) {
    await call.services.issuer.users[name](userName, call.by);
    return show(call, userName);
  },
});

export const peopleCommands: readonly CommandSpec[] = [
  add('admin', 'admin', text('Crea un usuario administrador', 'Creates an administrator')),
  {
    group: 'admin', name: 'list', args: '<company>', changes: false, summary: text('Los administradores de una empresa', "A company's administrators"),
    async run({ views }, [company = '']) {
      const found = await views.admins(company);
      return { output: found.map(person), text: rows(found) };
    },
  },
  switchActive('admin', 'deactivate', text('Desactiva un administrador; nunca el último', 'Deactivates an administrator; never the last one')),
  add('user', 'member', text('Crea un usuario secundario', 'Creates a member')),
  {
    group: 'user', name: 'list', args: '<company>', changes: false, summary: text('Las personas de una empresa', "A company's people"),
    options: [{ flags: '--filter <filter>', choices: ['all', 'assignable', 'not_assignable', 'inactive'], preset: 'all', summary: text('cuáles', 'which') }, ...(pageOptions ?? [])],
    async run({ views }, [company = ''], options) {
      const page = await views.users(company, { ...pageQuery(options), filter: (textOf(options, 'filter') ?? 'all') as 'all' });
      return { output: { rows: page.rows.map((row) => ({ ...person(row), obstacles: row.obstacles })), total: page.total, capped: page.capped, next: page.next }, text: rows(page.rows) };
    },
  },
  { group: 'user', name: 'show', args: '<userName>', changes: false, summary: text('Una persona', 'One person'), run: (call, [userName = '']) => show(call, userName) },
  {
    group: 'user', name: 'edit', args: '<userName>', changes: true, summary: text('Cambia datos; un contacto nuevo anula invitaciones', 'Changes data; a new contact voids invitations'), options: contactOptions(false) ?? [],
    async run(call, [userName = ''], options) {
      const [name, email, mobile, language] = ['name', 'email', 'mobile', 'speaks'].map((option) => textOf(options, option));
      await call.services.issuer.users.edit(userName, { ...(name !== undefined && { name }), ...(email !== undefined && { email }), ...(mobile !== undefined && { mobile }), ...(language !== undefined && { language: spoken(options) }) }, call.by);
      return show(call, userName);
    },
  },
  switchActive('user', 'deactivate', text('Desactiva una persona; su token se libera o se bloquea', 'Deactivates a person; the token is released or blocked')),
  switchActive('user', 'reactivate', text('Reactiva una persona', 'Reactivates a person')),
  {
    group: 'user', name: 'unlock-codes', args: '<userName>', changes: true, summary: text('Vuelve a admitir códigos después de demasiados equivocados', 'Takes codes again after too many wrong ones'),
    async run(call, [userName = '']) {
      await call.services.issuer.users.unlockCodes(userName, call.by);
      return show(call, userName);
    },
  },
  {
    group: 'user', name: 'password', args: '<userName>', changes: true, summary: text('Envía el enlace de un solo uso para fijar la contraseña y lo muestra', 'Sends the one-time link to set the password, and shows it'),
    async run(call, [userName = '']) {
      const sent = await call.services.issuer.users.sendPasswordLink(userName, call.by);
      return { output: sent, text: `${sent.link}\n${time(sent.expiresAt)}\n` };
    },
  },
  {
    group: 'user', name: 'erase', args: '<userName>', changes: true, summary: text('Borra los datos personales para siempre; el registro sigue íntegro', 'Erases personal data for good; the audit trail stays whole'),
    async run(call, [userName = '']) {
      const { id } = await call.services.issuer.users.erase(userName, call.by);
      return { output: { id, erased: true }, text: `${id}: borrado\n` };
    },
  },
];
