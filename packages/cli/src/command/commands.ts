/**
 * Lists the subcommands of `stowage`. Each subcommand has a name, a description, arguments and
 * options, a check of the arguments, and the function that computes the answer. The code of a
 * command is loaded when the command is called, so that help is fast.
 */
import { Argument, Option, type Command } from 'commander'
import type { Either } from 'fp-ts/lib/Either.js'
import type { Stdin } from '../read/files.js'
import { shells } from '../usage/completion.js'
import type { Usage } from '../usage/usage.js'
import {
  allNodesOption,
  asOption,
  groupsOption,
  catalogueOption,
  isOneInput,
  append,
  outputOption,
  parseWhole,
  typesOption,
  pricesOption,
  withChange,
  withGroups,
  withMachines,
  withParameters,
  withSelection,
  withSupply,
  type Flags,
} from './flags.js'
import type { Answer, Rejection } from './outcome.js'
import type { Request } from './request.js'

/** One command of `stowage`. */
export interface CommandEntry extends Usage {
  /** Adds the arguments and options; all arguments but the paths come first. */
  readonly declare: (command: Command) => Command
  /** What is wrong with arguments that are each right; `undefined` when nothing is. */
  readonly misuseOf: (request: Request) => string | undefined
  readonly answer: (request: Request, stdin: Stdin) => Promise<Either<Rejection, Answer>>
}

const supplyStatuses = '0 everything has a place, 1 something has none, 2 the input is bad'

const supplyNotes = async (): Promise<string> => {
  const { allocatableFormulas } = await import('@stowage/workbench')
  return `What --nodes leaves to workloads:\n\n${allocatableFormulas.join('\n\n')}`
}

const noPaths = 'name files, folders, or - for standard input'

const isTime = (text: string): boolean => /^\d{1,9}(ms|s|m|h)$/.test(text)

