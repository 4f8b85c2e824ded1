import type { Schema } from '../openapi.ts';

/** One member of an object, as a row of a table. `depth`: 0 for the members of the body itself. */
export interface SchemaRow { readonly name: string; readonly depth: number; readonly type: string; readonly required: boolean; readonly note: string }

/** The members of an object and of the objects within it, in the order of the schema. */
export function schemaRows(schema: Schema | undefined, depth = 0): SchemaRow[] {
  const object = schema === undefined ? undefined : objectOf(schema);
  return Object.entries(object?.properties ?? {}).flatMap(([name, member]) => [
    { name, depth, type: typeText(member), required: object?.required?.includes(name) ?? false, note: noteOf(member) },
    ...schemaRows(member.items ?? member, depth + 1),
  ]);
}

const choicesOf = (schema: Schema): readonly Schema[] => schema.anyOf ?? schema.oneOf ?? [];
/** The object itself, or the one that it may be besides null. */
const objectOf = (schema: Schema): Schema | undefined => (schema.properties === undefined ? choicesOf(schema).find((choice) => choice.properties !== undefined) : schema);

/** E.g. `string · uuid`, `object | null`, `"pending" | "approved"`, `integer 0–30`. */
export function typeText(schema: Schema): string {
  const choices = choicesOf(schema);
  if (choices.length > 0) return [...new Set(choices.map(typeText))].join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (schema.type === 'array') return `[${schema.items === undefined ? '' : typeText(schema.items)}]`;
  const type = typeof schema.type === 'string' ? schema.type : (schema.type ?? ['any']).join(' | ');
  return [type, schema.format === undefined ? '' : `· ${schema.format}`, limits(schema)].filter((part) => part !== '').join(' ');
}

function limits({ minLength, maxLength, minimum, maximum }: Schema): string {
  const [least, most] = [minLength ?? minimum, maxLength ?? maximum];
  // The converter writes the largest whole number where there is no limit.
  if (most === undefined || most >= Number.MAX_SAFE_INTEGER) return '';
  return least === most ? `${most}` : `${least ?? 0}–${most}`;
}

const noteOf = ({ description, default: preset, pattern }: Schema): string =>
  [description, preset === undefined ? undefined : `default ${JSON.stringify(preset)}`, pattern === undefined || pattern.length > 60 ? undefined : pattern].filter((part) => part !== undefined).join('; ');

/** Codes of the closed list that an answer may carry. */
export function errorCodes(schema: Schema | undefined): string[] {
  const codes = (schema?.oneOf ?? schema?.anyOf ?? []).map((choice) => choice.properties?.['code']?.const);
  return codes.filter((code) => typeof code === 'string');
}
