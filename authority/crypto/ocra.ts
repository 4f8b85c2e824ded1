import { createHash, createHmac, hkdfSync } from 'node:crypto';

const suite = 'OCRA-1:HOTP-SHA256-8:QH64';

/**
 * The eight digits that answer a request without network (RFC 6287, suite `OCRA-1:HOTP-SHA256-8:QH64`). Its key is
 * HKDF-SHA256 of the seed (RFC 5869, no salt, 32 bytes), so that an answer says nothing about codes.
 * @param seed raw bytes @param request compact JWS, its exact characters: their SHA-256 is the challenge
 */
export function ocraAnswer(seed: Uint8Array, request: string): string {
  const key = Buffer.from(hkdfSync('sha256', seed, new Uint8Array(0), 'vinculo/ocra', 32));
  // §5.1: the challenge takes 128 bytes, filled up with zeros on the right.
  const challenge = Buffer.concat([createHash('sha256').update(request, 'utf8').digest()], 128);
  const mac = createHmac('sha256', key).update(`${suite}\0`, 'ascii').update(challenge).digest();
  const offset = (mac.at(-1) ?? 0) & 0xf;
  return String((mac.readUInt32BE(offset) & 0x7fff_ffff) % 10 ** 8).padStart(8, '0');
}
