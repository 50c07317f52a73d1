/**
 * Runs the command line in three stages: (1) parse the arguments, (2) compute the answer, (3) make
 * the text to print and the exit status. Wrong input is not thrown: each stage hands it to the next
 * as a value, and the third makes an error text of it.
 */
import { Command, CommanderError } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import type { Stdin } from '../read/files.js'
import { commands, type CommandEntry } from './commands.js'
import type { Flags } from './flags.js'
import { answered, misused, rejected, type Outcome } from './outcome.js'
import type { Request } from './request.js'

const version = '0.1.0'

/** Runs the command line; prints nothing. */
export const run = async (args: readonly string[], stdin: Stdin): Promise<Outcome> => {
  const call = parse(args)
  if (E.isLeft(call)) return call.left
  const { entry, request } = call.right
  const misuse = entry.misuseOf(request)
  if (misuse !== undefined) return misused(`error: ${misuse}`)
  const answer = await entry.answer(request, stdin)
  return E.isLeft(answer) ? rejected(answer.left) : answered(answer.right)
}

interface Call {
  readonly entry: CommandEntry
  readonly request: Request
}

/** The command and its arguments; or what is printed instead, such as help or an error. */
const parse = (args: readonly string[]): E.Either<Outcome, Call> => {
  let out = ''
  let error = ''
  let call: Call | undefined
  const program = new Command('stowage')
    .description('Plans where containers go, and explains it.')
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => (out += text), writeErr: (text) => (error += text) })
  for (const entry of commands) {
    const { name, description } = entry
    const command = program.command(name).description(description).copyInheritedSettings(program)
    entry.declare(command).action(() => {
      call = { entry, request: requestOf(command) }
    })
  }
  try {
    program.parse([...args], { from: 'user' })
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown
    return E.left({ out, error, status: thrown.exitCode === 0 ? 0 : 2 })
  }
  return call === undefined ? E.left({ out, error, status: 2 }) : E.right(call)
}

/** Only `plan` has no argument before the paths. */
const requestOf = (command: Command): Request => {
  const values = (command.processedArgs as readonly (string | readonly string[])[]).flat()
  const [subject = '', ...paths] = command.name() === 'plan' ? ['', ...values] : values
  return { subject, paths, flags: command.opts<Flags>() }
}
