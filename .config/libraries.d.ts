/** Types of `libraries.js`. */
export const libraries: readonly (readonly [name: string, ...entries: string[]])[]
