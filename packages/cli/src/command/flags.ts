/**
 * Declares the options that several commands share, with their help texts, and parses their values.
 */
import type { FargateQuotas, planSections, provisionMachines } from '@stowage/workbench'
import { InvalidArgumentError, Option, type Command } from 'commander'
import { formats, type Format } from '../show/format.js'

/** What of a plan is shown. */
type PlanView = NonNullable<Parameters<typeof planSections>[1]>

type ProvisionOptions = Parameters<typeof provisionMachines>[1]

/** Whose way of choosing machines is asked for. */
type SupplyMind = NonNullable<ProvisionOptions['minds']>[number]

/** The options as commander reads them; a command without an option lacks its field. */
export interface Flags {
  readonly nodes: readonly string[]
  readonly catalogue?: string
  readonly zones?: readonly string[]
  readonly trunking?: boolean
  readonly cluster?: string
  readonly parameter: readonly string[]
  readonly parameterFile: readonly string[]
  readonly fargate?: boolean
  readonly compare?: boolean
  readonly prices?: string
  readonly types?: readonly string[]
  readonly change?: readonly string[]
  readonly addNodes?: readonly string[]
  readonly namespace?: readonly string[]
  readonly only?: NonNullable<PlanView['only']>
  readonly summary?: boolean
  readonly allNodes?: boolean
  readonly of?: string
  readonly sort?: string
  readonly fargateWindowsStorage?: boolean
  readonly fargateTmpfs?: boolean
  readonly withoutNode?: readonly string[]
  readonly rollouts?: boolean
  readonly enableAdmissionPlugins?: readonly string[]
  readonly seed: number
  readonly fargateVcpus?: NonNullable<FargateQuotas['vcpusAtOnce']>
  readonly fargateRate?: NonNullable<FargateQuotas['launchRate']>
  readonly output: Format
  readonly strict?: boolean
  readonly quiet?: boolean
  readonly color?: 'auto' | 'always' | 'never'
  readonly against?: string
  readonly html?: string
  readonly durations?: string
  readonly for?: string
  readonly now?: string
  readonly atRisk?: number
  readonly log?: string
  readonly at?: string
  readonly allMoments?: boolean
  readonly ignoreDaemonsets?: boolean
  readonly force?: boolean
  readonly deleteEmptydirData?: boolean
  readonly disableEviction?: boolean
  readonly podSelector?: string
  readonly timeout?: string
  readonly metric?: readonly string[]
  readonly values?: 'average' | 'total'
  readonly as?: readonly SupplyMind[]
  readonly groups?: string
  readonly expander?: NonNullable<ProvisionOptions['expander']>
  readonly balanceSimilarNodeGroups?: boolean
  readonly count?: number
  readonly work?: number
}

/** Documents, and machines beside them. */
export const withMachines = (command: Command): Command =>
  withParameters(newMachines(command))
    .option('--trunking', 'new container instances have a trunk for the interfaces of tasks')
    .option(
      '--cluster <name>',
      'the cluster that new container instances join (default: each of the documents)',
    )
    .option(
      '--fargate-tmpfs',
      'containers on Linux may mount tmpfs on Fargate: AWS says both (default: they may not)',
    )

/** `--parameter` and `--parameter-file`, for every command that reads templates. */
export const withParameters = (command: Command): Command =>
  command
    .option(
      '--parameter <name=value>',
      'of CloudFormation templates, or of a resource, such as Count.DesiredCount=3; repeat it for several',
      append,
      [],
    )
    .option(
      '--parameter-file <file>',
      'parameters of CloudFormation templates: {"Parameters": {...}}, or a list of {"ParameterKey", "ParameterValue"}; repeat it for several',
      append,
      [],
    )

const newMachines = (command: Command): Command =>
  command
    .argument('[paths...]', 'files, folders, or - for standard input')
    .option(
      '--nodes <type=count>',
      'new machines, such as m5.large=3, with labels, taints and a zone if need be: m5.large=3,disk=ssd@eu-west-1b; repeat it or use commas',
      append,
      [],
    )
    .addOption(catalogueOption())
    .option(
      '--zones <names>',
      'availability zones that --nodes takes in turn (default: those of the documents, or else us-east-1a,us-east-1b,us-east-1c)',
      parseZones,
    )

