import { escapeHtml, type PageLanguage } from './language.ts';
import { renderPage, type Page } from './layout.ts';

const texts = {
  es: {
    title: 'Su invitación', heading: 'Le invitaron a vincular su token', lead: 'Vínculo convierte este equipo en su token virtual. La invitación se usa una sola vez y vale 72 horas; abrir esta página no la gasta.',
    install: 'Instale Vínculo en su equipo', installHint: 'Windows, macOS o Linux. Si ya lo tiene, siga con el paso 2.', ask: 'Pida el instalador a su administrador o a la línea de soporte.',
    open: 'Abra la invitación', openHint: 'En el mismo equipo donde está Vínculo:', button: 'Abrir en Vínculo',
    elsewhere: '¿Está viendo esto en otro equipo o en el celular?', scan: 'Lea este código con la cámara del equipo que va a usar, o copie este enlace y péguelo en Vínculo, en “Conectar con mi empresa”.', alt: 'Código QR de su invitación',
    next: 'Tenga a mano', nextHint: 'Su usuario y contraseña del portal, y su token físico o el celular registrado.',
    broken: 'A este enlace le falta una parte.', brokenTodo: 'Copie el enlace completo del SMS o del correo. Su invitación sigue como estaba.', noScript: 'Esta página necesita JavaScript para leer su invitación; también puede copiar el enlace y pegarlo en Vínculo.',
  },
  en: {
    title: 'Your invitation', heading: 'You are invited to bind your token', lead: 'Vínculo turns this computer into your virtual token. The invitation works once and is valid for 72 hours; opening this page does not use it up.',
    install: 'Install Vínculo on your computer', installHint: 'Windows, macOS or Linux. If you have it, go on with step 2.', ask: 'Ask your administrator or the support line for the installer.',
    open: 'Open the invitation', openHint: 'On the computer where Vínculo is:', button: 'Open in Vínculo',
    elsewhere: 'Are you seeing this on another computer or on your phone?', scan: 'Read this code with the camera of the computer you will use, or copy this link and paste it into Vínculo, in “Connect to my company”.', alt: 'QR code of your invitation',
    next: 'Have at hand', nextHint: 'Your user name and password of the portal, and your hardware token or the registered mobile.',
    broken: 'A part of this link is missing.', brokenTodo: 'Copy the whole link from the SMS or e-mail. Your invitation is as it was.', noScript: 'This page needs JavaScript to read your invitation; you can also copy the link and paste it into Vínculo.',
  },
} as const;

/**
 * What stands behind `#` never reaches the server with the page. The script makes the `vinculo:` link of it, and asks for
 * the picture in a POST body. Keep it in step with `vinculoLink` of `shared/domain` (a test compares them).
 */
const script = `(() => {
const byId = (id) => document.getElementById(id);
const show = async () => {
  const parts = /^#([A-Za-z0-9_-]{19})\\.([A-Za-z0-9_-]{43})$/.exec(location.hash);
  byId('invitation').hidden = parts === null;
  byId('broken').hidden = parts !== null;
  if (parts === null) return;
  byId('open').href = 'vinculo:bind?a=' + encodeURIComponent(location.origin) + '&c=' + parts[1] + '&k=' + parts[2];
  const answer = await fetch('/pages/qr', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ link: location.href }) });
  if (!answer.ok) return;
  byId('picture').src = URL.createObjectURL(await answer.blob());
  byId('other').hidden = false;
};
addEventListener('hashchange', show);
void show();
})();`;

export function invitationPage(options: { language: PageLanguage; issuer: string; downloads: readonly { label: string; href: string }[] }): Page {
  const t = texts[options.language];
  const downloads = options.downloads.map(({ label, href }) => `<li><a href="${escapeHtml(href)}" rel="noreferrer">${escapeHtml(label)}</a></li>`).join('');
  const body = `<div class="card"><h1>${t.heading}</h1><p class="lead">${t.lead}</p>
<noscript><div class="notice"><p>${t.noScript}</p></div></noscript>
<div id="broken" class="notice" role="alert" hidden><p><strong>${t.broken}</strong> ${t.brokenTodo}</p></div>
<ol id="invitation" hidden>
<li><div><h2>${t.install}</h2><p>${t.installHint}</p>${downloads === '' ? `<p>${t.ask}</p>` : `<ul class="downloads">${downloads}</ul>`}</div></li>
<li><div><h2>${t.open}</h2><p>${t.openHint}</p><a id="open" class="button" href="#">${t.button}</a></div></li>
<li><div><h2>${t.next}</h2><p>${t.nextHint}</p></div></li>
</ol>
<div id="other" hidden><div class="token"><div class="qr"><img id="picture" alt="${t.alt}"></div><p><strong>${t.elsewhere}</strong> ${t.scan}</p></div></div>
</div>`;
  return renderPage({ language: options.language, title: t.title, issuer: options.issuer, body, script });
}
