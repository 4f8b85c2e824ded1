import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { isRunning, listeningAddresses, processTree } from './processes.ts';

it('S25 the check finds a listening socket when there is one', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  expect(listeningAddresses(processTree(process.pid))).toContain(`127.0.0.1:${port}`);
  await new Promise((resolve) => server.close(resolve));
  expect(listeningAddresses(processTree(process.pid))).not.toContain(`127.0.0.1:${port}`);
});

it('tells running processes from others', () => {
  expect(isRunning(process.pid)).toBe(true);
  expect(isRunning(2 ** 22 - 1)).toBe(false);
});