/** `--catalogue`, for every command with instance types. */
export const catalogueOption = (): Option =>
  new Option(
    '--catalogue <file>',
    'instance types as describe-instance-types prints them, or keyed by type',
  )

/** `--prices`, for every command with costs. */
export const pricesOption = (): Option =>
  new Option('--prices <file>', 'prices per hour, for what it costs')

/** What is another on the second side of a difference. */
export const withChange = (command: Command): Command =>
  command
    .option(
      '--change <file>',
      'documents that replace those of the same identity on the second side, or are added; repeat it for several',
      append,
      [],
    )
    .option(
      '--add-nodes <type=count>',
      'new machines on the second side alone, as --nodes takes them; repeat it or use commas',
      append,
      [],
    )
    .option('--no-rollouts', 'with --change: Kubernetes pods of an older template stay')

/** Whether the options make the second side of the same documents. */
export const isOneInput = ({ change = [], addNodes = [], withoutNode = [] }: Flags): boolean =>
  change.length + addNodes.length + withoutNode.length > 0

/** Documents, machines and Fargate. */
export const withSupply = (command: Command): Command =>
  withMachines(command)
    .option('--fargate', 'plan on Fargate; with machines as well, side by side')
    .option(
      '--fargate-vcpus <most>',
      'vCPUs that may run at once on Fargate and on Fargate Spot, such as 6 or 6,2; a new account has 6 of each (default: no limit)',
      parseVcpus,
    )
    .option(
      '--fargate-rate <burst,persecond>',
      'launches of Fargate at once, and a second after that, of each kind (default: 100,20 for tasks, 20,20 for pods)',
      parseRate,
    )
    .option(
      '--fargate-windows-storage',
      'tasks on Windows may request ephemeral storage of Fargate: AWS says both (default: they may not)',
    )
    .option(
      '--without-node <name>',
      'take a Kubernetes node away: its pods want a place; repeat it for several',
      append,
      [],
    )
    .option(
      '--rollouts',
      'replace Kubernetes pods of an older template, as a rollout does, as far as there is room',
    )
    .option(
      '--enable-admission-plugins <names>',
      'admission plugins that the cluster has on beside the default ones, as kube-apiserver takes them: PodNodeSelector,ExtendedResourceToleration',
      appendNames,
      [],
    )
    .option('--seed <number>', 'decides where the rule is to draw lots', parseWhole, 1)
    .addOption(outputOption())

/** What of an answer is shown. */
export const withSelection = (command: Command): Command =>
  command
    .option(
      '-n, --namespace <name>',
      'show the workloads of this Kubernetes namespace alone, and judge by them; repeat it for several',
      append,
      [],
    )
    .addOption(
      new Option(
        '--only <part>',
        'show these replicas alone: those that wanted a place, and of them those without one or with one',
      ).choices(['pending', 'unplaced', 'new']),
    )
    .option('--summary', 'show counts and sums alone')
    .addOption(allNodesOption())

/** `--all-nodes`, for every command with a table of machines. */
export const allNodesOption = (): Option =>
  new Option('--all-nodes', 'a row for every node, however many there are')

/** The view that the options ask for. */
export const planViewOf = ({ only, allNodes, summary, output }: Flags): PlanView => ({
  ...(output === 'wide' ? { isWide: true, allNodes: true } : {}),
  ...(only === undefined ? {} : { only }),
  ...(allNodes === undefined ? {} : { allNodes }),
  ...(summary === undefined ? {} : { isSummary: summary }),
})

/** `--output`, for every command with views. */
export const outputOption = (): Option =>
  new Option('--output <format>', 'how to print').choices(formats).default('table')

/** How an answer is printed, and what counts as a failure, for every command with `--output`. */
export const withDisplay = (command: Command): Command =>
  command
    .option('--strict', 'warnings count: exit with status 1 when there are any')
    .option('--quiet', 'print no answer: the exit status says it')
    .addOption(
      new Option('--color <when>', 'colours on a terminal; NO_COLOR and FORCE_COLOR are obeyed')
        .choices(['auto', 'always', 'never'])
        .default('auto'),
    )

