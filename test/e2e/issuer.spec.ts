import { AdminAtWork } from '../story/admin-at-work.ts';
import { bindDevice } from '../story/binding.ts';
import { addPerson, openOffice, settle } from '../story/office.ts';
import { expect, test } from './fixtures.ts';
import { Waiting } from './page-models/bind.ts';
import { Token } from './page-models/token.ts';

const BY = ['--operator', 'carla.emisor', '--reason', 'Llamada 4711'] as const;

test('step 8: the issuer by command line, against the running authority and against its store; the screens turn', async ({ launchDesktop, authority }) => {
  test.setTimeout(5 * 60_000);
  const office = await openOffice(authority);
  const mariana = await addPerson(office, 'admin', 'mariana.rojas', 'Mariana Rojas');
  const carlos = await addPerson(office, 'user', 'carlos.pardo', 'Carlos Pardo');
  const [first, second] = [await launchDesktop(), await launchDesktop()];
  await settle(office, first, mariana);
  const work = await AdminAtWork.at(first, mariana);
  await work.table.open();

  await test.step('allocate: the quantities of the open table change by themselves', async () => {
    await work.table.expectQuantities(10, 9);
    await authority.run('tokens', 'allocate', office.company, '5', ...BY);
    await work.table.expectQuantities(15, 14);
  });

  let serial = '';
  await test.step('assign and activate for a person; both screens turn', async () => {
    await authority.run('token', 'assign', carlos.userName, ...BY);
    await work.table.expectState(carlos.name, 'assigned');
    const bound = await bindDevice({ desktop: second, authority, person: carlos });
    serial = bound.serial;
    const wrong = await authority.try('token', 'activate', serial, '--words', 'uno dos tres', ...BY);
    expect(wrong.exitCode).toBe(1);
    expect(wrong.stderr).toContain('FINGERPRINT_WRONG');
    await authority.run('token', 'activate', serial, '--words', bound.words.join(' '), ...BY);
    const waiting = new Waiting(await second.window('main'));
    await waiting.expectTurnedActive();
    await waiting.goToToken();
    await work.table.expectState(carlos.name, 'active');
  });

  const token = new Token(await second.window('main'));
  await test.step('block and unblock in the running authority', async () => {
    await authority.run('token', 'block', serial, ...BY);
    await token.expectBlocked();
    await work.table.expectState(carlos.name, 'blocked');
    await authority.run('token', 'unblock', serial, ...BY);
    await expect(token.code).toBeVisible();
  });

  await test.step('what is missing or unknown ends with its exit code and changes nothing', async () => {
    expect((await authority.try('token', 'no-such-command', serial)).exitCode).toBe(2);
    expect((await authority.try('token', 'block', 'COA9999999', ...BY)).exitCode).toBe(1);
    const help = await authority.run('--help');
    for (const group of ['company', 'tokens', 'admin', 'token', 'outbox', 'audit']) expect(help).toContain(group);
  });

  await test.step('with the authority stopped the same commands work on its store; the screens turn when it is back', async () => {
    await authority.stop();
    await authority.run('token', 'block', serial, ...BY);
    expect(JSON.parse(await authority.run('token', 'show', serial, '--json'))).toMatchObject({ state: 'blocked' });
    await authority.start();
    await token.expectBlocked();
    await work.table.expectState(carlos.name, 'blocked');
  });

  await test.step('operator and reason stand in the history that the admin sees, and the chain is whole', async () => {
    const history = await work.table.openHistory(carlos.name);
    await expect(history.entries('token.block').first()).toContainText('carla.emisor');
    await expect(history.entries('token.block').first()).toContainText('Llamada 4711');
    await history.close();
    await authority.run('audit', 'verify');
  });

  await test.step('suspend: every channel refuses; resume: it goes on', async () => {
    await authority.run('company', 'suspend', office.company, ...BY);
    await work.table.expectError('COMPANY_SUSPENDED');
    await expect(work.table.button(work.table.t('adminTokens:assign'))).toBeDisabled();
    await authority.run('company', 'resume', office.company, ...BY);
    await work.frame.expectConnection('online');
    await work.table.expectState(carlos.name, 'blocked');
  });
});
