import { VinculoError } from '../../../shared/contract/errors.ts';
import { exitCodes } from '../answer.ts';
import { text, textOf, type CommandSpec } from '../command.ts';
import { table, time } from '../table.ts';

/** There is no gateway for it: it was left here to be read. */
const isHeld = (message: { readonly tries: number; readonly sentAt: number | null; readonly nextTryAt: number | null; readonly failedAt: number | null }): boolean =>
  message.tries > 0 && message.sentAt === null && message.nextTryAt === null && message.failedAt === null;

const outbox: CommandSpec = {
  group: 'outbox', name: 'list', changes: false, summary: text('Los mensajes más recientes; con su texto los que no tienen quién los lleve', 'The latest messages; with their text those nobody delivers'),
  options: [{ flags: '--limit <messages>', preset: '100', summary: text('cuántos', 'how many') }],
  async run({ services, trial }, _args, options) {
    const messages = (await services.outbox.latest(Math.min(Math.max(1, Math.trunc(Number(textOf(options, 'limit'))) || 100), 1000))).map((message) => ({
      id: message.id, at: message.createdAt, channel: message.channel, to: message.to, person: message.person, subject: message.subject,
      // A message holds invitation codes: where a gateway delivers them, nobody else has to read them.
      text: trial !== null || isHeld(message) ? (message.text ?? '') : '', sentAt: message.sentAt, tries: message.tries, failedAt: message.failedAt,
    }));
    const heading = ['Fecha', 'Canal', 'Para', 'Persona', 'Enviado', 'Intentos'];
    const said = table(heading, messages.map((message) => [time(message.at), message.channel, message.to, message.person, time(message.sentAt), message.tries]));
    const texts = messages.filter((message) => message.text !== '').map((message) => `\n${message.to}\n${message.text}\n`);
    return { output: messages, text: `${said}${texts.join('')}` };
  },
};

const auditList: CommandSpec = {
  group: 'audit', name: 'list', args: '<chain>', changes: false, summary: text('El registro de una empresa, o de la autoridad (authority), del más nuevo al más viejo', "A company's trail, or the authority's (authority), newest first"),
  options: [
    { flags: '--size <entries>', preset: '25', summary: text('cuántas entradas', 'how many entries') },
    { flags: '--before <sequence>', summary: text('solo anteriores a esa', 'only before that one') },
    { flags: '--event <event>', summary: text('solo ese suceso', 'only that event') },
    { flags: '--search <text>', summary: text('suceso, serie o persona', 'event, serial or person') },
  ],
  async run({ services, views }, [chain = ''], options) {
    const before = textOf(options, 'before');
    const query = { chain: await views.chainOf(chain), size: Math.min(Math.max(1, Number(textOf(options, 'size')) || 25), 500), event: textOf(options, 'event'), search: textOf(options, 'search'), before: before === undefined ? undefined : Number(before) };
    const page = await services.audit.list(query);
    return {
      output: page,
      text: table(['N.º', 'Fecha', 'Suceso', 'Quién', 'Sobre', 'Resultado', 'Motivo'], page.entries.map((entry) => [
        entry.sequence, time(entry.at), entry.event, `${entry.actor.kind} ${entry.actor.name}`.trim(), [entry.subject.serial, entry.subject.name].filter(Boolean).join(' '), entry.result, String(entry.detail['reason'] ?? ''),
      ])),
    };
  },
};

const auditVerify: CommandSpec = {
  group: 'audit', name: 'verify', args: '[chain]', changes: false, summary: text('Comprueba una cadena, o todas; dice en qué entrada falla', 'Checks one chain, or all; says at which entry it fails'),
  async run({ services, views }, [chain]) {
    const chains = chain === undefined ? await views.chains() : [{ chain: await views.chainOf(chain), name: chain }];
    const results = [];
    for (const each of chains) results.push({ ...each, ...(await services.audit.verify(each.chain)) });
    return {
      exitCode: results.every(({ ok }) => ok) ? exitCodes.done : exitCodes.refused,
      output: results,
      text: table(['Cadena', 'Íntegra', 'Entradas', 'Anclada hasta', 'Sin anclar', 'Primera dañada', 'Daño'], results.map((result) => [result.name, result.ok ? 'sí' : 'NO', result.entries, result.anchoredUpTo, result.notAnchored, result.firstBad, result.damage])),
    };
  },
};

