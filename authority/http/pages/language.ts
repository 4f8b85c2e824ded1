export type PageLanguage = 'es' | 'en';

/** Spanish unless English is asked for before it (RFC 9110 §12.5.4). */
export function pageLanguage(acceptLanguage: string | undefined): PageLanguage {
  const ranked = (acceptLanguage ?? '').split(',').map((part) => {
    const [range = '', ...parameters] = part.trim().toLowerCase().split(';');
    const quality = parameters.map((parameter) => /^\s*q=([0-9.]+)\s*$/.exec(parameter)?.[1]).find((value) => value !== undefined);
    return { language: range.split('-')[0], quality: quality === undefined ? 1 : Number(quality) };
  });
  const wanted = ranked.filter(({ language, quality }) => (language === 'es' || language === 'en') && quality > 0).sort((a, b) => b.quality - a.quality)[0];
  return wanted?.language === 'en' ? 'en' : 'es';
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
