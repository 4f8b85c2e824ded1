import { describe, expect, test } from 'vitest';
import { passwordWeakness } from './password.ts';

describe('which passwords may be set', () => {
  test.each([
    ['corta', 'too_short'], ['ñññññññññññ', 'too_short'], ['x'.repeat(300), 'too_long'],
    ['aaaaaaaaaaaa', 'well_known'], ['password1234', 'well_known'], ['Contraseña123', 'well_known'], ['123456789012', 'well_known'], ['soy-lrojas-2026', 'well_known'],
    ['correcto caballo', null], ['vinculo con mi empresa', null], ['🌊ola de marzo', null],
  ] as const)('%s: %s', (password, weakness) => expect(passwordWeakness(password, 'LRojas')).toBe(weakness));
});
