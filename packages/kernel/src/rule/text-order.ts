/**
 * Compares texts by UTF-16 code unit. All sorting in Stowage uses this order, because it is the
 * same in every runtime and locale.
 */
/** A comparator: negative when `a` comes first, 0 when the texts are equal. */
export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
