/**
 * Lists the formats of `--output`. This file imports nothing, so that `--help` does not load the
 * code that formats answers.
 */

/** Text for people, the whole answer as data, its rows for a spreadsheet, text for a comment. */
export const formats = ['table', 'wide', 'json', 'yaml', 'csv', 'markdown'] as const

/** One of them. */
export type Format = (typeof formats)[number]
