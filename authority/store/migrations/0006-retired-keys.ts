import type { Migration } from './migration.ts';

/** A signing key that has handed over, or is revoked, signs nothing any more: its private half goes, the public one stays for what it signed. */
export const retiredKeys: Migration = {
  name: '0006-retired-keys',
  statements: (_types, database) => [`update "authorityKeys" set "privateKey" = ${database === 'sqlite' ? `x''` : `''::bytea`} where "retiredAt" is not null`],
};
