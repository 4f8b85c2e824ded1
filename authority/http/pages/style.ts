/** The product's colours and measures (docs: visual reference), as far as two small pages need them. */
export const style = `
:root{color-scheme:light dark;--bg:#F5F3EF;--surface:#FFF;--sunken:#FAF8F5;--border:#E3DED6;--strong:#8E877B;--text:#1D1B18;--text2:#4D4840;--text3:#686257;--primary:#0F5F67;--hover:#0B4D54;--link:#0F5F67;--focus:#17818A;--red:#AE2A1F;--redSoft:#FBEAE7;--ok:#1F6A4A;--okSoft:#E4F2EA;--code:#0B3B42;--codeText:#F3FAFA;--codeMuted:#A9CDCE}
@media (prefers-color-scheme:dark){:root{--bg:#141312;--surface:#1D1C1A;--sunken:#191816;--border:#34312D;--strong:#7A746A;--text:#F0EDE8;--text2:#C6C0B6;--text3:#A19A8E;--primary:#177780;--hover:#1A7E87;--link:#7CCBCC;--focus:#6CC5C7;--red:#FF9C90;--redSoft:#3A1A16;--ok:#7FD0A4;--okSoft:#17301F;--code:#0C343A}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;background:var(--bg);color:var(--text);font:400 14px/20px Inter,system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;letter-spacing:-.006em}
header{display:flex;align-items:center;justify-content:space-between;gap:16px;max-width:640px;margin:0 auto;padding:24px 20px 0;font-weight:600}
.brand{display:flex;align-items:center;gap:8px}
.issuer{color:var(--text3);font-weight:400;overflow-wrap:anywhere}
.mark{width:28px;height:28px}.mark rect{fill:var(--primary)}.mark path{fill:none;stroke:#fff;stroke-width:2.2;stroke-linecap:round;stroke-linejoin:round}
main{max-width:640px;margin:20px auto 48px;padding:0 20px}
.card{background:var(--surface);border:1px solid var(--border);border-radius:16px;padding:36px;box-shadow:0 1px 2px rgba(46,38,24,.05)}
h1{margin:0 0 8px;font-size:28px;line-height:36px;font-weight:600;letter-spacing:-.018em;text-wrap:balance}
h2{margin:0 0 4px;font-size:14px;line-height:20px;font-weight:600}
p{margin:0 0 16px;color:var(--text2);overflow-wrap:anywhere}
.lead{font-size:15px;line-height:22px}
a{color:var(--link)}
.button{display:inline-flex;align-items:center;justify-content:center;min-height:44px;padding:0 20px;border:0;border-radius:8px;background:var(--primary);color:#fff;font:inherit;font-weight:600;line-height:20px;text-decoration:none;cursor:pointer;transition:background-color 120ms}
.button:hover{background:var(--hover)}
.button[disabled]{opacity:.6;cursor:default}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
ol{list-style:none;margin:28px 0 0;padding:0;counter-reset:step}
ol>li{counter-increment:step;display:grid;grid-template-columns:28px 1fr;gap:0 12px;padding:20px 0;border-top:1px solid var(--border)}
ol>li::before{content:counter(step);display:grid;place-items:center;width:28px;height:28px;border-radius:14px;background:var(--sunken);border:1px solid var(--border);font-weight:600;font-variant-numeric:tabular-nums}
ol>li>div>p:last-child{margin-bottom:0}
.downloads{display:flex;flex-wrap:wrap;gap:8px 16px;margin:0;padding:0;list-style:none}
.token{display:flex;flex-wrap:wrap;gap:24px;align-items:center;margin-top:8px;padding:24px;border-radius:14px;background:var(--code);color:var(--codeText)}
.token p{flex:1 1 220px;margin:0;color:var(--codeMuted)}
.qr{width:176px;height:176px;padding:12px;border-radius:10px;background:#fff}
.qr img{display:block;width:100%;height:100%;image-rendering:pixelated}
label{display:block;margin:20px 0 6px;font-size:13px;font-weight:500}
input{width:100%;min-height:44px;padding:0 12px;border:1px solid var(--strong);border-radius:8px;background:var(--surface);color:var(--text);font:inherit;font-size:15px}
.hint{margin:6px 0 0;font-size:12px;line-height:16px;color:var(--text3)}
form .button{width:100%;margin-top:24px}
.notice{margin:20px 0 0;padding:12px 16px;border-radius:8px;background:var(--redSoft);color:var(--red)}
.notice p{margin:0;color:inherit}
.notice.ok{background:var(--okSoft);color:var(--ok)}
[hidden]{display:none!important}
@media (max-width:480px){.card{padding:24px}h1{font-size:24px;line-height:32px}}
@media (prefers-reduced-motion:reduce){*{transition:none!important}}
`;
