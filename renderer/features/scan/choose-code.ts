import { readScanned, type Scanned } from '../../../shared/domain/scanned.ts';

/** A code that leads somewhere in this app. */
export interface OwnCode { readonly text: string; readonly read: Exclude<Scanned, { kind: 'refused' }> }

export type Choice =
  | { readonly kind: 'none' }
  /** There are codes, but none is ours: a poster, a Wi-Fi, a web site. */
  | { readonly kind: 'foreign' }
  | { readonly kind: 'one'; readonly text: string }
  | { readonly kind: 'several'; readonly codes: readonly OwnCode[] };

/**
 * Which of the codes in a picture is meant. A portal may show two of one request, for a desktop with network and for one
 * without: the one that fits is taken. Pure.
 */
export function chooseCode(texts: readonly string[], online: boolean): Choice {
  if (texts.length === 0) return { kind: 'none' };
  // Two monitors may show the same window.
  const own = [...new Set(texts)].flatMap((text): OwnCode[] => {
    const read = readScanned(text);
    return read.kind === 'refused' ? [] : [{ text, read }];
  });
  const wanted = own.filter(({ read }) => read.kind === (online ? 'approve' : 'offline'));
  const other = own.filter(({ read }) => read.kind === (online ? 'offline' : 'approve'));
  const [only, more] = wanted.length === 1 && other.length <= 1 && own.length === wanted.length + other.length ? wanted : own;
  if (only === undefined) return { kind: 'foreign' };
  return more === undefined ? { kind: 'one', text: only.text } : { kind: 'several', codes: own };
}
