import pg from 'pg';
import { expect, it } from 'vitest';
import { databaseUrl, startPostgres } from './postgres.ts';

it('starts a PostgreSQL with an address that pg understands, and stops it', { timeout: 60_000 }, async () => {
  const server = await startPostgres();
  const client = new pg.Client({ connectionString: databaseUrl(server.socketFolder, 'postgres') });
  await client.connect();
  const { rows } = await client.query<{ fsync: string }>('SHOW fsync');
  expect(rows).toEqual([{ fsync: 'on' }]);
  await client.end();
  await server.stop();
  expect(() => process.kill(server.pid, 0)).toThrow('ESRCH');
});
