import { VinculoError } from '../../../shared/contract/errors.ts';
import type { HardwareTokenId } from '../../../shared/domain/ids.ts';
import { newUuid } from '../../crypto/codes.ts';
import type { Company, HardwareToken } from '../../store/entities.ts';
import type { Transaction } from '../../store/store.ts';
import { auditOf } from '../caller.ts';
import type { ServiceContext } from '../context.ts';
import { readHardwareCsv } from '../hardware/csv.ts';
import type { HardwareEntry, ImportProblem, ReadFile } from '../hardware/entries.ts';
import { readPskc } from '../hardware/pskc.ts';
import type { FileSecret } from '../hardware/pskc-encryption.ts';
import type { SeedEncoding } from '../hardware/seed-text.ts';
import { hardwareIdentity } from '../sealed-identity.ts';
import { tellAdmins } from '../tell.ts';
import { issuerActing, requireCompany, type Operator } from './operator.ts';

export interface HardwareFile {
  readonly company: string;
  readonly format: 'pskc' | 'csv';
  readonly text: string;
  /** PSKC: opens what is encrypted. */
  readonly secret: FileSecret;
  /** CSV: how the seeds are written; null: as all of them can be read. */
  readonly encoding: SeedEncoding | null;
}
/** `problems`: then nothing was imported. */
export interface ImportResult { readonly imported: readonly HardwareToken[]; readonly problems: readonly ImportProblem[]; readonly skipped: readonly ImportProblem[] }

/** Sealed for its row, switched on; the seed in clear ends here. */
export function hardwareRowOf({ sealer, random }: Pick<ServiceContext, 'sealer' | 'random'>, company: Company, entry: HardwareEntry): HardwareToken {
  const id = newUuid(random) as HardwareTokenId;
  return {
    id, companyId: company.id, userId: null, serial: entry.serial, type: entry.type, algorithm: entry.algorithm, digits: entry.digits, period: entry.period,
    sealed: sealer.seal(hardwareIdentity({ id }), entry.seed), state: 'on', counter: entry.type === 'hotp' ? entry.counter : null, drift: entry.drift,
  };
}

/**
 * Every token of a file, or none and a reason for each that stands in the way (S26).
 * @throws VinculoError NOT_FOUND for the company
 */
export async function importHardware(context: ServiceContext, file: HardwareFile, by: Operator): Promise<ImportResult> {
  const { store, audit } = context;
  const company = await requireCompany(store.read, file.company);
  const read = file.format === 'pskc' ? await readPskc(file.text, file.secret, await store.now()) : readHardwareCsv(file.text, file.encoding);
  const nothing = (problems: readonly ImportProblem[]): ImportResult => ({ imported: [], problems, skipped: read.skipped });
  const found = [...read.problems, ...repeated(read)];
  if (found.length > 0) return nothing(found);
  if (read.entries.length === 0) return nothing([{ row: '', reason: 'noKeys' }]);
  try {
    return await store.transaction(async (tx) => {
      const imported = await addAll(context, tx, company, read.entries);
      for (const { serial, type } of imported) await audit.record(tx, { companyId: company.id, event: 'hardware.add', ...auditOf(issuerActing(by)), detail: { hardware: serial, type, from: file.format } });
      await tellAdmins(tx, company.id, { type: 'users.changed' });
      return { imported, problems: [], skipped: read.skipped };
    });
  } catch (error) {
    if (!(error instanceof InUse)) throw error;
    return nothing(error.problems);
  }
}

/** The same serial in two places of the file. */
function repeated({ entries }: ReadFile): ImportProblem[] {
  const seen = new Set<string>();
  return entries.flatMap(({ serial }) => { const twice = seen.has(serial); seen.add(serial); return twice ? [{ row: serial, reason: 'serialTwice' as const }] : []; });
}

/** Ends the transaction, so that those before it are not kept either. */
class InUse extends Error {
  override readonly name = 'InUse';
  readonly problems: readonly ImportProblem[];
  constructor(problems: readonly ImportProblem[]) {
    super('serials in use');
    this.problems = problems;
  }
}

async function addAll(context: ServiceContext, tx: Transaction, company: Company, entries: readonly HardwareEntry[]): Promise<HardwareToken[]> {
  await tx.lockCompany(company.id);
  const imported: HardwareToken[] = [];
  const inUse: ImportProblem[] = [];
  for (const entry of entries) {
    const row = hardwareRowOf(context, company, entry);
    if (await tx.addHardwareToken(row)) imported.push(row);
    else inUse.push({ row: entry.serial, reason: 'serialInUse' });
  }
  if (inUse.length > 0) throw new InUse(inUse);
  return imported;
}

/** @throws VinculoError IMPORT_REFUSED with a sentence for each problem */
export function requireImported(result: ImportResult, sentence: (problem: ImportProblem) => string): readonly HardwareToken[] {
  if (result.problems.length > 0) throw new VinculoError('IMPORT_REFUSED', { rows: result.problems.map(sentence) });
  return result.imported;
}
