import { hash, parseOptions, verify } from '@node-rs/argon2';
import { expect, test } from 'vitest';
import { passwords } from './passwords.ts';

function counted() {
  const calls = { hash: 0, verify: 0 };
  const argon = {
    hash: ((...given: Parameters<typeof hash>) => (calls.hash++, hash(...given))) as typeof hash,
    verify: ((...given: Parameters<typeof verify>) => (calls.verify++, verify(...given))) as typeof verify,
  };
  return { calls, service: passwords(argon) };
}

test('S19: argon2id, 19 MiB, two passes or more, in the hash and in the decoy', async () => {
  const stored = await passwords().hash('correcto caballo');
  expect(stored).toMatch(/^\$argon2id\$v=19\$/);
  expect(parseOptions(stored)).toMatchObject({ memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 });
  const seen: string[] = [];
  await passwords({ hash, verify: ((given: string) => (seen.push(given), Promise.resolve(false))) as typeof verify }).verify(null, 'x');
  const { memoryCost, timeCost, parallelism, outputLen } = parseOptions(seen[0] ?? '');
  expect({ memoryCost, timeCost, parallelism, outputLen }).toEqual({ memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 });
});

test('S19: one verification whether right, wrong or nobody', async () => {
  const stored = await passwords().hash('correcto caballo');
  for (const [given, password, ok] of [[stored, 'correcto caballo', true], [stored, 'otro', false], [null, 'correcto caballo', false]] as const) {
    const { calls, service } = counted();
    expect(await service.verify(given, password)).toEqual({ ok, rehashed: null });
    expect(calls).toEqual({ hash: 0, verify: 1 });
  }
});

test('S19: a weaker hash is replaced at login, and only then', async () => {
  const weak = await hash('correcto caballo', { memoryCost: 8192, timeCost: 1 });
  const { rehashed } = await passwords().verify(weak, 'correcto caballo');
  expect(rehashed).not.toBeNull();
  expect(await passwords().verify(rehashed, 'correcto caballo')).toEqual({ ok: true, rehashed: null });
  expect(await passwords().verify(weak, 'otro')).toEqual({ ok: false, rehashed: null });
});

test('the same password from a keyboard that composes otherwise', async () => {
  const stored = await passwords().hash('contrase\u00f1a larga');
  expect(await passwords().verify(stored, 'contrasen\u0303a larga')).toMatchObject({ ok: true });
});