const isInstant = (text: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/.test(text) && !Number.isNaN(Date.parse(text))

const isSelective = ({ namespace = [], only, summary, allNodes }: Partial<Flags>): boolean =>
  namespace.length > 0 || [only, summary, allNodes].some((flag) => flag !== undefined)

/** The commands, in the order of `--help`. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'plan',
    description: 'place workloads on machines and on Fargate',
    examples: [
      {
        shows: 'twelve services on four machines, and on Fargate',
        line: 'stowage plan docs/examples/shop/kubernetes --nodes m5.large=4 --fargate',
      },
      {
        shows: 'what the same costs on EC2, on Fargate and mixed',
        line: 'stowage plan docs/examples/shop/ecs --compare --prices docs/examples/prices.yaml --nodes m5.large=4 --trunking',
      },
    ],
    statuses: supplyStatuses,
    notes: supplyNotes,
    declare: (command) =>
      withSelection(withSupply(command))
        .option('--compare', 'ECS services on EC2, on Fargate and as they are, side by side')
        .addOption(pricesOption())
        .option('--html <file>', 'also write the plan as a page, machines as blocks'),
    misuseOf: ({ paths, flags: { prices, compare, html, ...flags } }) => {
      if (paths.length === 0) return noPaths
      if (html !== undefined && compare === true) return '--html draws one plan, not --compare'
      if (compare === true && isSelective(flags))
        return '--namespace, --only, --summary and --all-nodes are not for --compare'
      return prices === '-' && paths.includes('-')
        ? 'standard input is either the documents or the prices'
        : undefined
    },
    answer: async (request, stdin) => (await import('./plan.js')).answerPlan(request, stdin),
  },
  {
    name: 'diff',
    description: 'say what changes between two inputs, or if an input changes',
    examples: [
      {
        shows: 'what a changed Deployment does to a cluster',
        line: 'stowage diff docs/examples/dump.json --change docs/examples/shop/kubernetes/storefront.yaml',
      },
      {
        shows: 'whether the pods of a node find a place elsewhere, with one more machine',
        line: 'stowage diff docs/examples/dump.json --without-node node-1 --add-nodes m5.large=1',
      },
    ],
    statuses:
      '0 nothing has lost its place and nothing new is without one, 1 something has or is, 2 the input is bad',
    notes: () =>
      Promise.resolve(
        'Two paths are two inputs. With --change, --add-nodes or --without-node all paths are one input, and these\noptions make the second side of it. All other options hold for both sides.',
      ),
    declare: (command) =>
      withChange(withSupply(command)).addOption(pricesOption()).addOption(allNodesOption()),
    misuseOf: ({ paths, flags }) => {
      const { change = [], prices } = flags
      if (isOneInput(flags) ? paths.length === 0 : paths.length !== 2)
        return 'name two files or folders, or one input with --change, --without-node or --add-nodes'
      const others = prices === undefined ? change : [...change, prices]
      return [...paths, ...others].filter((path) => path === '-').length > 1
        ? 'standard input is one of the inputs, or the change, or the prices'
        : undefined
    },
    answer: async (request, stdin) => (await import('./diff.js')).answerDiff(request, stdin),
  },
  {
    name: 'explain',
    description: 'say why a workload goes where it goes',
    examples: [
      {
        shows: 'why a pod of a dump is pending, and what would help',
        line: 'stowage explain pod/urgent docs/examples/dump.json',
      },
      {
        shows: 'why a service goes where it goes, rule by rule',
        line: 'stowage explain payments docs/examples/shop/ecs --nodes m5.large=3 --trunking',
      },
    ],
    statuses: supplyStatuses,
    notes: supplyNotes,
    declare: (command) => withSupply(command.argument('<name>', 'of the workload')),
    misuseOf: ({ paths }) => (paths.length === 0 ? noPaths : undefined),
    answer: async (request, stdin) => (await import('./explain.js')).answerExplain(request, stdin),
  },
  {
    name: 'capacity',
    description: 'say what machines have and use, and how many more of a workload would fit',
    examples: [
      {
        shows: 'the nodes of a dump with what runs on them, the fullest first',
        line: 'stowage capacity docs/examples/dump.json --sort cpu',
      },
      {
        shows: 'how many more pods of a Deployment would fit, and what runs out',
        line: 'stowage capacity docs/examples/shop/kubernetes --nodes m5.large=4 --of storefront',
      },
    ],
    statuses: '0, or 1 when no more of --of fits, 2 the input is bad',
    declare: (command) =>
      withMachines(command)
        .option(
          '--of <name>',
          'a workload of the files, as explain names it: how many more of it would fit after the plan of everything, and why then no other',
        )
        .option('--sort <resource>', 'the fullest machine first, such as by cpu (default: by name)')
        .addOption(allNodesOption())
        .option('--seed <number>', 'decides where the rule is to draw lots', parseWhole, 1)
        .addOption(outputOption()),
    misuseOf: ({ paths, flags: { nodes, of, sort } }) => {
      if (paths.length + nodes.length === 0) return `${noPaths}, or --nodes`
      return of !== undefined && sort !== undefined ? '--sort is not for --of' : undefined
    },
    answer: async (request, stdin) =>
      (await import('./capacity.js')).answerCapacity(request, stdin),
  },
  {
    name: 'provision',
    description: 'choose the cheapest machines for what finds no place',
    examples: [
      {
        shows: 'machines for a shop on Kubernetes, of two families',
        line: 'stowage provision docs/examples/shop/kubernetes --types m5,c6i --prices docs/prices/us-east-1.yaml',
      },
      {
        shows: 'machines for the pods of a dump that are pending',
        line: 'stowage provision docs/examples/dump.json --types m5 --prices docs/prices/us-east-1.yaml',
      },
    ],
    statuses: supplyStatuses,
    notes: supplyNotes,
    declare: (command) =>
      withGroups(withMachines(command))
        .addOption(asOption())
        .addOption(typesOption())
        .addOption(pricesOption())
        .addOption(allNodesOption())
        .option(
          '--work <fillings>',
          'how much to look for a cheaper choice, in machines that are filled on trial; 0: by rule alone, without linear programming',
          parseWhole,
          100_000,
        )
        .option('--seed <number>', 'decides where the rule is to draw lots', parseWhole, 1)
        .option('--html <file>', 'also write the machines to open as a page, as blocks')
        .addOption(outputOption()),
    misuseOf: ({ paths, flags: { prices, groups } }) => {
      if (paths.length === 0) return noPaths
      if (prices === undefined) return 'say what machines cost: --prices FILE'
      const fromStdin = [paths.includes('-'), prices === '-', groups === '-']
      return fromStdin.filter(Boolean).length > 1
        ? 'standard input is either the documents, the prices or the node groups'
        : undefined
    },
    answer: async (request, stdin) =>
      (await import('./provision.js')).answerProvision(request, stdin),
  },
  {
    name: 'consolidate',
    description: 'say which machines can go, what moves, what it saves, and why the others stay',
    examples: [
      {
        shows: 'which nodes of a dump can go, or be replaced by cheaper ones',
        line: 'stowage consolidate docs/examples/consolidate/cluster.yaml --prices docs/prices/us-east-1.yaml',
      },
      {
        shows: 'the same with other types to choose from, and where each pod goes',
        line: 'stowage consolidate docs/examples/consolidate/cluster.yaml --prices docs/prices/us-east-1.yaml --types m5,m6i --output wide',
      },
    ],
    statuses: '0 all machines are needed, 1 some can go, 2 the input is bad',
    declare: (command) =>
      withMachines(command)
        .addOption(asOption())
        .addOption(groupsOption())
        .addOption(typesOption('the types of the machines that are there'))
        .addOption(pricesOption())
        .addOption(allNodesOption())
        .option(
          '--delete-emptydir-data',
          'let pods with emptyDir and hostPath volumes go, which lose their data',
        )
        .option(
          '--durations <times>',
          'how long things take (default: start=20s,ready=5s,stop=10s), as rollout takes them',
        )
        .option(
          '--work <pods>',
          'how much to look for a cheaper choice, in pods that are placed on trial',
          parseWhole,
          200_000,
        )
        .option('--seed <number>', 'decides where the rule is to draw lots', parseWhole, 1)
        .addOption(outputOption()),
    misuseOf: ({ paths, flags: { nodes, prices, groups } }) => {
      if (paths.length + nodes.length === 0) return `${noPaths}, or --nodes`
      const fromStdin = [paths.includes('-'), prices === '-', groups === '-']
      return fromStdin.filter(Boolean).length > 1
        ? 'standard input is either the documents, the prices or the node groups'
        : undefined
    },
    answer: async (request, stdin) =>
      (await import('./consolidate.js')).answerConsolidate(request, stdin),
  },
  {
    name: 'types',
    description: 'list the machine types that --nodes takes, and what they leave to workloads',
    examples: [
      { shows: 'the sizes of a family', line: 'stowage types m5' },
      {
        shows: 'what the types with GPUs cost, where the prices say so',
        line: "stowage types 'g*.xlarge' --prices docs/examples/prices.yaml",
      },
    ],
    statuses: '0 there are such types, 1 there are none, 2 the input is bad',
    declare: (command) =>
      command
        .argument('[pattern]', 'a name, a family, or a text with * for any characters')
        .addOption(catalogueOption())
        .addOption(pricesOption())
        .addOption(outputOption()),
    misuseOf: ({ flags: { catalogue, prices } }) =>
      catalogue === '-' && prices === '-'
        ? 'standard input is either the catalogue or the prices'
        : undefined,
    answer: async (request, stdin) => (await import('./list-types.js')).answerTypes(request, stdin),
  },
  {
    name: 'rollout',
    description: 'play an update moment by moment: what starts, stops and waits, and how it ends',
    examples: [
      {
        shows: 'a new image of a Deployment on three nodes',
        line: 'stowage rollout docs/examples/rollout/kubernetes.yaml --change docs/examples/rollout/new-image.yaml',
      },
      {
        shows: 'the same service on Amazon ECS, with slower containers',
        line: 'stowage rollout docs/examples/rollout/ecs.yaml --nodes m5.large=2 --change docs/examples/rollout/new-definition.yaml --durations start=1m',
      },
      {
        shows: 'an update whose second task and all later ones fail, and the way back',
        line: 'stowage rollout docs/examples/rollout/ecs.yaml --nodes m5.large=2 --change docs/examples/rollout/with-breaker.yaml --at-risk 2',
      },
    ],
    statuses: '0 it is done, 1 it is stuck, 2 the input is bad',
    declare: (command) =>
      withMachines(command)
        .option(
          '--change <file>',
          'documents that replace those of the same name; repeat it for several',
          append,
          [],
        )
        .option(
          '--without-node <name>',
          'a node that goes at the moment of the change; repeat it for several',
          append,
          [],
        )
        .option(
          '--durations <times>',
          'how long things take (default: start=20s,ready=5s,stop=10s,buy=1m): from the order until a replica runs, from then until its check passes, from the order until it is gone, and from the order of a machine until it has joined; run=10m: how long pods of Jobs run until they have succeeded, shop/report=2m: those of this Job or CronJob (default: they run on)',
        )
        .option(
          '--for <time>',
          'look at the change for so long, such as 1h, and let CronJobs start Jobs meanwhile (default: until there is rest, without CronJobs)',
        )
        .option(
          '--now <instant>',
          'when the change comes, which decides when CronJobs run: 2026-12-01T02:59:00Z (default: what the documents tell, or else 1970)',
        )
        .option(
          '--at-risk <number>',
          'of the tasks that an update of an Amazon ECS service starts, let this one and all later ones fail, so that its circuit breaker is seen',
          parseWhole,
        )
        .option(
          '--log <file>',
          'also write the run as a log that replay reads; of a second platform as FILE.ecs',
        )
        .option('--all-moments', 'show every moment, however many there are')
        .addOption(outputOption()),
    misuseOf: ({ paths, flags: { change = [], withoutNode = [], atRisk, for: time, now } }) => {
      if (paths.length === 0) return noPaths
      if (atRisk === 0) return '--at-risk counts the new tasks from 1'
      if (time !== undefined && !isTime(time)) return '--for is a time, such as 90s or 1h'
      if (now !== undefined && !isInstant(now))
        return '--now is an instant, such as 2026-12-01T02:59:00Z'
      if (change.length + withoutNode.length === 0 && time === undefined)
        return 'say what changes: --change FILE or --without-node NAME, or how long to look: --for TIME'
      return paths.includes('-') && change.includes('-')
        ? 'standard input is either the documents or the change'
        : undefined
    },
    answer: async (request, stdin) => (await import('./rollout.js')).answerRollout(request, stdin),
  },
  {
    name: 'drain',
    description:
      'play kubectl drain: which pods go, what budgets hold back, and where others take their place',
    examples: [
      {
        shows: 'two nodes of a cluster, one after the other',
        line: 'stowage drain node-1,node-2 docs/examples/drain/cluster.yaml --ignore-daemonsets',
      },
      {
        shows: 'the same with pods that take a minute to start, as data',
        line: 'stowage drain node-1 docs/examples/drain/cluster.yaml --ignore-daemonsets --durations start=1m --output json',
      },
    ],
    statuses: '0 all nodes are drained and all new pods have a place, 1 not so, 2 the input is bad',
    declare: (command) =>
      withMachines(command.argument('<nodes>', 'names of nodes with commas between them'))
        .option('--ignore-daemonsets', 'leave the pods of DaemonSets where they are')
        .option('--delete-emptydir-data', 'evict pods with emptyDir volumes, which lose their data')
        .option('--force', 'evict pods that no controller replaces')
        .option('--disable-eviction', 'delete pods, so that no budget is asked')
        .option('--pod-selector <selector>', 'drain pods with these labels alone: app=web,tier!=db')
        .option('--timeout <time>', 'give a node up after so long, such as 5m (default: never)')
        .option(
          '--durations <times>',
          'how long things take (default: start=20s,ready=5s,stop=10s), as rollout takes them',
        )
        .addOption(outputOption()),
    misuseOf: ({ paths, flags: { timeout } }) => {
      if (paths.length === 0) return noPaths
      return timeout === undefined || isTime(timeout)
        ? undefined
        : '--timeout is a time, such as 90s or 5m'
    },
    answer: async (request, stdin) => (await import('./drain.js')).answerDrain(request, stdin),
  },
  {
    name: 'autoscale',
    description: 'play the history of a metric: how many replicas there would have been, and why',
    examples: [
      {
        shows: 'a day of requests against a HorizontalPodAutoscaler',
        line: 'stowage autoscale docs/examples/autoscale/kubernetes.yaml --metric docs/examples/autoscale/requests.csv',
      },
      {
        shows:
          'mean CPU of four tasks against target tracking and a scheduled action of an ECS service',
        line: 'stowage autoscale docs/examples/autoscale/ecs.json --metric docs/examples/autoscale/cpu.json --values average',
      },
    ],
    statuses:
      '0 no workload wanted more than its maximum, 1 one did for some time, 2 the input is bad',
    declare: (command) =>
      withParameters(command.argument('[paths...]', 'files, folders, or - for standard input'))
        .option(
          '--metric <file>',
          'the history of a metric or of several: CSV with a column time and one for each, or JSON with times and values; repeat it for several',
          append,
          [],
        )
        .addOption(
          new Option(
            '--values <kind>',
            'whether values are totals, of which each replica has its share, or averages of one replica; a column replicas makes totals of averages',
          )
            .choices(['total', 'average'])
            .default('total'),
        )
        .option(
          '--count <replicas>',
          'with how many replicas the history begins (default: those of the documents, or else the minimum)',
          parseWhole,
        )
        .option(
          '--durations <times>',
          'how long a replica takes until it runs and then until it has its share of the load (default: start=20s,ready=5s)',
        )
        .option('--all-moments', 'show every change, however many there are')
        .addOption(outputOption()),
    misuseOf: ({ paths, flags: { metric = [] } }) => {
      if (paths.length === 0) return noPaths
      if (metric.length === 0) return 'name the history of a metric: --metric FILE'
      return [...paths, ...metric].filter((path) => path === '-').length > 1
        ? 'standard input is either the documents or a metric'
        : undefined
    },
    answer: async (request, stdin) =>
      (await import('./autoscale.js')).answerAutoscale(request, stdin),
  },
  {
    name: 'replay',
    description: 'run a log again and tell what happened',
    examples: [
      { shows: 'the whole of a log', line: 'stowage replay docs/examples/rollout/log.jsonl' },
      {
        shows: 'how it was after a minute',
        line: 'stowage replay docs/examples/rollout/log.jsonl --at 1m',
      },
    ],
    statuses: '0 the log is whole and its answers are the same, 1 it was cut, 2 it is bad',
    declare: (command) =>
      command
        .argument('<log>', 'a log, or - for standard input')
        .option('--at <time>', 'stop so long after the beginning of the log, such as 90s or 5m')
        .option('--all-moments', 'show every moment, however many there are')
        .addOption(outputOption()),
    misuseOf: () => undefined,
    answer: async (request, stdin) => (await import('./replay.js')).answerReplay(request, stdin),
  },
  {
    name: 'query',
    description: 'list the container instances that an expression selects',
    examples: [
      {
        shows: 'the new machines of one family',
        line: "stowage query 'attribute:ecs.instance-type =~ m5.*' --nodes m5.large=2,c6i.large=2",
      },
      {
        shows: 'the same as a file for a spreadsheet',
        line: "stowage query 'attribute:ecs.availability-zone == us-east-1a' --nodes m5.large=4 --output csv",
      },
    ],
    statuses: '0 there are such instances, 1 there are none, 2 the input is bad',
    declare: (command) =>
      withMachines(
        command.argument('<expression>', 'of the cluster query language of Amazon ECS'),
      ).addOption(outputOption()),
    misuseOf: ({ paths, flags: { nodes } }) =>
      paths.length + nodes.length === 0 ? `${noPaths}, or --nodes` : undefined,
    answer: async (request, stdin) => (await import('./query.js')).answerQuery(request, stdin),
  },
  {
    name: 'conform',
    description:
      'give the answers of the scheduler, of admission or of controllers, or compare them with recorded ones',
    examples: [
      {
        shows: 'our answer to each recorded scenario, a line of JSON each',
        line: 'stowage conform kube-scheduler test/golden/kube-scheduler/claims.scenarios.jsonl.gz',
      },
      {
        shows: 'how far the answers agree with those of kube-scheduler',
        line: 'stowage conform kube-scheduler test/golden/kube-scheduler/claims.scenarios.jsonl.gz --against test/golden/kube-scheduler/claims.verdicts.jsonl.gz',
      },
    ],
    statuses: '0 all answers agree, 1 some do not or there are none, 2 the input is bad',
    declare: (command) =>
      command
        .addArgument(
          new Argument('<scheduler>', 'whose answers').choices([
            'kube-scheduler',
            'admission',
            'workloads',
            'hpa',
            'cluster-autoscaler',
            'karpenter',
            'settle',
          ]),
        )
        .argument(
          '<scenarios>',
          'a file of scenarios, objects, cases or histories, a line of JSON each, or compressed with gzip; - for standard input',
        )
        .option('--against <verdicts>', 'a file of recorded answers to compare with'),
    misuseOf: ({ paths, flags: { against } }) =>
      paths.includes('-') && against === '-'
        ? 'standard input is either the scenarios or the answers'
        : undefined,
    answer: async (request, stdin) => (await import('./conform.js')).answerConform(request, stdin),
  },
  {
    name: 'schema',
    description: 'print the JSON Schema of what --output json prints',
    examples: [
      { shows: 'the schema of a plan', line: 'stowage schema plan' },
      { shows: 'the schema of an explanation', line: 'stowage schema explanation' },
    ],
    statuses: '0 it was printed, 2 there is no such schema',
    declare: (command) =>
      command.addArgument(
        new Argument('<answer>', 'whose schema').choices([
          'plan',
          'comparison',
          'difference',
          'explanation',
          'query',
          'capacity',
          'headroom',
          'types',
          'provision',
          'rollout',
          'drain',
          'consolidation',
          'replay',
          'autoscale',
        ]),
      ),
    misuseOf: () => undefined,
    answer: async ({ subject }) => (await import('./schema.js')).answerSchema(subject),
  },
  {
    name: 'completion',
    description: 'print a script that completes commands, options and values in a shell',
    examples: [
      {
        shows: 'for bash; in ~/.bashrc it is `source <(stowage completion bash)`',
        line: 'stowage completion bash',
      },
      { shows: 'for fish, in its folder of completions', line: 'stowage completion fish' },
    ],
    statuses: '0 it was printed, 2 there is no such shell',
    declare: (command) =>
      command.addArgument(new Argument('<shell>', 'whose completion').choices(shells)),
    misuseOf: () => undefined,
    answer: async ({ subject, program }) =>
      (await import('./completion.js')).answerCompletion(subject, program),
  },
]
