/** Days as the browser's date fields give them: `2026-11-21`, empty when not set. */
export interface DateRange { readonly from: string; readonly until: string }

export const noDates: DateRange = { from: '', until: '' };

/** Local midnight of a day, in milliseconds; null when it is not set or not a day. */
function midnight(day: string, plusDays: number): number | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (match === null) return null;
  const at = new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]) + plusDays).getTime();
  return Number.isNaN(at) ? null : at;
}

/** From the first moment of the first day to the last of the last one. */
export function instants(range: DateRange): { from: number | null; until: number | null } {
  const end = midnight(range.until, 1);
  return { from: midnight(range.from, 0), until: end === null ? null : end - 1 };
}

export function isOrdered({ from, until }: DateRange): boolean {
  return from === '' || until === '' || from <= until;
}
