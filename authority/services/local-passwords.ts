import type { ServiceContext, PasswordVerifier } from './context.ts';

/** Passwords that the authority itself keeps as argon2id hashes. A hash of weaker parameters is renewed at login (S19). */
export function localPasswords({ store, passwords }: Pick<ServiceContext, 'store' | 'passwords'>): PasswordVerifier {
  return {
    kind: 'local',
    async verify(userName, password) {
      const user = await store.read.userByName(userName);
      const stored = user === null ? null : await store.read.passwordHash(user.id);
      const { ok, rehashed } = await passwords.verify(stored, password);
      // Only in place of the hash that was checked: a password changed meanwhile stays changed.
      if (ok && user !== null && stored !== null && rehashed !== null) await store.transaction((tx) => tx.replacePasswordHash(user.id, stored, rehashed));
      return ok;
    },
  };
}
