import { createHash, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { fingerprintLists } from '../../shared/contract/fingerprint.ts';
import { unfitWords } from '../../shared/contract/unfit-words.ts';
import { fingerprintWords } from '../../shared/domain/fingerprint.ts';
import { drawFingerprintNonce, fitWords } from './fingerprint.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest();

test.each(['es', 'en'] as const)('%s: words that nobody should have to say are drawn again, and stand in no wrong row', (language) => {
  const list = fingerprintLists[language];
  for (const word of unfitWords[language]) expect(list, word).toContain(word);
  expect(fitWords(language)).toHaveLength(2048 - unfitWords[language].size);
  for (let round = 0; round < 500; round++) {
    const keys = { sessionJkt: randomBytes(32).toString('base64url'), approvalJkt: randomBytes(32).toString('base64url') };
    const words = fingerprintWords({ ...keys, nonce: drawFingerprintNonce((size) => randomBytes(size), keys, language) }, list, sha256);
    expect(words.filter((word) => unfitWords[language].has(word))).toEqual([]);
  }
});

test('a source that always gives the same ends all the same', () => {
  const keys = { sessionJkt: Buffer.alloc(32).toString('base64url'), approvalJkt: Buffer.alloc(32, 1).toString('base64url') };
  for (let byte = 0; byte < 64; byte++) expect(drawFingerprintNonce((size) => Buffer.alloc(size, byte), keys, 'es')).toMatch(/^[\w-]+$/);
});
