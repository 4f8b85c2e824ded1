import type { FingerprintWords } from '../../shared/domain/fingerprint.ts';
import { toBase64url } from '../../shared/domain/base64url.ts';
import { smsCodeLength, typedAlphabet, typedCodeLength } from '../../shared/domain/typed-code.ts';
import { randomBelow, shuffled, type Random } from './random.ts';

const typed = (random: Random, length: number): string => Array.from({ length }, () => typedAlphabet[randomBelow(random, 32)]).join('');

/** The two codes of one invitation, drawn apart: 112 bits for the link, 50 bits to be typed. */
export const newInvitationCodes = (random: Random): { code: string; typedCode: string } => ({ code: toBase64url(random(14)), typedCode: typed(random, typedCodeLength) });

/** Eight characters, 40 bits; five tries and ten minutes are what guards them. */
export const newSmsCode = (random: Random): string => typed(random, smsCodeLength);

/** Eight digits, as portals' fields for codes take them; one hour, one use and the lock of the code channel guard them. */
export const newTemporaryCode = (random: Random): string => Array.from({ length: 8 }, () => randomBelow(random, 10)).join('');

/** For one-time links (set a password): 168 bits. */
export const newLinkCode = (random: Random): string => toBase64url(random(21));

/** Nonces of bindings and fingerprints: 128 bits. */
export const newNonce = (random: Random): string => toBase64url(random(16));

/** UUID version 4 (RFC 9562 §5.4). */
export function newUuid(random: Random): string {
  const bytes = Uint8Array.from(random(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return Buffer.from(bytes).toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The device's words among two other triples, in random order: no word stands in two of them, so one word heard tells nothing less than all. */
export function drawTriples(right: FingerprintWords, list: readonly string[], random: Random): string[][] {
  const used = new Set<string>(right);
  const draw = (): string => {
    const word = list[randomBelow(random, list.length)] ?? '';
    if (used.has(word)) return draw();
    used.add(word);
    return word;
  };
  return shuffled(random, [[...right], [draw(), draw(), draw()], [draw(), draw(), draw()]]);
}
