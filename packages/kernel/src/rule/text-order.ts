/**
 * The order of texts everywhere: by code unit, the same in every runtime and every language
 * setting.
 */
export const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
