import { hash, parseOptions, verify } from '@node-rs/argon2';
import { normalisePassword } from '../../shared/domain/password.ts';

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

/** @param argon the two functions of the library; given so that a test can count the calls */
export function passwords(argon: Pick<typeof import('@node-rs/argon2'), 'hash' | 'verify'> = { hash, verify }): Passwords {
  const create = (password: string) => argon.hash(normalisePassword(password), passwordParameters);
  return {
    hash: create,
    verify: async (stored, password) => {
      const matches = await argon.verify(stored ?? decoy, normalisePassword(password));
      const ok = matches && stored !== null;
      return { ok, rehashed: ok && isWeaker(stored) ? await create(password) : null };
    },
  };
}

function isWeaker(stored: string): boolean {
  const { memoryCost, timeCost, outputLen } = parseOptions(stored);
  return memoryCost < passwordParameters.memoryCost || timeCost < passwordParameters.timeCost || outputLen < passwordParameters.outputLen;
}
