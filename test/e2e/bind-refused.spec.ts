import { withSecretService } from '../support/secret-service.ts';
import { bindDevice, openInvitation } from '../story/binding.ts';
import { addPerson, openOffice } from '../story/office.ts';
import { expect, test } from './fixtures.ts';
import { Bind } from './page-models/bind.ts';
import { Welcome } from './page-models/welcome.ts';

test('invitations that cannot be used, and proofs that are wrong, each say why and bind nothing', async ({ launchDesktop, authority, picture }) => {
  test.setTimeout(5 * 60_000);
  const office = await openOffice(authority);
  const person = await addPerson(office, 'admin', 'mariana.rojas', 'Mariana Rojas');
  await authority.change('token', 'assign', person.userName);
  const invitation = await authority.invitationTo(person.name);
  const desktop = await launchDesktop();
  const page = await desktop.window('main');
  const welcome = new Welcome(page);
  const bind = new Bind(page);

  await test.step('what is no invitation is refused at the first screen', async () => {
    await welcome.openInvitation('https://ejemplo.com/oferta?premio=1');
    await welcome.expectError('LINK_REFUSED');
    await picture(page, 'enlace-rechazado');
  });

  await test.step('an address without TLS is refused before anything is sent', async () => {
    await welcome.openInvitation(invitation.replace(/^http:\/\/[^/]+/, 'http://autoridad.ejemplo.com'));
    await welcome.expectError('TLS_REQUIRED');
  });

  await test.step('a code that was never given out', async () => {
    const [address = '', rest = ''] = invitation.split('#');
    const code = rest.slice(0, 1) === 'A' ? `B${rest.slice(1)}` : `A${rest.slice(1)}`;
    await welcome.openInvitation(`${address}#${code}`);
    await welcome.expectError('INVITATION_INVALID');
  });

  await test.step('typed by hand, one letter wrong: nothing is said before the password, then it is refused like a wrong password', async () => {
    const typed = await authority.message(({ person: name, text }) => (name === person.name ? (/\s([0-9A-Z]{5}-[0-9A-Z]{5})\s+([0-9A-Z]{6})\b/.exec(text)?.slice(1, 3) ?? null) : null));
    const [code = '', check = ''] = typed;
    const wrong = `${code.startsWith('A') ? 'B' : 'A'}${code.slice(1)}`;
    await welcome.typeInvitation(authority.address, `${wrong} ${check}`);
    await bind.acceptInvitation();
    await bind.logIn(person.userName, person.password);
    await bind.expectError('BINDING_REFUSED');
    await bind.cancel();
  });

  await test.step('the key that answers is not the one that the invitation names', async () => {
    const [address = '', rest = ''] = invitation.split('#');
    const [code = '', thumbprint = ''] = rest.split('.');
    await openInvitation(desktop, `${address}#${code}.${thumbprint.startsWith('A') ? 'B' : 'A'}${thumbprint.slice(1)}`);
    await welcome.expectError('AUTHORITY_KEY_CHANGED');
    await picture(page, 'otra-llave');
  });

  await test.step('a wrong password, then a wrong user: the same words', async () => {
    await openInvitation(desktop, invitation);
    await bind.acceptInvitation();
    await bind.logIn(person.userName, 'no es esta frase');
    await bind.expectError('BINDING_REFUSED');
    await picture(page, 'clave-errada');
    await bind.logIn('nadie.nunca', person.password);
    await bind.expectError('BINDING_REFUSED');
  });

  await test.step('the code by SMS wrong five times: it is over, and the invitation goes on with a new code', async () => {
    await bind.logIn(person.userName, person.password);
    await bind.typeSmsCode('AAAA2222');
    await bind.fillPin(person.pin);
    await bind.begin();
    await bind.expectError('SECOND_PROOF_WRONG', { triesLeft: 4 });
    await picture(page, 'codigo-errado');
    for (let left = 3; left >= 1; left -= 1) {
      await bind.typeSmsCode('AAAA2222');
      await bind.expectError('SECOND_PROOF_WRONG', { triesLeft: left });
    }
    await bind.typeSmsCode('AAAA2222');
    await bind.expectError('SECOND_PROOF_EXHAUSTED');
    await bind.cancel();
  });

  await test.step('bound at last; the same link is then used up for everybody', async () => {
    await bindDevice({ desktop, authority, person, invitation });
    const other = await launchDesktop();
    await openInvitation(other, invitation);
    await new Bind(await other.window('main')).expectRefused('INVITATION_USED');
    await other.quit();
  });

  await test.step('three days later an invitation has expired', async () => {
    const late = await addPerson(office, 'user', 'carlos.pardo', 'Carlos Pardo');
    await authority.change('token', 'assign', late.userName);
    const link = await authority.invitationTo(late.name);
    await authority.stop();
    await authority.start('+73h');
    const other = await launchDesktop();
    await openInvitation(other, link);
    await new Bind(await other.window('main')).expectRefused('INVITATION_EXPIRED');
  });
});

test('S15 without a keychain nothing is bound; locked or silent, it is explained and tried again, and nothing is lost', async ({ launchDesktop, authority, picture }) => {
  test.setTimeout(5 * 60_000);
  test.skip(process.platform !== 'linux', 'the Secret Service is a thing of Linux');
  const office = await openOffice(authority);
  const person = await addPerson(office, 'admin', 'mariana.rojas', 'Mariana Rojas');
  await authority.change('token', 'assign', person.userName);
  await withSecretService('absent', async (keychain) => {
    const desktop = await launchDesktop({ environment: { ...keychain.environment } });
    const page = await desktop.window('main');
    const bind = new Bind(page);
    await openInvitation(desktop, await authority.invitationTo(person.name));
    await bind.acceptInvitation();
    await bind.logIn(person.userName, person.password);
    await bind.expectError('KEYCHAIN_MISSING');
    await picture(page, 'sin-llavero');

    await keychain.become('locked');
    await bind.logIn(person.userName, person.password);
    await bind.expectError('KEYCHAIN_LOCKED');

    await keychain.become('unlocked');
    await keychain.become('silent');
    await bind.logIn(person.userName, person.password);
    await expect(page.getByRole('alert').filter({ hasText: 'no responde' })).toBeVisible({ timeout: 60_000 });
    await bind.expectError('KEYCHAIN_SILENT');

    await keychain.become('unlocked');
    await expect(async () => { // the call that hung ends a moment after the keychain is back; until then the answer is the same
      await bind.logIn(person.userName, person.password);
      await expect(page.getByRole('heading', { name: bind.t('bind:proof.smsTitle') })).toBeVisible({ timeout: 5_000 });
    }).toPass({ timeout: 60_000 });
    await bind.typeSmsCode(await authority.codeTo(person.name));
    await bind.fillPin(person.pin);
    await bind.begin();
    await expect(page.getByText(bind.t('bind:waiting.badge'), { exact: true })).toBeVisible();

    await test.step('the app starts while the keychain is locked: the account waits, and is there again', async () => {
      await desktop.quit();
      await keychain.become('locked');
      const again = await launchDesktop({ environment: { ...keychain.environment }, dataFolder: desktop.dataFolder, installation: desktop.installation });
      const screen = new Bind(await again.window('main'));
      await screen.expectError('KEYCHAIN_LOCKED');
      await picture(screen.page, 'llavero-bloqueado');
      await keychain.become('unlocked');
      await expect(screen.page.getByText(bind.t('bind:waiting.badge'), { exact: true })).toBeVisible({ timeout: 60_000 });
    });
  });
});
