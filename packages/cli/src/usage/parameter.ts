/**
 * Determines what a shell may complete for an option or an argument of the command line: one of
 * some words, a file, or nothing. Also lists the options of a command, and the subcommands.
 */
import type { Argument, Command, Option } from 'commander'

/** What may stand for an argument or for the value of an option. */
export type Values =
  | { readonly _tag: 'Words'; readonly words: readonly string[] }
  | { readonly _tag: 'Files' }
  | { readonly _tag: 'Any' }

/** Placeholders of options and arguments that name files. */
const fileNames = ['file', 'verdicts', 'scenarios', 'paths']

const valuesOf = (placeholder: string, words: readonly string[] | undefined): Values => {
  if (words !== undefined) return { _tag: 'Words', words }
  return fileNames.includes(placeholder) ? { _tag: 'Files' } : { _tag: 'Any' }
}

/** The values of an option; `undefined` for one without a value. */
export const optionValues = ({ flags, argChoices }: Option): Values | undefined => {
  const placeholder = /<([^<>]+)>/.exec(flags)?.[1]
  return placeholder === undefined ? undefined : valuesOf(placeholder, argChoices)
}

/** The values of an argument. */
export const argumentValues = (argument: Argument): Values =>
  valuesOf(argument.name(), argument.argChoices)

/** The options of a command, with `--help`. */
export const optionsOf = (command: Command): readonly Option[] =>
  command.createHelp().visibleOptions(command)

/** The subcommands in the order of `--help`, without `help` itself. */
export const subcommandsOf = (program: Command): readonly Command[] => program.commands
