/** `Firefox 131 · Windows`, as far as it can be told from the header; it stands on the approval screen, so only known words. */
export function browserName(agent: string | undefined): string {
  const text = agent ?? '';
  const [, name = '', version = ''] = /\b(Firefox|Edg|OPR|Chrome|HeadlessChrome)\/(\d{1,4})/.exec(text.replace(/Chrome\/\d+(?=.*(?:Edg|OPR)\/)/, '')) ?? [];
  const browser = name === '' ? (/\bVersion\/(\d{1,4}).*Safari/.exec(text)?.[1] ?? '') : version;
  const shown = { Edg: 'Edge', OPR: 'Opera', HeadlessChrome: 'Chrome', '': 'Safari' }[name] ?? name;
  const system = [[/Windows/, 'Windows'], [/Android/, 'Android'], [/iPhone|iPad/, 'iOS'], [/Mac OS X/, 'macOS'], [/Linux/, 'Linux']] as const;
  const found = system.find(([sign]) => sign.test(text))?.[1];
  return [browser === '' ? 'Navegador' : `${shown} ${browser}`, ...(found === undefined ? [] : [found])].join(' · ');
}
