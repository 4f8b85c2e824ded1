import { describe, expect, it } from 'vitest';
import { checkFile } from './import-boundaries.ts';

const reasons = (file: string, text: string): string[] => checkFile(file, text).map(({ reason }) => reason);

describe('the import rule', () => {
  it.each([
    ['renderer/features/token/TokenScreen.tsx', `import { useToken } from '../../api/token.ts'; import { Card } from '../../ui/Card.tsx';`],
    ['renderer/features/token/TokenScreen.tsx', `import { CodeRing } from './CodeRing.tsx'; import { useState } from 'react';`],
    ['electron/main/services/bind.ts', `import type { Keychain } from '../vault/keychain.ts'; import { tokenStates } from '../../../shared/domain/token-states.ts';`],
    ['electron/main/main.ts', `import { createVault } from './vault/keychain.ts';`],
    ['electron/shell/chromium/main.ts', `import { startDesktop } from '../../main/main.ts';`],
    ['authority/main.ts', `import { openPostgres } from './store/postgres/postgres-store.ts';`],
    ['authority/services/approve.test.ts', `import { openSqlite } from '../store/sqlite/sqlite-store.ts';`],
  ])('allows %s: %s', (file, text) => expect(reasons(file, text)).toEqual([]));

  it.each([
    ['shared/domain/pin.ts', `import { z } from 'zod';`, 'shared/domain may not import the package zod'],
    ['shared/domain/pin.ts', `import { randomBytes } from 'node:crypto';`, "shared/domain may not import Node's crypto"],
    ['renderer/features/token/x.ts', `import { Row } from '../admin-tokens/Row.tsx';`, 'renderer/features/* may not import renderer/features/admin-tokens/Row.tsx'],
    ['renderer/ui/Card.tsx', `import { useToken } from '../api/token.ts';`, 'renderer/ui may not import renderer/api/token.ts'],
    ['renderer/app/main.tsx', `export { x } from '../../electron/main/main.ts';`, 'renderer/app may not import electron/main/main.ts'],
    ['electron/main/services/bind.ts', `import { openKeychain } from '../vault/keychain.ts';`, 'electron/main/services may import types only from electron/main/vault/keychain.ts'],
    ['electron/main/services/bind.ts', `const { app } = await import('electron');`, 'electron/main/services may not import the package electron'],
    ['electron/main/services/bind.ts', `type App = import('electron').App;`, 'electron/main/services may not import the package electron'],
    ['electron/shell/electron/windows.ts', `import { startDesktop } from '../../main/main.ts';`, 'electron/shell/electron may not import electron/main/main.ts'],
    ['authority/services/approve.ts', `import { openSqlite } from '../store/sqlite/sqlite-store.ts';`, 'authority/services may not import authority/store/sqlite/sqlite-store.ts'],
    ['authority/http/server.ts', `import type { Store } from '../store/store.ts';`, 'authority/http may not import authority/store/store.ts'],
    ['authority/services/approve.ts', `export * from 'fastify';`, 'authority/services may not import the package fastify'],
    ['electron/main/settings.ts', `import { openKeychain } from './vault/keychain.ts';`, 'electron/main may import types only from electron/main/vault/keychain.ts'],
    ['renderer/api/bridge.ts', `await import(name);`, 'the module to load is not written as a literal'],
    ['elsewhere/x.ts', `import './y.ts';`, 'no rule covers this folder'],
  ])('finds %s: %s', (file, text, reason) => expect(reasons(file, text)).toEqual([reason]));

  it('names the line', () => {
    expect(checkFile('renderer/ui/a.ts', `// first\nimport 'react';\nimport 'fs-extra';\n`)).toMatchObject([{ line: 3, imported: 'fs-extra' }]);
  });
});
