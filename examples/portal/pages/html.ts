/** Markup that is safe to send. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
type Value = Html | string | number | false | null | readonly Html[];

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const safe = (value: Value): string => {
  if (value === false || value === null) return '';
  if (value instanceof Html) return value.text;
  return typeof value === 'object' ? value.map(({ text }) => text).join('') : String(value).replace(/[&<>"']/g, (sign) => entities[sign] ?? '');
};

/** A template in which every value is escaped that is not itself made by a template. */
export const html = (parts: TemplateStringsArray, ...values: readonly Value[]): Html => new Html(parts.map((part, index) => part + (index < values.length ? safe(values[index] ?? null) : '')).join(''));
