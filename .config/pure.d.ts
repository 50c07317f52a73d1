/** Types of `pure.js`. */
export const markPure: (path: string, text: string) => string
