import { VinculoError } from '../../../shared/contract/errors.ts';
import type { PortalView } from '../../services/portals/portals.ts';
import { text, textOf, type Call, type CommandSpec, type Options, type Result } from '../command.ts';
import { facts, table, time } from '../table.ts';

/** Never the secret, not even sealed. */
const view = ({ portal, companies }: PortalView) => ({
  id: portal.id, name: portal.name, clientId: portal.clientId, authentication: portal.jwks === null ? 'client_secret_basic' : 'private_key_jwt', delivery: portal.delivery, notificationEndpoint: portal.notificationEndpoint,
  enabled: portal.enabled, offlineTransactions: portal.offlineTransactions, perUser: portal.perUser, perSource: portal.perSource, createdAt: portal.createdAt, companies: companies.map(({ id, name }) => ({ id, name })),
});
const shown = (found: PortalView): string => facts([
  ['Portal', found.portal.name], ['Client id', found.portal.clientId], ['Estado', found.portal.enabled ? 'habilitado' : 'deshabilitado'],
  ['Se identifica con', found.portal.jwks === null ? 'un secreto' : 'sus llaves (private_key_jwt)'], ['CIBA', found.portal.notificationEndpoint ?? 'poll'],
  ['Empresas', found.companies.map(({ name }) => name).join(', ') || '–'], ['Solicitudes por persona en 10 min', found.portal.perUser], ['Solicitudes por dirección en 10 min', found.portal.perSource],
  ['Transacciones sin conexión', found.portal.offlineTransactions ? 'sí, solo con evidencia MAC' : 'no'], ['Creado', time(found.portal.createdAt)],
]);
const result = (found: PortalView): Result => ({ output: view(found), text: shown(found) });

/** The one time that the secret is told. */
function withSecret(found: PortalView & { readonly secret: string | null }): Result {
  const told = found.secret === null ? '' : `\nSecreto (se muestra una sola vez; guárdelo ahora): ${found.secret}\n`;
  return { output: { ...view(found), ...(found.secret !== null && { secret: found.secret }) }, text: `${shown(found)}${told}` };
}

const named = (value: string | undefined): string[] => (value ?? '').split(',').map((name) => name.trim()).filter((name) => name !== '');

function count(options: Options, name: string): number | undefined {
  const value = textOf(options, name);
  if (value === undefined) return undefined;
  if (!/^\d{1,5}$/.test(value)) throw new VinculoError('INPUT_INVALID', { field: name });
  return Number(value);
}

/** Content of `--jwks-file`; null where the option was not given. */
const jwksOf = (call: Call, options: Options): string | null => (textOf(options, 'jwksFile') === undefined ? null : (call.input ?? ''));
const jwksFile = { flags: '--jwks-file <file>', summary: text('llaves públicas del portal (JWK Set), en vez de un secreto; - lee la entrada estándar', "the portal's public keys (JWK Set) instead of a secret; - reads standard input") };
const offline = { flags: '--offline-transactions <on|off>', choices: ['on', 'off'], summary: text('transacciones respondidas sin conexión, con evidencia MAC', 'transactions answered without network, with MAC evidence') };

export const portalCommands: readonly CommandSpec[] = [
  {
    group: 'portal', name: 'list', changes: false, summary: text('Los portales', 'The portals'),
    async run({ services }) {
      const found = await services.portals.clients.list();
      return { output: found.map(view), text: table(['Portal', 'Client id', 'Estado', 'CIBA', 'Empresas'], found.map(({ portal, companies }) => [portal.name, portal.clientId, portal.enabled ? 'habilitado' : 'deshabilitado', portal.delivery, companies.map(({ name }) => name).join(', ')])) };
    },
  },
  { group: 'portal', name: 'show', args: '<portal>', changes: false, summary: text('Un portal, por nombre o client id', 'One portal, by name or client id'), run: async ({ services }, [portal = '']) => result(await services.portals.clients.show(portal)) },
  {
    group: 'portal', name: 'add', args: '<name>', changes: true, summary: text('Agrega un portal; su secreto se muestra una sola vez', 'Adds a portal; its secret is shown once'),
    options: [
      { flags: '--companies <companies>', summary: text('empresas a las que sirve, separadas por comas', 'companies it serves, separated by commas') }, jwksFile,
      { flags: '--ping <endpoint>', summary: text('adónde avisar que hay respuesta (CIBA ping); sin ella el portal pregunta', 'where to tell that there is an answer (CIBA ping); without it the portal polls') }, offline,
    ],
    async run(call, [name = ''], options) {
      return withSecret(await call.services.portals.clients.add({
        name, companies: named(textOf(options, 'companies')), jwks: jwksOf(call, options), notificationEndpoint: textOf(options, 'ping') ?? null, offlineTransactions: textOf(options, 'offlineTransactions') === 'on',
      }, call.by));
    },
  },
  { group: 'portal', name: 'enable', args: '<portal>', changes: true, summary: text('Lo vuelve a habilitar', 'Enables it again'), run: async ({ services, by }, [portal = '']) => result(await services.portals.clients.enable(portal, by)) },
  { group: 'portal', name: 'disable', args: '<portal>', changes: true, summary: text('Sus credenciales dejan de valer, ya', 'Its credentials count no more, at once'), run: async ({ services, by }, [portal = '']) => result(await services.portals.clients.disable(portal, by)) },
  {
    group: 'portal', name: 'companies', args: '<portal> <companies>', changes: true, summary: text('Las empresas a las que sirve desde ahora, separadas por comas; las demás dejan de existir para él', 'The companies it serves from now on, separated by commas; others do not exist for it'),
    run: async ({ services, by }, [portal = '', companies = '']) => result(await services.portals.clients.setCompanies(portal, named(companies), by)),
  },
  {
    group: 'portal', name: 'limits', args: '<portal>', changes: true, summary: text('Cuántas solicitudes puede hacer en diez minutos', 'How many requests it may make in ten minutes'),
    options: [
      { flags: '--per-user <requests>', summary: text('por persona', 'per person') },
      { flags: '--per-source <requests>', summary: text('por dirección de la que viene la persona', 'per address that the person comes from') }, offline,
    ],
    async run({ services, by }, [portal = ''], options) {
      const [perUser, perSource, transactions] = [count(options, 'perUser'), count(options, 'perSource'), textOf(options, 'offlineTransactions')];
      return result(await services.portals.clients.setLimits(portal, {
        ...(perUser !== undefined && { perUser }), ...(perSource !== undefined && { perSource }), ...(transactions !== undefined && { offlineTransactions: transactions === 'on' }),
      }, by));
    },
  },
  {
    group: 'portal', name: 'secret', args: '<portal>', changes: true, summary: text('Un secreto nuevo, que se muestra una sola vez, o sus llaves; lo de antes deja de valer', 'A new secret, shown once, or its keys; what was before counts no more'),
    options: [jwksFile],
    run: async (call, [portal = ''], options) => withSecret(await call.services.portals.clients.setCredentials(portal, jwksOf(call, options), call.by)),
  },
];
