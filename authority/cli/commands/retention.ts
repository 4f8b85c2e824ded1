import { retentionKindNames, type RetentionKind } from '../../services/retention.ts';
import { text, textOf, type Call, type CommandSpec } from '../command.ts';
import { table } from '../table.ts';

const names: Readonly<Record<RetentionKind, { readonly es: string; readonly en: string }>> = {
  evidence: text('solicitudes y decisiones, notas de auditoría, datos de equipos cerrados', 'requests and decisions, audit notes, details of closed devices'),
  invitations: text('invitaciones y vinculaciones usadas o vencidas', 'invitations and bindings, used or expired'),
  passwordLinks: text('enlaces de contraseña usados o vencidos', 'password links, used or expired'),
  messages: text('mensajes enviados, fallidos o leídos aquí', 'messages that were sent, failed or were read here'),
};

async function show({ services, language }: Call) {
  const terms = await services.issuer.retention.show();
  const heading = language === 'es' ? ['Clase', 'Días', 'Qué'] : ['Kind', 'Days', 'What'];
  return { output: terms, text: table(heading, terms.map(({ kind, days }) => [kind, days, names[kind][language]])) };
}

export const retentionCommands: readonly CommandSpec[] = [
  { group: 'retention', name: 'show', changes: false, summary: text('Cuántos días se guarda cada clase', 'How many days each kind is kept'), run: show },
  {
    group: 'retention', name: 'set', changes: true, summary: text('Cambia el plazo de una clase', 'Changes the term of a kind'),
    options: [
      { flags: '--kind <kind>', required: true, choices: retentionKindNames, summary: text('qué clase', 'which kind') },
      { flags: '--days <days>', required: true, summary: text('días que se guarda desde que terminó', 'days it is kept after it ended') },
    ],
    async run(call, _args, options) {
      await call.services.issuer.retention.set(textOf(options, 'kind') as RetentionKind, Number(textOf(options, 'days')), call.by);
      return show(call);
    },
  },
  {
    group: 'retention', name: 'run', changes: true, summary: text('Borra ahora lo que pasó su plazo; la autoridad lo hace sola cada hora', 'Deletes now what is past its term; the authority does so by itself every hour'),
    async run({ services, by, language }) {
      const counts = await services.issuer.retention.run(by);
      return { output: counts, text: table(language === 'es' ? ['Clase', 'Borrados'] : ['Kind', 'Deleted'], Object.entries(counts)) };
    },
  },
];
