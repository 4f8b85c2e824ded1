/**
 * Who may import whom: the table of the architecture as data. A file belongs to the rule with the longest matching
 * `path`; `*` stands for one folder. Every file may import from its own folder. Tests may import everything.
 */
export interface ImportRule {
  /** A folder, or a file (then the rule is that file's own). */
  readonly path: string;
  /** Folders and files of the repository it may import. */
  readonly sources: readonly string[];
  /** Those of which it may import types only: it knows the interface, `main.ts` names the implementation. */
  readonly types?: readonly string[];
  /** Packages, by name or scope (`@orpc/*`). */
  readonly packages: readonly string[];
  /** Node's own modules: all, none, or these. */
  readonly node: boolean | readonly string[];
}

const CONTRACT = ['@orpc/contract', 'zod', '@scure/bip39']; // of the last, the word lists: data
/** The port: its methods and the rows they speak of. */
const STORE_PORT = ['authority/store/store.ts', 'authority/store/entities.ts'];
const ORPC = ['@orpc/*', 'zod'];
const REACT = ['react', 'react-dom', 'react-i18next', 'i18next', '@mantine/*', '@tabler/icons-react'];

export const IMPORT_TABLE: readonly ImportRule[] = [
  { path: 'shared/domain', sources: [], packages: [], node: false },
  { path: 'shared/contract', sources: ['shared/domain'], packages: CONTRACT, node: false },

  { path: 'renderer/ui', sources: ['shared/domain'], packages: [...REACT, 'mantine-datatable'], node: false },
  { path: 'renderer/api', sources: ['shared'], packages: ['react', 'react-i18next', '@tanstack/react-query', ...ORPC], node: false },
  // The QR decoder, of which no other screen is a user.
  { path: 'renderer/features/scan', sources: ['renderer/api', 'renderer/ui', 'shared'], packages: [...REACT, '@tanstack/react-query', 'wouter', 'html5-qrcode', 'zxing-wasm'], node: false },
  { path: 'renderer/features/*', sources: ['renderer/api', 'renderer/ui', 'shared'], packages: [...REACT, 'mantine-datatable', '@tanstack/react-query', 'wouter'], node: false },
  { path: 'renderer/app', sources: ['renderer', 'shared'], packages: [...REACT, 'mantine-datatable', '@tanstack/react-query', 'wouter', 'inter-ui'], node: false },

  { path: 'electron/preload', sources: [], types: ['shared/contract'], packages: ['electron'], node: false },
  { path: 'electron/shell/shell.ts', sources: [], packages: [], node: false },
  { path: 'electron/shell/common', sources: ['electron/shell/shell.ts'], packages: [], node: true },
  // The preload's channel names are the other end of the adapter's own wire.
  { path: 'electron/shell/electron', sources: ['electron/shell/shell.ts', 'electron/shell/common', 'electron/preload/channels.ts'], packages: ['electron'], node: true },
  { path: 'electron/shell/chromium', sources: ['electron/shell/shell.ts', 'electron/shell/common'], packages: ['playwright'], node: true },
  { path: 'electron/shell/electron/main.ts', sources: ['electron/shell', 'electron/main/main.ts'], packages: ['electron'], node: true },
  { path: 'electron/shell/chromium/main.ts', sources: ['electron/shell', 'electron/main/main.ts'], packages: [], node: true },

  { path: 'electron/main', sources: ['shared'], types: ['electron/shell/shell.ts', 'electron/main'], packages: ['zod', 'electron-store', 'pino'], node: true },
  { path: 'electron/main/services', sources: ['shared', 'electron/main/accounts'], types: ['electron/shell/shell.ts', 'electron/main/runtime.ts', 'electron/main/vault', 'electron/main/authority-client'], packages: ['otplib', 'zod'], node: true },
  { path: 'electron/main/accounts', sources: ['shared', 'electron/main/services'], types: ['electron/shell/shell.ts', 'electron/main/runtime.ts', 'electron/main/vault', 'electron/main/authority-client'], packages: ['otplib', 'zod'], node: true },
  { path: 'electron/main/ipc', sources: ['shared', 'electron/main/services', 'electron/main/accounts'], types: ['electron/shell/shell.ts', 'electron/main/runtime.ts'], packages: ORPC, node: true },
  { path: 'electron/main/vault', sources: ['shared'], types: ['electron/main/runtime.ts'], packages: ['keytar', '@node-rs/argon2', 'jose', 'otplib', 'zod'], node: true },
  { path: 'electron/main/authority-client', sources: ['shared'], types: ['electron/main/runtime.ts', 'electron/main/vault'], packages: [...ORPC, 'jose', 'ws', 'zod'], node: true },
  { path: 'electron/main/main.ts', sources: ['shared', 'electron/main', 'package.json'], types: ['electron/shell/shell.ts'], packages: ['electron-store', 'conf', 'keytar'], node: true },

  { path: 'authority/http', sources: ['shared', 'authority/services'], packages: ['fastify', '@fastify/*', 'ws', 'jose', 'pino', 'qrcode', 'oidc-provider', ...ORPC], node: true },
  { path: 'authority/cli', sources: ['shared', 'authority/services'], packages: ['commander', ...ORPC], node: true },
  { path: 'authority/services', sources: ['shared', ...STORE_PORT, 'authority/crypto', 'authority/services/hardware'], packages: ['zod'], node: true },
  // Files of tokens: XML that declares nothing and fetches nothing.
  { path: 'authority/services/hardware', sources: ['shared', ...STORE_PORT, 'authority/crypto', 'authority/services'], packages: ['saxes'], node: ['crypto', 'util', 'buffer'] },
  { path: 'authority/crypto', sources: ['shared/domain'], packages: ['@node-rs/argon2', '@scure/bip39', 'jose', 'otplib'], node: ['crypto', 'util', 'buffer'] },
  { path: 'authority/notify', sources: ['shared/domain', 'authority/crypto'], types: ['authority/services/context.ts'], packages: ['nodemailer'], node: true },
  { path: 'authority/store', sources: ['shared/domain', 'shared/contract/errors.ts'], packages: ['kysely'], node: true },
  { path: 'authority/store/sqlite', sources: ['shared/domain', 'shared/contract/errors.ts', 'authority/store'], packages: ['kysely'], node: true },
  { path: 'authority/store/postgres', sources: ['shared/domain', 'shared/contract/errors.ts', 'authority/store'], packages: ['kysely', 'pg'], node: true },
  { path: 'authority', sources: ['shared', 'authority', 'package.json'], packages: ['zod', 'pino'], node: true },
  { path: 'authority/main.ts', sources: ['shared', 'authority'], packages: ['pino', 'zod'], node: true },
  { path: 'authority/cli/main.ts', sources: ['shared', 'authority'], packages: ['commander', 'pino', ...ORPC], node: true },

  { path: 'examples/portal', sources: [], packages: ['*'], node: true },
  { path: 'build', sources: [], types: ['electron/shell/shell.ts'], packages: ['*'], node: true },
  { path: 'test', sources: ['*'], packages: ['*'], node: true },
];