/** Collects the values of an option that may be repeated. */
export const append = (value: string, before: readonly string[]): readonly string[] => [
  ...before,
  value,
]

/** `--types`: patterns with commas. */
export const typesOption = (otherwise = 'every type with a price'): Option =>
  new Option(
    '--types <patterns>',
    `machine types that can be opened, each a name, a family or a text with *, such as m5,c6i.*; repeat it or use commas (default: ${otherwise})`,
  ).argParser(appendNames)

const appendNames = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...value.split(','),
]

const minds = ['karpenter', 'cluster-autoscaler', 'best'] as const

/** `--as`: minds with commas, or `all` of them. */
export const asOption = (): Option =>
  new Option(
    '--as <minds>',
    'who chooses: best, karpenter, cluster-autoscaler, several with commas, or all, side by side (default: best)',
  ).argParser((value: string, before?: readonly SupplyMind[]): readonly SupplyMind[] => {
    const names = value.split(',').flatMap((name) => (name === 'all' ? minds : [name]))
    const unknown = names.filter((name) => !(minds as readonly string[]).includes(name))
    if (unknown.length > 0)
      throw new InvalidArgumentError(`expected ${minds.join(', ')} or all, with commas.`)
    return [...new Set([...(before ?? []), ...(names as SupplyMind[])])]
  })

const expanders = ['least-waste', 'most-pods', 'least-nodes', 'priority', 'price'] as const

/** `--groups`, for every command with the Cluster Autoscaler. */
export const groupsOption = (): Option =>
  new Option(
    '--groups <file>',
    'node groups: a list, what aws eks describe-nodegroup prints, or a CloudFormation template',
  )

/** What the Cluster Autoscaler reads beside documents. */
export const withGroups = (command: Command): Command =>
  command
    .addOption(groupsOption())
    .addOption(
      new Option(
        '--expander <filters>',
        `how the Cluster Autoscaler chooses a group, with commas: ${expanders.join(', ')} (default: least-waste)`,
      ).argParser((value: string): Flags['expander'] => {
        const names = value.split(',')
        if (names.some((name) => !(expanders as readonly string[]).includes(name)))
          throw new InvalidArgumentError(`expected ${expanders.join(', ')}, with commas.`)
        return names as (typeof expanders)[number][]
      }),
    )
    .option(
      '--balance-similar-node-groups',
      'the Cluster Autoscaler splits new nodes over similar groups',
    )

/** A whole number, 0 or more. */
export const parseWhole = (value: string): number => {
  const number = Number(value)
  if (!/^\d+$/.test(value) || !Number.isSafeInteger(number))
    throw new InvalidArgumentError('expected a whole number, 0 or more.')
  return number
}

/** `6` for both kinds of capacity, or `6,2` for Fargate and Fargate Spot. */
const parseVcpus = (value: string): Flags['fargateVcpus'] => {
  const [onDemand, spot = onDemand, ...others] = wholeNumbersIn(value)
  if (onDemand === undefined || spot === undefined || others.length > 0)
    throw new InvalidArgumentError('expected a whole number, or one of each with a comma.')
  return { FARGATE: onDemand, FARGATE_SPOT: spot }
}

/** `100,20`: a burst, then launches per second, the same for both kinds of capacity. */
const parseRate = (value: string): Flags['fargateRate'] => {
  const [burst, perSecond, ...others] = wholeNumbersIn(value)
  if (burst === undefined || perSecond === undefined || others.length > 0)
    throw new InvalidArgumentError('expected BURST,PER_SECOND, two whole numbers.')
  return { FARGATE: { burst, perSecond }, FARGATE_SPOT: { burst, perSecond } }
}

/** Whole numbers with commas between them; empty when one of them is none. */
const wholeNumbersIn = (value: string): readonly number[] =>
  /^\d{1,9}(,\d{1,9})*$/.test(value) ? value.split(',').map(Number) : []

const parseZones = (value: string): readonly string[] => {
  const zones = value.split(',').filter((zone) => zone !== '')
  if (zones.length === 0) throw new InvalidArgumentError('expected names with commas between them.')
  return zones
}
