import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { becomeOnlyInstance } from './single-instance.ts';

let folder = '';
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'vinculo-instance-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('hands the arguments of a second start to the first', async () => {
  const received: (readonly string[])[] = [];
  const socketPath = join(folder, 'instance.sock');
  const first = await becomeOnlyInstance({ socketPath, arguments: [], onSecondInstance: (arguments_) => received.push(arguments_) });
  expect(first).not.toBeNull();
  const second = await becomeOnlyInstance({ socketPath, arguments: ['vinculo:x'], onSecondInstance: () => undefined });
  expect(second).toBeNull();
  await expect.poll(() => received).toEqual([['vinculo:x']]);
  first?.release();
  await expect.poll(() => existsSync(socketPath)).toBe(false);
});

it('takes over what a killed process left', async () => {
  const socketPath = join(folder, 'instance.sock');
  const program = `require('node:net').createServer().listen(${JSON.stringify(socketPath)}, () => process.kill(process.pid, 'SIGKILL'))`;
  const dead = spawn(process.execPath, ['-e', program]);
  await new Promise((resolve) => dead.once('exit', resolve));
  expect(existsSync(socketPath)).toBe(true);
  const instance = await becomeOnlyInstance({ socketPath, arguments: [], onSecondInstance: () => undefined });
  expect(instance).not.toBeNull();
  instance?.release();
});
