/**
 * The command line itself: what can be asked, and how.
 */
import type { FargateOptions } from '@stowage/fargate'
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander'
import { ecs } from '../vocabulary/ecs.js'
import { kubernetes } from '../vocabulary/kubernetes.js'
import { conformCommand } from './conform.js'
import { explainCommand } from './explain.js'
import type { Outcome } from './outcome.js'
import { planCommand } from './plan.js'
import { queryCommand } from './query.js'
import type { Flags } from './question.js'

const version = '0.1.0'

const collected = (value: string, before: readonly string[]): readonly string[] => [
  ...before,
  value,
]

const wholeNumber = (value: string): number => {
  const number = Number(value)
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(number))
    throw new InvalidArgumentError('expected a whole number, 0 or more.')
  return number
}

/** Of both kinds of capacity, or of each: `6`, or `6,2` for Fargate and Fargate Spot. */
const vcpus = (value: string): FargateOptions['vcpusAtOnce'] => {
  const [onDemand, spot = onDemand, ...others] = numbersIn(value)
  if (onDemand === undefined || spot === undefined || others.length > 0)
    throw new InvalidArgumentError('expected a whole number, or one of each with a comma.')
  return { FARGATE: onDemand, FARGATE_SPOT: spot }
}

const rate = (value: string): FargateOptions['launchRate'] => {
  const [burst, perSecond, ...others] = numbersIn(value)
  if (burst === undefined || perSecond === undefined || others.length > 0)
    throw new InvalidArgumentError('expected BURST,PER_SECOND, two whole numbers.')
  return { FARGATE: { burst, perSecond }, FARGATE_SPOT: { burst, perSecond } }
}

/** Whole numbers with commas between them; none, where one of them is not. */
const numbersIn = (value: string): readonly number[] =>
  /^\d{1,9}(,\d{1,9})*$/.test(value) ? value.split(',').map(Number) : []

const zoneList = (value: string): readonly string[] => {
  const zones = value.split(',').filter((zone) => zone !== '')
  if (zones.length === 0) throw new InvalidArgumentError('expected names with commas between them.')
  return zones
}

const defaultZones: readonly string[] = ['us-east-1a', 'us-east-1b', 'us-east-1c']

const formulas = `
What --nodes leaves to workloads:

${kubernetes.allocatableFormula}

${ecs.allocatableFormula}

Exit status: 0 everything has a place, 1 something has none, 2 the input is bad.`

const withMachines = (command: Command): Command =>
  command
    .argument('[paths...]', 'files, folders, or - for standard input')
    .option(
      '--nodes <type=count>',
      'new machines, such as m5.large=3; repeat it or use commas',
      collected,
      [],
    )
    .option(
      '--catalogue <file>',
      'instance types as describe-instance-types prints them, or keyed by type',
    )
    .option(
      '--zones <names>',
      'availability zones that --nodes takes in turn',
      zoneList,
      defaultZones,
    )
    .option(
      '--parameter <name=value>',
      'of CloudFormation templates; repeat it for several',
      collected,
      [],
    )
    .option('--trunking', 'new container instances have a trunk for the interfaces of tasks')

const output = (): Option =>
  new Option('--output <format>', 'how to print').choices(['table', 'json']).default('table')

const withOptions = (command: Command): Command =>
  withMachines(command)
    .option('--fargate', 'plan on Fargate; with machines as well, side by side')
    .option(
      '--fargate-vcpus <most>',
      'vCPUs that may run at once on Fargate and on Fargate Spot, such as 6 or 6,2; a new account has 6 of each (default: no limit)',
      vcpus,
    )
    .option(
      '--fargate-rate <burst,persecond>',
      'launches of Fargate at once, and a second after that, of each kind (default: 100,20 for tasks, 20,20 for pods)',
      rate,
    )
    .option('--seed <number>', 'decides where the rule is to draw lots', wholeNumber, 1)
    .addOption(output())
    .addHelpText('after', formulas)

/** Runs the command line and says what came of it; prints nothing. */
export const run = async (
  args: readonly string[],
  stdin: () => Promise<string>,
): Promise<Outcome> => {
  let out = ''
  let error = ''
  let outcome: Outcome | undefined
  const program = new Command('stowage')
    .description('Plans where containers go, and explains it.')
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => (out += text), writeErr: (text) => (error += text) })
  const sub = (name: string, description: string): Command =>
    program.command(name).description(description).copyInheritedSettings(program)
  withOptions(sub('plan', 'place workloads on machines and on Fargate'))
    .option('--compare', 'ECS services on EC2, on Fargate and as they are, side by side')
    .option('--prices <file>', 'with --compare: prices per hour, for what each of them costs')
    .action(async (paths: readonly string[], flags: Flags, self: Command) => {
      if (paths.length === 0) self.error('error: name files, folders, or - for standard input')
      if (flags.prices !== undefined && flags.compare !== true)
        self.error('error: --prices is for --compare')
      if (flags.prices === '-' && paths.includes('-'))
        self.error('error: standard input is either the documents or the prices')
      outcome = await planCommand(paths, flags, stdin)
    })
  withOptions(
    sub('explain', 'say why a workload goes where it goes').argument('<name>', 'of the workload'),
  ).action(async (name: string, paths: readonly string[], flags: Flags, self: Command) => {
    if (paths.length === 0) self.error('error: name files, folders, or - for standard input')
    outcome = await explainCommand(name, paths, flags, stdin)
  })
  withMachines(
    sub('query', 'list the container instances that an expression selects').argument(
      '<expression>',
      'of the cluster query language of Amazon ECS',
    ),
  )
    .addOption(output())
    .addHelpText(
      'after',
      '\nExit status: 0 there are such instances, 1 there are none, 2 the input is bad.',
    )
    .action(async (expression: string, paths: readonly string[], flags: Flags, self: Command) => {
      if (paths.length + flags.nodes.length === 0)
        self.error('error: name files, folders, or - for standard input, or --nodes')
      outcome = await queryCommand(expression, paths, flags, stdin)
    })
  sub('conform', 'say what the scheduler would, or compare it with what it has said')
    .addArgument(new Argument('<scheduler>', 'whose answers').choices(['kube-scheduler']))
    .argument(
      '<scenarios>',
      'a file of scenarios, a line of JSON each, or compressed with gzip; - for standard input',
    )
    .option('--against <verdicts>', 'a file of recorded answers to compare with')
    .addHelpText(
      'after',
      '\nExit status: 0 all answers agree, 1 some do not or there are none, 2 the input is bad.',
    )
    .action(
      async (
        _: string,
        path: string,
        { against }: { readonly against?: string },
        self: Command,
      ) => {
        if (path === '-' && against === '-')
          self.error('error: standard input is either the scenarios or the answers')
        outcome = await conformCommand(path, against, stdin)
      },
    )
  try {
    await program.parseAsync([...args], { from: 'user' })
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown
    return { out, error, status: thrown.exitCode === 0 ? 0 : 2 }
  }
  return outcome ?? { out, error, status: 2 }
}
