export type SeedEncoding = 'hex' | 'base32';
const base32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 §6, upper or lower case, spaces and padding ignored; or hexadecimal. Null when it is neither. */
export function readSeed(content: string, encoding: SeedEncoding): Uint8Array | null {
  const compact = content.replace(/\s+/g, '');
  if (encoding === 'hex') return /^([0-9a-f]{2})+$/i.test(compact) ? new Uint8Array(Buffer.from(compact, 'hex')) : null;
  const letters = compact.toUpperCase().replace(/=+$/, '');
  if (!/^[A-Z2-7]+$/.test(letters)) return null;
  const bits = [...letters].map((letter) => base32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}
