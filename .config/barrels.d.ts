/** Types of `barrels.js`. */
export const seeThroughBarrels: (text: string) => string
