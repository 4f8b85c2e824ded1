import { hash, parseOptions, verify } from '@node-rs/argon2';

/** argon2id, 19 MiB, two passes, one lane (OWASP; S19). Raise them here: hashes follow at the next login. */
export const passwordParameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const;

/** A hash that nobody has the password of, with the same cost as a real one. */
const decoy = '$argon2id$v=19$m=19456,t=2,p=1$dmluY3Vsby1ub2JvZHkhIQ$NFEbtejFYunMFutNGLUS1JQLqJVLxe7Bun6yLhCgVSE';

export interface PasswordCheck {
  readonly ok: boolean;
  /** To be stored in place of the old one: its parameters were weaker. */
  readonly rehashed: string | null;
}

export interface Passwords {
  /** PHC string. */
  hash(password: string): Promise<string>;
  /**
   * Exactly one argon2 verification whatever is stored, also nothing: who does not exist costs as much as a wrong
   * password (S19). @param stored null when there is no such user or he has set no password
   */
  verify(stored: string | null, password: string): Promise<PasswordCheck>;
}

/** NFKC, so that the same password typed on another keyboard is the same (NIST SP 800-63B-4 §3.1.1.2). */
const normalise = (password: string): string => password.normalize('NFKC');

/** @param argon the two functions of the library; given so that a test can count the calls */
export function passwords(argon: Pick<typeof import('@node-rs/argon2'), 'hash' | 'verify'> = { hash, verify }): Passwords {
  const create = (password: string) => argon.hash(normalise(password), passwordParameters);
  return {
    hash: create,
    verify: async (stored, password) => {
      const matches = await argon.verify(stored ?? decoy, normalise(password));
      const ok = matches && stored !== null;
      return { ok, rehashed: ok && isWeaker(stored) ? await create(password) : null };
    },
  };
}

function isWeaker(stored: string): boolean {
  const { memoryCost, timeCost, outputLen } = parseOptions(stored);
  return memoryCost < passwordParameters.memoryCost || timeCost < passwordParameters.timeCost || outputLen < passwordParameters.outputLen;
}

/**
 * Why a password may not be set; null when it may. Length is what counts; what everybody knows is refused
 * (NIST SP 800-63B-4 §3.1.1.2). @param userName also refused inside the password
 */
export function passwordWeakness(password: string, userName: string): 'too_short' | 'too_long' | 'well_known' | null {
  const text = normalise(password);
  if ([...text].length < 12) return 'too_short';
  if (text.length > 256) return 'too_long';
  const plain = text.toLowerCase();
  if (new Set(plain).size < 5 || plain.includes(userName.toLowerCase()) || wellKnown.test(plain)) return 'well_known';
  return null;
}

/** Runs and words that fill lists of stolen passwords even at twelve characters, alone or padded with digits. */
const wellKnown = /^(?:[^a-z]*(?:password|passw0rd|contrase(?:ñ|n)a|clave|qwerty(?:uiop)?|asdfgh(?:jkl)?|admin(?:istrador)?|vinculo|bienvenid[oa]|welcome|letmein|iloveyou|teamo|colombia)[^a-z]*)+$|^(?:0?1234567890?|9876543210|abcdefgh)/;
