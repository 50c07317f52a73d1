/**
 * Generates the man page of the command line in the macros of man(7), from the declared options and
 * the help texts. `packages/cli/man/stowage.1` holds the result; a test fails when that file is
 * outdated.
 */
import type { Command } from 'commander'
import { optionsOf, subcommandsOf } from './parameter.js'
import type { Usage } from './usage.js'

/** The page, with its last line break. */
export const manPage = async (program: Command, usages: readonly Usage[]): Promise<string> => {
  const commands = await Promise.all(
    subcommandsOf(program).map((command) =>
      commandLines(
        command,
        usages.find(({ name }) => name === command.name()),
      ),
    ),
  )
  return [
    `.TH STOWAGE 1 "" "stowage ${program.version() ?? ''}" "Stowage"`,
    '.SH NAME',
    'stowage \\- plan where containers go, and explain it',
    '.SH SYNOPSIS',
    '.B stowage',
    '.I command',
    '[options] [arguments]',
    '.SH DESCRIPTION',
    roff(
      'Reads Kubernetes manifests and ECS documents, plans where their containers go, and says why. It asks no cluster and no account.',
    ),
    '.SH COMMANDS',
    ...commands.flat(),
    '.SH ENVIRONMENT',
    ...definition('NO_COLOR', 'No colours, unless it is empty.'),
    ...definition('FORCE_COLOR', 'Colours also in a pipe; none when it is 0 or false.'),
    '.SH EXIT STATUS',
    ...definition('0', 'Everything has a place, or agrees.'),
    ...definition(
      '1',
      'Something has no place or differs, or, under --strict, there are warnings.',
    ),
    ...definition('2', 'The input is bad, and nothing was done.'),
    ...definition('3', 'Stowage itself failed: a defect, which we want to know of.'),
    '',
  ].join('\n')
}

const commandLines = async (
  command: Command,
  usage: Usage | undefined,
): Promise<readonly string[]> => [
  `.SS ${roff(`stowage ${command.name()} ${command.usage()}`)}`,
  roff(`${sentence(command.description())}.`),
  ...optionsOf(command).flatMap((option) =>
    definition(option.flags, command.createHelp().optionDescription(option)),
  ),
  ...(usage === undefined ? [] : await usageLines(usage)),
]

const usageLines = async ({ notes, examples, statuses }: Usage): Promise<readonly string[]> => [
  ...(notes === undefined ? [] : ['.PP', '.nf', ...(await notes()).split('\n').map(roff), '.fi']),
  ...examples.flatMap(({ shows, line }) => [
    '.PP',
    roff(`${sentence(shows)}:`),
    ...['.PP', '.RS', '.nf', roff(line), '.fi', '.RE'],
  ]),
  '.PP',
  roff(`Exit status: ${statuses}.`),
]

const definition = (term: string, text: string): readonly string[] => [
  '.TP',
  `.B ${roff(term)}`,
  roff(text),
]

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** Backslashes and hyphens escaped; a line that begins as a macro does begins with nothing. */
const roff = (text: string): string =>
  text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replace(/^(?=[.'])/, '\\&')
