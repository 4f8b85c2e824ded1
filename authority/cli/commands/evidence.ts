import { VinculoError } from '../../../shared/contract/errors.ts';
import { approvalId } from '../../../shared/contract/primitives.ts';
import { verifyEvidence, type EvidenceReport } from '../../services/evidence/verify.ts';
import { exitCodes, type Language } from '../answer.ts';
import { text, textOf, type CommandSpec, type FileCommand } from '../command.ts';
import { facts, time } from '../table.ts';

/** What each check that failed means, for whoever holds the file. */
const failures: Readonly<Record<NonNullable<EvidenceReport['failed']>, { readonly es: string; readonly en: string }>> = {
  form: { es: 'El archivo no tiene la forma de una evidencia, o está cortado.', en: 'The file has not the form of evidence, or was cut.' },
  seal: { es: 'El sello no corresponde al contenido: algo cambió después de exportarlo.', en: 'The seal does not fit the content: something was changed after the export.' },
  keys: { es: 'Las llaves no llevan a la llave conocida, o un relevo no es genuino.', en: 'The keys do not lead to the known key, or a hand-over is not genuine.' },
  request: { es: 'La solicitud no está firmada por la autoridad.', en: 'The request is not signed by the authority.' },
  binding: { es: 'La vinculación no está firmada por la autoridad, o no es de este token.', en: 'The binding is not signed by the authority, or not of this token.' },
  answer: { es: 'La respuesta no es de una llave de este dispositivo, o no es sobre esta solicitud.', en: 'The answer is not by a key of this device, or not about this request.' },
  entry: { es: 'La entrada de auditoría no es la de esta respuesta, o su punto de control no la cubre.', en: 'The audit entry is not the one of this answer, or its checkpoint does not cover it.' },
  time: { es: 'La respuesta no se dio mientras la solicitud estaba vigente.', en: 'The answer was not given while the request was open.' },
  activation: { es: 'La activación del dispositivo no se demuestra.', en: 'The activation of the device is not shown.' },
};
const worth = {
  signature: {
    es: 'Firma: solo la llave de aprobación del dispositivo, que abre el PIN de la persona, pudo aprobar esto. Ni el portal ni la autoridad pueden fabricarla.',
    en: "Signature: only the device's approval key, which the person's PIN opens, can have approved this. Neither the portal nor the authority can make it.",
  },
  mac: {
    es: 'MAC: una respuesta de 8 dígitos sin conexión. Demuestra que la dio quien tiene la semilla, que también conoce la autoridad; frente a la autoridad no prueba que fue la persona.',
    en: 'MAC: an 8-digit answer without network. It shows that it was given by who has the seed, which the authority knows as well; against the authority it does not prove that it was the person.',
  },
} as const;

function told({ failed, shows }: EvidenceReport, language: Language, known: string | undefined): string {
  if (shows === null) return `${language === 'es' ? 'NO VERIFICA' : 'DOES NOT VERIFY'}: ${failures[failed ?? 'form'][language]}\n`;
  const { request, keys } = shows;
  const es = language === 'es';
  const { details } = request;
  const about = details.type === 'transaction' ? `${details.payment.amount} ${details.payment.currency} → ${details.payment.payee} (${details.payment.account})${details.payment.reference === null ? '' : `, ${details.payment.reference}`}`
    : details.type === 'login' ? (details.message ?? request.portal?.name ?? '') : details.action;
  const pinned = known !== undefined ? (es ? 'la llave indicada lleva a ellas' : 'the given key leads to them') : (es ? 'compárelas con las que usted conoce, o use --key' : 'compare them with those you know, or use --key');
  return `${es ? 'VERIFICA' : 'VERIFIES'}\n${facts([
    [es ? 'Solicitud' : 'Request', `${request.kind} ${request.id}`], [es ? 'Pedida por' : 'Asked by', request.portal?.name ?? (es ? 'la autoridad' : 'the authority')], [es ? 'Sobre' : 'About', about],
    [es ? 'Respuesta' : 'Answer', shows.decision], [es ? 'Cuándo' : 'When', time(shows.decidedAt)], [es ? 'Token' : 'Token', request.serial], [es ? 'Persona (id)' : 'Person (id)', shows.userId], [es ? 'Dispositivo (id)' : 'Device (id)', shows.deviceId],
    [es ? 'Activado por' : 'Activated by', shows.activatedBy === 'admin' ? (es ? 'un administrador, con su firma' : 'an admin, with his signature') : (es ? 'el emisor' : 'the issuer')],
    [es ? 'Autoridad' : 'Authority', shows.authority], [es ? 'Llaves' : 'Keys', keys.join(', ')], ['', pinned], [es ? 'Exportada' : 'Exported', time(shows.sealedAt)],
  ])}${worth[shows.kind][language]}\n`;
}

const verify: FileCommand = {
  group: 'evidence', name: 'verify', args: '<file>', changes: false, alone: true,
  summary: text('Comprueba una evidencia solo con llaves públicas: sin base de datos y sin autoridad; - lee la entrada estándar', 'Checks evidence with public keys only: no database, no authority; - reads standard input'),
  options: [{ flags: '--key <thumbprint>', summary: text('huella de una llave de la autoridad que usted ya conoce', "thumbprint of a key of the authority's that you know already") }],
  run({ input, language }, _args, options) {
    const known = textOf(options, 'key');
    const report = verifyEvidence(input ?? '', known);
    return Promise.resolve({ exitCode: report.ok ? exitCodes.done : exitCodes.refused, output: { ...report, worth: report.shows === null ? null : worth[report.shows.kind][language] }, text: told(report, language, known) });
  },
};

export const evidenceCommands: readonly CommandSpec[] = [
  {
    group: 'evidence', name: 'export', args: '<approval>', changes: false, summary: text('La evidencia de una respuesta, para guardarla en un archivo', 'The evidence of an answer, to keep in a file'),
    options: [{ flags: '--out <file>', summary: text('archivo en que se guarda; sin él se muestra', 'file to keep it in; without it, it is printed') }],
    async run({ services }, [id = '']) {
      const parsed = approvalId.safeParse(id);
      if (!parsed.success) throw new VinculoError('APPROVAL_UNKNOWN');
      const bundle = await services.issuer.evidence(parsed.data);
      return { output: bundle, text: `${JSON.stringify(bundle)}\n` };
    },
  },
  verify,
];
