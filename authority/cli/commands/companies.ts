import type { CompanyView } from '../../services/issuer-views.ts';
import { text, textOf, type CommandSpec, type StoreCommand } from '../command.ts';
import { facts, table } from '../table.ts';

const view = ({ company, counts, allocated, people, assignable }: CompanyView) => ({ ...company, tokens: { allocated, ...counts }, people, assignable });
const status = ({ company }: CompanyView) => (company.suspended ? 'suspendida' : company.enabled ? 'habilitada' : 'por habilitar');

const show: StoreCommand['run'] = async ({ views }, [company = '']) => {
  const found = await views.company(company);
  const { counts } = found;
  return {
    output: view(found),
    text: facts([
      ['Empresa', found.company.name], ['Id', found.company.id], ['Prefijo', found.company.serialPrefix], ['Estado', status(found)],
      ['Tokens virtuales', found.allocated], ['Disponibles', counts.available], ['Asignados', counts.assigned], ['Por activar', counts.pending_activation],
      ['Activos', counts.active], ['Bloqueados', counts.blocked], ['Revocados', counts.revoked], ['Personas', found.people],
      ['Cuatro ojos', found.company.fourEyes ? 'sí' : 'no'], ['Dígitos del código', found.company.otpDigits], ['Bloqueo automático (min)', found.company.autoLockMinutes],
    ]),
  };
};

const changed = (summary: CommandSpec['summary'], name: string, change: 'enable' | 'suspend' | 'resume'): CommandSpec => ({
  group: 'company', name, args: '<company>', summary, changes: true,
  async run(call, [company = '']) {
    await call.services.issuer.companies[change](company, call.by);
    return show(call, [company], {});
  },
});

export const companyCommands: readonly CommandSpec[] = [
  {
    group: 'company', name: 'list', changes: false, summary: text('Todas las empresas', 'All companies'),
    async run({ views }) {
      const found = await views.companies();
      return { output: found.map(view), text: table(['Empresa', 'Prefijo', 'Estado', 'Tokens', 'Disponibles', 'Personas'], found.map((each) => [each.company.name, each.company.serialPrefix, status(each), each.allocated, each.counts.available, each.people])) };
    },
  },
  { group: 'company', name: 'show', args: '<company>', changes: false, summary: text('Una empresa, por nombre o id', 'One company, by name or id'), run: show },
  {
    group: 'company', name: 'add', args: '<name>', changes: true, summary: text('Crea una empresa, todavía sin habilitar', 'Creates a company, not yet enabled'),
    options: [{ flags: '--prefix <letters>', required: true, summary: text('tres letras con las que empiezan sus números de serie', 'three letters its serial numbers begin with') }],
    async run(call, [name = ''], options) {
      const company = await call.services.issuer.companies.create({ name, serialPrefix: textOf(options, 'prefix') ?? '' }, call.by);
      return show(call, [company.id], {});
    },
  },
  changed(text('Habilita la empresa, después de su capacitación', 'Enables the company, after its training'), 'enable', 'enable'),
  changed(text('Suspende la empresa: nadie entra por ningún canal', 'Suspends the company: nobody gets in through any channel'), 'suspend', 'suspend'),
  changed(text('Termina la suspensión', 'Ends the suspension'), 'resume', 'resume'),
  {
    group: 'company', name: 'policy', args: '<company>', changes: true, summary: text('Cambia la política de la empresa', "Changes the company's policy"),
    options: [
      { flags: '--four-eyes <on|off>', choices: ['on', 'off'], summary: text('un segundo administrador aprueba cada acción', 'a second admin approves every action') },
      { flags: '--otp-digits <digits>', choices: ['6', '8'], summary: text('dígitos del código, para dispositivos nuevos', 'digits of the code, for new devices') },
      { flags: '--auto-lock <minutes>', choices: ['1', '2', '5', '10', '15', '30', '60'], summary: text('minutos hasta que la app se bloquea', 'minutes until the app locks') },
    ],
    async run(call, [company = ''], options) {
      const [eyes, digits, lock] = [textOf(options, 'fourEyes'), textOf(options, 'otpDigits'), textOf(options, 'autoLock')];
      await call.services.issuer.companies.setPolicy(company, {
        ...(eyes !== undefined && { fourEyes: eyes === 'on' }), ...(digits !== undefined && { otpDigits: digits === '8' ? 8 : 6 }), ...(lock !== undefined && { autoLockMinutes: Number(lock) }),
      }, call.by);
      return show(call, [company], {});
    },
  },
];