const keys: readonly CommandSpec[] = [
  {
    group: 'keys', name: 'list', changes: false, summary: text('Las llaves y su estado', 'The keys and their state'),
    async run({ services }) {
      const [signing, { master, data }] = [await services.issuer.keys.list(), services.issuer.keys.atRest()];
      const uses = { present: 'en uso', next: 'siguiente', former: 'anterior' };
      return {
        output: { signing, master, data },
        text: [
          table(['Huella', 'Creada', 'Relevada', 'Revocada'], signing.map((key) => [key.thumbprint, time(key.createdAt), time(key.retiredAt), time(key.revokedAt)])),
          table(['Llave maestra', 'Uso'], master.map(({ id, use }) => [id, uses[use]])),
          table(['Llave de datos', 'Sella desde'], data.map(({ id, sealsFrom }) => [id, sealsFrom === 0 ? null : time(sealsFrom)])),
        ].join('\n'),
      };
    },
  },
  {
    group: 'keys', name: 'rotate', changes: true, summary: text('Firma con una llave nueva; los dispositivos siguen el relevo firmado', 'Signs with a new key; devices follow the signed hand-over'),
    async run({ services, by }) {
      const rotated = await services.issuer.keys.rotate(by);
      return { output: rotated, text: `${rotated.from} → ${rotated.to}\n` };
    },
  },
  {
    group: 'keys', name: 'master', args: '<step>', changes: true, summary: text('Cambia la llave maestra: rotate con la nueva al lado de la actual; finish cuando la nueva es la única', 'Replaces the master key: rotate with the new one beside the present one; finish once the new one is the only one'),
    async run({ services, by }, [step]) {
      if (step !== 'rotate' && step !== 'finish') throw new VinculoError('INPUT_INVALID', { field: 'step' });
      const { master } = await services.issuer.keys.rotateMaster(step, by);
      return { output: { master }, text: `${master.map(({ id }) => id).join(', ')}\n` };
    },
  },
  {
    group: 'keys', name: 'data', args: '<step>', changes: true, summary: text('rotate: una llave de datos nueva; la autoridad vuelve a sellar por tandas lo que hay', 'rotate: a new data key; the authority seals anew in batches what is there'),
    async run({ services, by }, [step]) {
      if (step !== 'rotate') throw new VinculoError('INPUT_INVALID', { field: 'step' });
      const made = await services.issuer.keys.rotateData(by);
      return { output: made, text: `${made.id}: ${time(made.sealsFrom)}\n` };
    },
  },
  {
    group: 'keys', name: 'revoke', args: '<thumbprint>', changes: true, summary: text('Retira la confianza a una llave; quien la fijó debe vincularse otra vez', 'No longer trusts a key; whoever pinned it has to bind again'),
    async run({ services, by }, [thumbprint = '']) {
      await services.issuer.keys.revoke(thumbprint, by);
      return { output: { revoked: thumbprint }, text: `${thumbprint}: revocada\n` };
    },
  },
];

const oidcKeys: readonly CommandSpec[] = [
  {
    group: 'keys', name: 'oidc-list', changes: false, summary: text('Las llaves que firman los tokens de identidad (OpenID Connect)', 'The keys that sign ID tokens (OpenID Connect)'),
    async run({ services }) {
      const found = await services.issuer.keys.listOidc();
      return { output: found, text: table(['Llave', 'Creada', 'Relevada'], found.map((key) => [key.kid, time(key.createdAt), time(key.retiredAt)])) };
    },
  },
  {
    group: 'keys', name: 'oidc-rotate', changes: true, summary: text('Firma los tokens de identidad con una llave nueva; la anterior sigue publicada un día', 'Signs ID tokens with a new key; the one before stays published for a day'),
    options: [{ flags: '--revoke', summary: text('deja de publicar las anteriores: lo que firmaron ya no se puede verificar', 'stops publishing the ones before: what they signed no longer verifies') }],
    async run({ services, by }, _args, options) {
      const rotated = await services.issuer.keys.rotateOidc(options['revoke'] === true, by);
      return { output: rotated, text: `${rotated.from ?? '—'} → ${rotated.to}\n` };
    },
  },
];

const trialPeople: CommandSpec = {
  group: 'trial', name: 'people', changes: false, summary: text('Las personas de la empresa de muestra y cómo entrar como cada una', 'The people of the sample company and how to be each of them'),
  async run({ trial }) {
    if (trial === null) throw new VinculoError('NOT_FOUND');
    const people = await trial.people();
    return { output: people, text: table(['Usuario', 'Nombre', 'Rol', 'Contraseña', 'Nota'], people.map((person) => [person.userName, person.name, person.role, person.password, person.note])) };
  },
};

export const operationCommands: readonly CommandSpec[] = [outbox, auditList, auditVerify, ...keys, ...oidcKeys, trialPeople];
