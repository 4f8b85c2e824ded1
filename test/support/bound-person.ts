import { z } from 'zod';
import { testPin, type Computer } from '../../electron/main/testing/desktop-fixture.ts';
import type { AppState } from '../../shared/contract/ipc.ts';
import { trialPerson } from '../../shared/contract/ipc.ts';
import type { AuthorityCommand } from './authority-command.ts';

/**
 * A device double: the desktop's own main process, without windows and with a keychain in memory, bound as a person of the
 * sample company and activated by the issuer.
 */
export async function boundPerson(authority: AuthorityCommand, computer: Computer, userName: string): Promise<AppState['accounts'][number]> {
  const person = (await authority.ask(z.array(trialPerson), 'trial', 'people')).find((each) => each.userName === userName);
  if (person === undefined) throw new Error(`${userName} is not in the sample`);
  if (person.invitation === null) await authority.change('token', 'assign', userName);
  await computer.call('bind', 'open', { text: person.invitation ?? await authority.invitationTo(person.name) });
  const known = await authority.sentSoFar();
  await computer.call('bind', 'start', { user: userName, password: person.password ?? '' });
  const account = await computer.call('bind', 'complete', { secondProof: await authority.codeTo(person.name, known), pin: testPin });
  const mine = ({ accounts }: AppState) => accounts.find(({ id }) => id === account.id);
  await computer.until((state) => mine(state)?.connection === 'online');
  await authority.change('token', 'activate', account.serial);
  return mine(await computer.until((state) => mine(state)?.phase === 'active')) ?? account;
}
