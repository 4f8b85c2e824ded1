import { describe, expect, it } from 'vitest';
import { describeError, errorCodes, errorData, errorTexts } from './errors.ts';

describe('errors', () => {
  it.each(errorCodes)('%s says what happened, what was not changed and what to do, in both languages', (code) => {
    for (const language of ['es', 'en'] as const) {
      const { happened, unchanged, todo } = errorTexts[code][language];
      for (const sentence of [happened, unchanged, todo]) {
        expect(sentence).toMatch(/^[A-ZÁÉÍÓÚÑÜ].*\.$/u);
        expect(sentence).not.toMatch(/por favor|please|¡|!/i);
      }
    }
  });

  it.each(errorCodes)('%s fills only values that an error can carry, the same in both languages', (code) => {
    const values = (language: 'es' | 'en') => Object.values(errorTexts[code][language]).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1])).sort();
    expect(values('es')).toEqual(values('en'));
    for (const value of values('es')) expect(Object.keys(errorData.shape)).toContain(value);
  });

  it('fills the values in', () => {
    expect(describeError('POOL_EXHAUSTED', 'es', { requested: 3, available: 1 }).happened).toBe('Eligió 3 usuarios y quedan 1 tokens disponibles.');
    expect(describeError('ACTION_STALE', 'es', { rows: ['FEF4900032', 'FEF4900033'] }).happened).toContain('FEF4900032, FEF4900033');
  });
});
