import { createHash, createHmac, hkdfSync } from 'node:crypto';

/** HMAC-SHA-256, eight digits, a challenge of up to 64 hexadecimal digits (RFC 6287 §6). */
const suite = 'OCRA-1:HOTP-SHA256-8:QH64';
const digits = 8;
/** RFC 6287 §5.1: a challenge takes 128 bytes, filled up with zeros on the right. */
const challengeLength = 128;

/**
 * The eight digits that answer a request which was scanned without network.
 * @param seed raw bytes; the key is HKDF-SHA256 of it (RFC 5869, no salt, 32 bytes), so that an answer says nothing about codes
 * @param request compact JWS, exactly as it was scanned: its SHA-256 is the challenge
 */
export function ocraAnswer(seed: Buffer, request: string): string {
  const key = Buffer.from(hkdfSync('sha256', seed, Buffer.alloc(0), 'vinculo/ocra', 32));
  try {
    const challenge = Buffer.alloc(challengeLength);
    createHash('sha256').update(request).digest().copy(challenge);
    return truncated(createHmac('sha256', key).update(`${suite}\0`).update(challenge).digest());
  } finally {
    key.fill(0);
  }
}

/** Dynamic truncation (RFC 4226 §5.3), from the last byte of the MAC. */
function truncated(mac: Buffer): string {
  const offset = mac.readUInt8(mac.length - 1) & 0xf;
  const value = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(value % 10 ** digits).padStart(digits, '0');
}
