import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { fingerprintLists } from '../../shared/contract/fingerprint.ts';
import { invitationCodeLength } from '../../shared/domain/invitation-link.ts';
import { parseTyped } from '../../shared/domain/typed-code.ts';
import { drawTriples, newInvitationCodes, newLinkCode, newNonce, newSmsCode, newUuid } from './codes.ts';
import { equalSecrets } from './hash.ts';
import { randomBelow, shuffled } from './random.ts';

const random = (n: number) => new Uint8Array(randomBytes(n));

test('S13: invitation codes: 112 bits for the link, ten unmistakable characters to type, drawn apart', () => {
  const asked: number[] = [];
  const { code, typedCode } = newInvitationCodes((n) => (asked.push(n), random(n)));
  expect(code).toHaveLength(invitationCodeLength);
  expect(asked[0]).toBe(14);
  expect(parseTyped(typedCode, 10)).toBe(typedCode);
  expect(parseTyped(newSmsCode(random), 8)).not.toBeNull();
  expect([newLinkCode(random).length, newNonce(random).length]).toEqual([28, 22]);
  expect(z.uuidv4().safeParse(newUuid(random)).success).toBe(true);
});

test('random integers: each one is reached, and draws that would favour some are thrown away', () => {
  const seen = new Set(Array.from({ length: 500 }, () => randomBelow(random, 7)));
  expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  const draws = [Uint8Array.of(255, 255, 255), Uint8Array.of(0, 0, 9)];
  expect(randomBelow(() => draws.shift() ?? new Uint8Array(3), 10)).toBe(9);
  expect(draws).toHaveLength(0);
  for (const bad of [0, 1.5, 2 ** 25]) expect(() => randomBelow(random, bad)).toThrow(RangeError);
  expect(shuffled(random, [1, 2, 3, 4]).sort()).toEqual([1, 2, 3, 4]);
});

test('S13: the right triple is one of three, its place is random, and no word stands in two', () => {
  const right = ['abaco', 'zurdo', 'nube'] as const;
  const places = new Set<number>();
  for (let n = 0; n < 60; n++) {
    const triples = drawTriples(right, fingerprintLists.es, random);
    expect(new Set(triples.flat()).size).toBe(9);
    places.add(triples.findIndex((triple) => triple.join() === right.join()));
  }
  expect([...places].sort()).toEqual([0, 1, 2]);
});

test('secrets are equal only when they are the same', () => {
  expect([equalSecrets('a', 'a'), equalSecrets('a', 'b'), equalSecrets('a', 'ab'), equalSecrets('', '')]).toEqual([true, false, false, true]);
});
