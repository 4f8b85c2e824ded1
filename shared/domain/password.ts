export type PasswordWeakness = 'too_short' | 'too_long' | 'well_known';

/** NFKC, so that the same password typed on another keyboard is the same (NIST SP 800-63B-4 §3.1.1.2). */
export const normalisePassword = (password: string): string => password.normalize('NFKC');

/**
 * Why a password may not be set; null when it may. Length is what counts; what everybody knows is refused
 * (NIST SP 800-63B-4 §3.1.1.2). @param userName also refused inside the password
 */
export function passwordWeakness(password: string, userName: string): PasswordWeakness | null {
  const text = normalisePassword(password);
  if ([...text].length < 12) return 'too_short';
  if (text.length > 256) return 'too_long';
  const plain = text.toLowerCase();
  if (new Set(plain).size < 5 || plain.includes(userName.toLowerCase()) || wellKnown.test(plain)) return 'well_known';
  return null;
}

/** Runs and words that fill lists of stolen passwords even at twelve characters, alone or padded with digits. */
const wellKnown = /^(?:[^a-z]*(?:password|passw0rd|contrase(?:ñ|n)a|clave|qwerty(?:uiop)?|asdfgh(?:jkl)?|admin(?:istrador)?|vinculo|bienvenid[oa]|welcome|letmein|iloveyou|teamo|colombia)[^a-z]*)+$|^(?:0?1234567890?|9876543210|abcdefgh)/;
