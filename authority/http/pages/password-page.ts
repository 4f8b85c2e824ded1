import type { PageLanguage } from './language.ts';
import { renderPage, type Page } from './layout.ts';

const texts = {
  es: {
    title: 'Crear contraseña', heading: 'Cree su contraseña', lead: 'La usará con su usuario para vincular su token. Este enlace sirve una sola vez.',
    password: 'Contraseña nueva', hint: '12 caracteres o más. Una frase corta que solo usted conozca funciona bien.', repeat: 'Escríbala otra vez', button: 'Guardar la contraseña',
    differ: 'Las dos contraseñas no son iguales. Todavía no se guardó nada. Escríbalas de nuevo.', done: 'Su contraseña quedó guardada', doneHint: 'Ya puede cerrar esta página, abrir su invitación y escribirla en Vínculo. Usuario:',
    broken: 'A este enlace le falta una parte. Su contraseña sigue como estaba. Copie el enlace completo del correo.', offline: 'No hay conexión con la autoridad. Su contraseña sigue como estaba. Revise su red e intente otra vez.', noScript: 'Esta página necesita JavaScript para leer su enlace.',
  },
  en: {
    title: 'Set a password', heading: 'Set your password', lead: 'You will use it with your user name to bind your token. This link works once.',
    password: 'New password', hint: '12 characters or more. A short phrase that only you know works well.', repeat: 'Type it again', button: 'Save the password',
    differ: 'The two passwords are not the same. Nothing was saved yet. Type them again.', done: 'Your password was saved', doneHint: 'You can close this page, open your invitation and type it into Vínculo. User name:',
    broken: 'A part of this link is missing. Your password is as it was. Copy the whole link from the e-mail.', offline: 'There is no connection to the authority. Your password is as it was. Check your network and try again.', noScript: 'This page needs JavaScript to read your link.',
  },
} as const;

const script = `(() => {
const byId = (id) => document.getElementById(id);
const code = /^#([A-Za-z0-9_-]{20,64})$/.exec(location.hash);
const texts = byId('form').dataset;
const say = (text) => { byId('problem').firstElementChild.textContent = text; byId('problem').hidden = text === ''; };
byId('form').hidden = code === null;
if (code === null) say(texts.broken);
byId('form').addEventListener('submit', async (event) => {
  event.preventDefault();
  say('');
  if (byId('password').value !== byId('repeat').value) { say(texts.differ); byId('repeat').focus(); return; }
  byId('save').disabled = true;
  try {
    const answer = await fetch('/pages/password', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code: code[1], password: byId('password').value }) });
    const body = await answer.json();
    if (!answer.ok) { say(body.text || texts.offline); byId('password').focus(); return; }
    byId('form').hidden = true;
    byId('user').textContent = body.userName;
    byId('done').hidden = false;
    byId('done').focus();
    history.replaceState(null, '', location.pathname);
  } catch {
    say(texts.offline);
  } finally {
    byId('save').disabled = false;
  }
});
})();`;

export function passwordPage(options: { language: PageLanguage; issuer: string }): Page {
  const t = texts[options.language];
  const body = `<div class="card"><h1>${t.heading}</h1>
<noscript><div class="notice"><p>${t.noScript}</p></div></noscript>
<form id="form" hidden data-differ="${t.differ}" data-broken="${t.broken}" data-offline="${t.offline}"><p class="lead">${t.lead}</p>
<label for="password">${t.password}</label><input id="password" type="password" autocomplete="new-password" required minlength="12" maxlength="256" aria-describedby="hint"><p class="hint" id="hint">${t.hint}</p>
<label for="repeat">${t.repeat}</label><input id="repeat" type="password" autocomplete="new-password" required maxlength="256">
<button id="save" class="button" type="submit">${t.button}</button></form>
<div id="problem" class="notice" role="alert" hidden><p></p></div>
<div id="done" class="notice ok" tabindex="-1" role="status" hidden><p><strong>${t.done}.</strong> ${t.doneHint} <strong id="user"></strong></p></div>
</div>`;
  return renderPage({ language: options.language, title: t.title, issuer: options.issuer, body, script });
}
