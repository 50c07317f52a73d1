/**
 * Runs the command line in three stages:
 *
 * 1. parses the arguments;
 * 2. computes the answer;
 * 3. builds the text to print and the exit status.
 *
 * Errors in the input pass from stage to stage as values, and the third stage formats them. Stages
 * 2 and 3 are loaded only when the arguments are right, so that help is fast.
 */
import { Command, CommanderError } from 'commander'
import type { Stdin } from '../read/files.js'
import { isColoured, pipe, type Terminal } from '../show/terminal.js'
import { usageText } from '../usage/usage.js'
import { commands, type CommandEntry } from './commands.js'
import { withDisplay, type Flags } from './flags.js'
import { misuseOutcome, type Outcome } from './outcome.js'
import type { Request } from './request.js'

const version = '0.1.0'

/** What the process knows about where its output goes. */
export interface Host {
  /** The width of the terminal; absent for a pipe. */
  readonly columns?: number | undefined
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Is told what is being done, for whoever waits. */
  readonly tell: (stage: string) => void
}

const nowhere: Host = { environment: {}, tell: () => undefined }

/** Runs the command line; prints nothing. */
export const run = async (
  args: readonly string[],
  stdin: Stdin,
  host: Host = nowhere,
): Promise<Outcome> => {
  const call = parse(args, host)
  if (call._tag === 'Printed') return withUsage(call)
  const { entry, request } = call
  const misuse = entry.misuseOf(request)
  if (misuse !== undefined) return misuseOutcome(`error: ${misuse}\n${tryHelp(entry.name)}`)
  const answer = await entry.answer(request, stdin)
  host.tell('writing')
  const { finish } = await import('./finish.js')
  return finish(answer, request.flags, terminalOf(request.flags, host))
}

/** A command with its arguments. */
interface Call {
  readonly _tag: 'Call'
  readonly entry: CommandEntry
  readonly request: Request
}

/** What is printed instead of an answer: help, the version, or what is wrong. */
interface PrintedOutcome {
  readonly _tag: 'Printed'
  readonly outcome: Outcome
  /** The command whose help it is. */
  readonly entry?: CommandEntry | undefined
}

/** The whole command line; `called` gets the command that the arguments name. */
export const declare = (called: (entry: CommandEntry, command: Command) => void): Command => {
  const program = new Command('stowage')
    .description('Plans where containers go, and explains it.')
    .version(version)
    .exitOverride()
  for (const entry of commands) {
    const { name, description } = entry
    const command = program.command(name).description(description).copyInheritedSettings(program)
    entry.declare(command).action(() => {
      called(entry, command)
    })
    if (command.options.some(({ long }) => long === '--output')) withDisplay(command)
  }
  return program
}

const parse = (args: readonly string[], { tell }: Host): Call | PrintedOutcome => {
  let out = ''
  let error = ''
  let call: Call | undefined
  let helped: CommandEntry | undefined
  const program = declare((entry, command) => {
    call = { _tag: 'Call', entry, request: requestOf(command, tell) }
  })
  for (const command of [program, ...program.commands]) {
    command
      .configureOutput({ writeOut: (text) => (out += text), writeErr: (text) => (error += text) })
      .addHelpText('after', () => {
        helped = commands.find(({ name }) => name === command.name())
        return ''
      })
  }
  try {
    program.parse([...args], { from: 'user' })
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown
    const status = thrown.exitCode === 0 ? 0 : 2
    const hint = status === 2 && error.startsWith('error:') ? `${tryHelp(args[0])}\n` : ''
    return { _tag: 'Printed', outcome: { out, error: error + hint, status }, entry: helped }
  }
  return call ?? { _tag: 'Printed', outcome: { out, error, status: 2 } }
}

const tryHelp = (name: string | undefined): string =>
  commands.some((one) => one.name === name)
    ? `Try 'stowage ${name ?? ''} --help' for its options and two examples.`
    : "Try 'stowage --help' for the commands."

/** The help of a command ends with its notes, its examples and its exit statuses. */
const withUsage = async ({ outcome, entry }: PrintedOutcome): Promise<Outcome> =>
  entry === undefined || outcome.status !== 0
    ? outcome
    : { ...outcome, out: `${outcome.out}\n${await usageText(entry)}` }

const terminalOf = ({ color }: Flags, { columns, environment }: Host): Terminal => {
  const isTerminal = columns !== undefined
  const hasColour = isColoured({ flag: color, isTerminal, environment })
  return isTerminal ? { columns, hasBars: true, hasColour } : { ...pipe, hasColour }
}

/** A command that begins with its paths has no argument before them. */
const requestOf = (command: Command, tell: Host['tell']): Request => {
  const values = (command.processedArgs as readonly (string | readonly string[])[]).flat()
  const [subject = '', ...paths] =
    command.registeredArguments[0]?.variadic === true ? ['', ...values] : values
  return { subject, paths, flags: command.opts<Flags>(), program: command.parent ?? command, tell }
}
