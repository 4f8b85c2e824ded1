/**
 * How figures, dates and names are written. Pure; the language is i18next's (`es`, `en`).
 */
const countFormats = new Map<string, Intl.NumberFormat>();

/** Thousands with a point in Spanish, also at four digits (1.284), which the locale's own rule would leave out. */
export function formatCount(count: number, language: string): string {
  let format = countFormats.get(language);
  if (format === undefined) {
    format = new Intl.NumberFormat(language, { useGrouping: 'always', maximumFractionDigits: 0 });
    countFormats.set(language, format);
  }
  return format.format(count);
}

/** `1.284`, or `1.000+` when there are more than were counted. */
export const formatTotal = ({ total, capped }: { readonly total: number; readonly capped: boolean }, language: string): string => `${formatCount(total, language)}${capped ? '+' : ''}`;

/** Anything a date can be made of: ISO 8601 text, milliseconds or a Date. */
export type Instant = string | number | Date;

const dateFormats = new Map<string, Intl.DateTimeFormat>();

function parts(instant: Instant, timeZone: string | undefined): Record<string, string> {
  const key = timeZone ?? '';
  let format = dateFormats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', {
      year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23',
      ...(timeZone === undefined ? {} : { timeZone }),
    });
    dateFormats.set(key, format);
  }
  const found: Record<string, string> = {};
  for (const part of format.formatToParts(new Date(instant))) found[part.type] = part.value;
  return found;
}

/** `2026/11/21`. @param timeZone IANA name, the company's; left out: the system's. */
export function formatDate(instant: Instant, timeZone?: string): string {
  const p = parts(instant, timeZone);
  return `${p['year']}/${p['month']}/${p['day']}`;
}

/** `15:42`, or `15:42:10` with seconds. */
export function formatTime(instant: Instant, options: { timeZone?: string; seconds?: boolean } = {}): string {
  const p = parts(instant, options.timeZone);
  return `${p['hour']}:${p['minute']}${options.seconds ? `:${p['second']}` : ''}`;
}

/** `2026/11/21 15:42`. */
export function formatDateTime(instant: Instant, options: { timeZone?: string; seconds?: boolean } = {}): string {
  return `${formatDate(instant, options.timeZone)} ${formatTime(instant, options)}`;
}

/** Whole seconds as `4:37`; never below zero. */
export function formatClock(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** A one-time code in two groups: `418 207`, `4182 0733`. */
export function groupCode(code: string): string {
  const half = Math.ceil(code.length / 2);
  return `${code.slice(0, half)} ${code.slice(half)}`;
}

/** `+57 310 555 4471` for Colombian numbers; any other as it is stored (E.164), since each country groups its own way. */
export function formatMobile(e164: string): string {
  return e164.replace(/^\+57(\d{3})(\d{3})(\d{4})$/, '+57 $1 $2 $3');
}

/** First letters of the first and the last-but-particles names: `Mariana Restrepo Uribe` → `MR`. */
export function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{Lu}/u.test(word));
  return `${words[0]?.[0] ?? ''}${words[1]?.[0] ?? ''}` || name.slice(0, 1).toUpperCase();
}
