/** Types of `playground-page.js`. */
export const writePlaygroundPage: () => Promise<void>
