import type { Language } from './answer.ts';
import type { IssuerViews } from '../services/issuer-views.ts';
import type { Services } from '../services/services.ts';

/** A sentence in both languages. */
export interface Text { readonly es: string; readonly en: string }
export const text = (es: string, en: string): Text => ({ es, en });

/** What a command works with: the services of a running authority, or of one opened for this command. */
export interface Tools {
  readonly services: Pick<Services, 'issuer' | 'audit' | 'outbox' | 'portals'>;
  readonly views: IssuerViews;
  /** The people of the sample company, in trial mode only. */
  readonly trial: { people(): Promise<readonly TrialPerson[]> } | null;
}

export interface TrialPerson {
  readonly userName: string; readonly name: string; readonly role: 'admin' | 'member'; readonly password: string | null; readonly note: string;
  readonly invitation: string | null; readonly bound: boolean;
}

export interface Call extends Tools {
  readonly by: { readonly operator: string; readonly reason: string };
  readonly language: Language;
  /** Content of the file named by an option, read by whoever called; null: none. */
  readonly input: string | null;
  /** Content of the file with the key or password that opens it; null: none. */
  readonly secret: string | null;
}

export interface Result {
  readonly output: unknown;
  readonly text: string;
  /** Default 0. */
  readonly exitCode?: number;
}

export type Options = Readonly<Record<string, string | boolean | undefined>>;

export interface OptionSpec { readonly flags: string; readonly summary: Text; readonly required?: boolean; readonly choices?: readonly string[]; readonly preset?: string }

/** One command as data; `program.ts` turns the list into commander's. */
interface CommandFacts {
  readonly group: string;
  readonly name: string;
  readonly summary: Text;
  /** In commander's notation, e.g. `<company> [count]`. */
  readonly args?: string;
  readonly options?: readonly OptionSpec[];
  /** Changes something: takes `--reason`, and both it and the operator go into the audit trail. */
  readonly changes: boolean;
}
export interface StoreCommand extends CommandFacts {
  readonly alone?: undefined;
  run(call: Call, args: readonly string[], options: Options): Promise<Result>;
}
/** Needs nothing but the file that it names: no store, no running authority, and nobody's name. */
export interface FileCommand extends CommandFacts {
  readonly alone: true;
  run(call: Pick<Call, 'language' | 'input'>, args: readonly string[], options: Options): Promise<Result>;
}
export type CommandSpec = StoreCommand | FileCommand;

/** An option's text, or undefined. */
export const textOf = (options: Options, name: string): string | undefined => {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
};
