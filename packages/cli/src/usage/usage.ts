/**
 * Defines the type of a command's help: description, examples, exit statuses and notes. Both
 * `--help` and the man page are made from such a value. Also formats the last part of `--help`,
 * with the notes, examples and exit statuses.
 */

/** A command line to try, from the root of a clone, and what it shows. */
export interface Example {
  readonly shows: string
  readonly line: string
}

/** What `--help` and the man page say of a command. */
export interface Usage {
  readonly name: string
  readonly description: string
  /** Two at least; a test runs them. */
  readonly examples: readonly Example[]
  /** What each exit status means. */
  readonly statuses: string
  /** What `--help` says beside the options. */
  readonly notes?: () => Promise<string>
}

/** The last part of `--help`: notes, examples and exit statuses. */
export const usageText = async ({ notes, examples, statuses }: Usage): Promise<string> =>
  [
    ...(notes === undefined ? [] : [await notes(), '']),
    'Examples:',
    ...examples.flatMap(({ shows, line }) => [`  # ${shows}`, `  ${line}`]),
    '',
    `Exit status: ${statuses}.`,
    '',
  ].join('\n')
