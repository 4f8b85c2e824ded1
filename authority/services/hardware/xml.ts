import { SaxesParser } from 'saxes';
import { ImportRefused, longestFile } from './entries.ts';

export interface XmlElement {
  readonly namespace: string;
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Of this element alone, not of its children. */
  readonly text: string;
}
interface Open extends XmlElement { readonly children: XmlElement[]; text: string }

const deepest = 32;

/**
 * Reads a document as a tree. Well-formed XML 1.0 with namespaces or nothing: no DOCTYPE, so no entity but the five of XML itself, and
 * nothing is ever fetched (S26).
 * @throws ImportRefused tooLarge, doctype, notXml
 */
export function readXml(text: string): XmlElement {
  if (text.length > longestFile) throw new ImportRefused('tooLarge');
  const parser = new SaxesParser({ xmlns: true });
  const open: Open[] = [];
  let root: XmlElement | null = null;
  const refuse = (reason: 'doctype' | 'notXml') => { throw new ImportRefused(reason); };
  parser.on('doctype', () => refuse('doctype'));
  parser.on('error', () => refuse('notXml'));
  parser.on('opentag', ({ uri, local, attributes }) => {
    if (open.length >= deepest) refuse('notXml');
    const names = Object.values(attributes).map(({ local: name, value }) => [name, value] as const);
    const element: Open = { namespace: uri, name: local, attributes: new Map(names), children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  const addText = (part: string) => { const within = open.at(-1); if (within !== undefined) within.text += part; };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => { root = open.pop() ?? null; });
  parser.write(text.replace(/^\uFEFF/, '')).close();
  return root ?? refuse('notXml');
}

export const child = (of: XmlElement | undefined, name: string): XmlElement | undefined => of?.children.find((element) => element.name === name);
export const childrenOf = (of: XmlElement | undefined, name: string): readonly XmlElement[] => of?.children.filter((element) => element.name === name) ?? [];
export const textOf = (of: XmlElement | undefined): string | null => (of === undefined ? null : of.text.trim());
