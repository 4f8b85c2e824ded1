/** Same keys, any text: what the English file of a namespace must have, given the Spanish one. */
export type Texts<T> = { readonly [K in keyof T]: T[K] extends string ? string : Texts<T[K]> };
