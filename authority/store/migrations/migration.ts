
/** Names of column types, which the databases spell differently. Text compares byte by byte in both, so both sort alike. */
export interface ColumnTypes { readonly text: string; readonly integer: string; readonly bytes: string; readonly serial: string }

export interface Migration {
  readonly name: string;
  /** Statements in order. Frozen: a published migration is never edited, and imports nothing that may change. */
  statements(types: ColumnTypes, database: 'sqlite' | 'postgres'): readonly string[];
}

