/**
 * Lists the subcommands of `stowage`. Each has a name, a description, arguments and options, a
 * check for arguments that do not go together, and the function that computes the answer.
 */
import { Argument, type Command } from 'commander'
import type { Either } from 'fp-ts/lib/Either.js'
import type { Stdin } from '../read/files.js'
import { answerConform } from './conform.js'
import { answerExplain } from './explain.js'
import { outputOption, withMachines, withSupply } from './flags.js'
import type { Answer, Rejection } from './outcome.js'
import { answerPlan } from './plan.js'
import { answerQuery } from './query.js'
import type { Request } from './request.js'

/** One command of `stowage`. */
export interface CommandEntry {
  readonly name: string
  readonly description: string
  /** Adds the arguments and options; all arguments but the paths come first. */
  readonly declare: (command: Command) => Command
  /** What is wrong with arguments that are each right; `undefined` when nothing is. */
  readonly misuseOf: (request: Request) => string | undefined
  readonly answer: (request: Request, stdin: Stdin) => Promise<Either<Rejection, Answer>>
}

const noPaths = 'name files, folders, or - for standard input'

/** The commands, in the order of `--help`. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'plan',
    description: 'place workloads on machines and on Fargate',
    declare: (command) =>
      withSupply(command)
        .option('--compare', 'ECS services on EC2, on Fargate and as they are, side by side')
        .option('--prices <file>', 'with --compare: prices per hour, for what each of them costs'),
    misuseOf: ({ paths, flags: { prices, compare } }) => {
      if (paths.length === 0) return noPaths
      if (prices !== undefined && compare !== true) return '--prices is for --compare'
      return prices === '-' && paths.includes('-')
        ? 'standard input is either the documents or the prices'
        : undefined
    },
    answer: answerPlan,
  },
  {
    name: 'explain',
    description: 'say why a workload goes where it goes',
    declare: (command) => withSupply(command.argument('<name>', 'of the workload')),
    misuseOf: ({ paths }) => (paths.length === 0 ? noPaths : undefined),
    answer: answerExplain,
  },
  {
    name: 'query',
    description: 'list the container instances that an expression selects',
    declare: (command) =>
      withMachines(command.argument('<expression>', 'of the cluster query language of Amazon ECS'))
        .addOption(outputOption())
        .addHelpText(
          'after',
          '\nExit status: 0 there are such instances, 1 there are none, 2 the input is bad.',
        ),
    misuseOf: ({ paths, flags: { nodes } }) =>
      paths.length + nodes.length === 0 ? `${noPaths}, or --nodes` : undefined,
    answer: answerQuery,
  },
  {
    name: 'conform',
    description:
      'give the answers of the scheduler or of admission, or compare them with recorded ones',
    declare: (command) =>
      command
        .addArgument(
          new Argument('<scheduler>', 'whose answers').choices(['kube-scheduler', 'admission']),
        )
        .argument(
          '<scenarios>',
          'a file of scenarios or objects, a line of JSON each, or compressed with gzip; - for standard input',
        )
        .option('--against <verdicts>', 'a file of recorded answers to compare with')
        .addHelpText(
          'after',
          '\nExit status: 0 all answers agree, 1 some do not or there are none, 2 the input is bad.',
        ),
    misuseOf: ({ paths, flags: { against } }) =>
      paths.includes('-') && against === '-'
        ? 'standard input is either the scenarios or the answers'
        : undefined,
    answer: answerConform,
  },
]
