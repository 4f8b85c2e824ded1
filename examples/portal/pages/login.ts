import { html } from './html.ts';
import { alert, page, type View } from './layout.ts';

/** User and password. `said`: a sentence about the try before; `left`: that the person signed out. */
export function loginPage(view: View, { user = '', said = null, left = false }: { readonly user?: string; readonly said?: string | null; readonly left?: boolean } = {}): string {
  const { login } = view.texts;
  return page(view, login.title, html`<section class="card narrow">
<h1>${login.title}</h1>
<p class="lead">${login.lead}</p>
${left && html`<p class="note" role="status">${login.left}</p>`}
${alert(said)}
<form method="post" action="/login">
<label for="user">${login.user}</label>
<input id="user" name="user" value="${user}" autocomplete="username" autocapitalize="none" spellcheck="false" maxlength="64" required>
<label for="password">${login.password}</label>
<input id="password" name="password" type="password" autocomplete="current-password" maxlength="256" required>
<button>${login.action}</button>
</form>
</section>`);
}
