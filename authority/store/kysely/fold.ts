/** Lower case without accents, so that `jose nunez` finds `José Núñez`. For columns that are searched and sorted by. */
export const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}+/gu, '').toLowerCase();

/** What is searched in, word by word; a line end keeps words of two fields apart. */
export const searchKey = (...fields: readonly (string | null | undefined)[]): string => fields.filter((field) => field !== null && field !== undefined).map(fold).join('\n');

/** The folded words of what a person typed: each must occur somewhere. */
export const searchWords = (text: string): string[] => fold(text).split(/\s+/).filter((word) => word !== '').slice(0, 8);
