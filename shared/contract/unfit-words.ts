import type { Language } from './primitives.ts';

/** Words of the lists that nobody should have to say to a colleague on the telephone: the authority draws again when one comes up. */
export const unfitWords: Record<Language, ReadonlySet<string>> = {
  es: new Set(['bomba', 'cadáver', 'crimen', 'culpa', 'diablo', 'droga', 'feo', 'gordo', 'guerra', 'ladrón', 'loco', 'matar', 'misil', 'morir', 'mortal', 'muerte', 'odio', 'pecado', 'pecho', 'pobre', 'sangre', 'sexo', 'sexto', 'tonto', 'tumba', 'tumor']),
  en: new Set(['abuse', 'blood', 'bomb', 'crime', 'evil', 'fat', 'fatal', 'gun', 'nut', 'poverty', 'suffer', 'toilet', 'ugly', 'weapon']),
};
