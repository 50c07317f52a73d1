/**
 * Defines the JSON Schema of the answer to each command, for `--output json` and `--output yaml`.
 * Tests check every answer against its schema.
 */
import { answerSchema, count, list, number, part, record, string, type Schema } from './part.js'

const counts = record({ placed: count('with a place'), unplaced: count('without one') })

const planCounts = record({
  placed: count('with a place'),
  running: count('how many of these ran before'),
  unplaced: count('without a place'),
})

const machine = record(
  { name: string('of the machine'), gauges: list(part('gauge')), holds: list(part('hold')) },
  {
    cluster: string('when there are several'),
    status: string('of one that is not ACTIVE'),
    leaving: list(part('hold'), 'replicas that leave it'),
  },
)

const unplacedReplicas = record({
  name: string('of the workload'),
  count: count('of its replicas'),
  nodes: count('how many machines were looked at'),
  reasons: list(
    record({
      plugin: string('the rule that refuses'),
      reason: string('in the words of the platform'),
      nodes: count('how many machines it refuses'),
    }),
  ),
})

const podsByText = (what: string): Schema =>
  list(
    record({
      text: string('in its words'),
      pods: list({ type: 'string' }, 'by namespace and name'),
    }),
    what,
  )

const provisionFields = {
  vocabulary: part('platform'),
  as: { enum: ['karpenter', 'cluster-autoscaler', 'best'] },
  nodes: list(
    record(
      {
        name: string('of the new machine'),
        ...{ type: string('of the machine'), zone: string('where it is') },
        ...{ capacityType: { enum: ['on-demand', 'spot'] }, perHour: number('price') },
        ...{ gauges: list(part('gauge')), holds: list(part('hold')) },
      },
      {
        nodePool: string('whose node it is'),
        group: string('whose node it is'),
        options: list({ type: 'string' }, 'types that may be launched, the cheapest first'),
      },
    ),
    'machines to open',
  ),
  perHour: number('what they cost'),
  perMonth: number('what they cost'),
  bound: record({
    perHour: number('what any choice of these machines costs at least'),
    by: { enum: ['resources', 'counts', 'patterns'] },
  }),
  gap: number('how far the cost is above the bound, as a part of the bound'),
  unplaced: list(
    record(
      {
        name: string('of the workload'),
        count: count('of its replicas that would still find no place'),
        reasons: list(
          record({
            plugin: string('the rule that refuses'),
            reason: string('in the words of the platform'),
            offers: count('how many offers it refuses, a type in a zone each'),
          }),
        ),
      },
      {
        nearest: record({
          type: string('of the offer with the fewest reasons'),
          zone: string('of that offer'),
          reasons: list({ type: 'string' }),
        }),
      },
    ),
  ),
  held: list(part('homeless'), 'that no scheduler considers'),
}

const provision = record(provisionFields, {
  existing: list(
    record({ node: string('that is there'), pods: list({ type: 'string' }) }),
    'pods that are left to nodes that are there',
  ),
  refusals: podsByText('why pods have no place'),
  misplaced: list(
    record({
      node: string('for which they are counted'),
      text: string('why the scheduler refuses them'),
      pods: list({ type: 'string' }, 'by namespace and name'),
    }),
    'pods that are counted as placed, and that the scheduler would refuse',
  ),
})

const drainedNode = record(
  {
    name: string('of the node'),
    outcome: { enum: ['Drained', 'Refused', 'Failed', 'TimedOut', 'Stuck', 'NotReached'] },
    refusals: list(
      record({ pods: list({ type: 'string' }), why: string('kubectl does not begin') }),
    ),
    staying: list(
      record({
        pod: string('that is left on the node'),
        why: { enum: ['DaemonSet', 'mirror pod'] },
      }),
    ),
  },
  { from: count('when kubectl begins with it'), to: count('when it is done with it') },
)

const waitingRow = record(
  {
    name: string('of the workload'),
    count: count('of its pods that waited'),
    placed: list(
      record({ node: string('that takes it'), at: count('when') }),
      'those that got a node',
    ),
  },
  {
    unplaced: { type: 'object', description: 'why no node takes the others at the end' },
    held: string('why no scheduler looks at them'),
  },
)

const drainedPod = record(
  { name: string('namespace and name'), node: string('on which it runs') },
  {
    workload: string('that replaces it'),
    evictedAt: count('when its eviction is allowed'),
    goneAt: count('when it is gone'),
    heldBy: record(
      {
        budget: string('that holds it back'),
        healthy: count('pods that the budget counts as healthy'),
        desiredHealthy: count('pods that must stay healthy'),
      },
      { until: count('when it lets it go'), failure: string('why it allows nothing') },
    ),
    error: string('why its eviction fails'),
    replacement: record(
      { at: count('when it is made') },
      {
        node: string('that it gets'),
        placedAt: count('when it gets it'),
        unplaced: unplacedReplicas,
        held: string('why no scheduler looks at it'),
      },
    ),
  },
)

const fleetMachine = { name: string('of the machine') }
const fleetMore = { type: string('such as m5.large'), perHour: number('its price') }

const consolidation = record(
  {
    vocabulary: part('platform'),
    opened: list(
      record({
        ...{ name: string('of the new machine'), type: string('of the machine') },
        ...{ zone: string('where it is'), perHour: number('price') },
      }),
      'machines to open before any goes',
    ),
    gone: list(
      record(fleetMachine, {
        ...fleetMore,
        from: count('when its pods are first asked to go'),
        to: count('when it is empty'),
      }),
      'machines that can go, in order',
    ),
    staying: list(
      record(
        {
          ...fleetMachine,
          by: { enum: ['Node', 'Pods', 'Budget', 'NoPlace', 'Price', 'Together', 'Work'] },
          because: string('why it stays'),
        },
        fleetMore,
      ),
      'all other machines',
    ),
    pods: list(drainedPod, 'those that move, in the order in which they are asked to go'),
    unpriced: list({ type: 'string' }, 'machines whose price is not known'),
    waiting: record({
      before: count('pods without a place'),
      after: count('pods without a place then'),
    }),
    warnings: list(part('warning')),
  },
  {
    perHourBefore: number('what all machines with a price cost'),
    perHourAfter: number('what they cost then'),
    savedPerHour: number('the difference'),
    savedPerMonth: number('the difference'),
  },
)

const mindRelease = record({
  vocabulary: part('platform'),
  as: { enum: ['karpenter', 'cluster-autoscaler'] },
  steps: list(
    record(
      {
        method: { enum: ['emptiness', 'multi', 'single', 'empty', 'drain'] },
        gone: list({ type: 'string' }, 'machines that go at once'),
        moved: count('of the replicas that move'),
        savedPerHour: number('by the step'),
      },
      {
        opened: record({
          ...{ name: string('of the new machine'), type: string('of the machine') },
          ...{ zone: string('where it is'), options: count('types that it may be of') },
        }),
      },
    ),
    'one after the other',
  ),
  staying: list(record({ name: string('of the machine'), because: string('why it stays') })),
  perHourBefore: number('what all machines with a price cost'),
  perHourAfter: number('what they cost then'),
  savedPerMonth: number('the difference'),
})

const texts = { type: 'object', additionalProperties: { type: 'string' } }

const fargateNode = record({
  name: string('of the workload'),
  replica: count('from 1'),
  fargateProfileName: string('that selects the pod'),
  subnet: string('of the node'),
  node: string('its name'),
  at: number('start of its launch, in milliseconds after the first'),
  labels: texts,
  taints: list({ type: 'object' }),
  allocatable: texts,
})

const names = list({ type: 'string' })

const cost = {
  oneOf: [
    record({ missing: names }),
    record({ perHour: number('per hour'), perMonth: number('per 730 hours') }),
  ],
}

const bill = {
  type: 'object',
  properties: {
    currency: string('of all sums'),
    region: string('of the prices'),
    date: string('on which the prices were taken'),
    missing: list({ type: 'string' }, 'items without a price'),
    perHour: number('of instances in use and Fargate'),
    perMonth: number('per 730 hours'),
    instances: cost,
    allInstances: cost,
    fargate: cost,
  },
  required: ['currency', 'instances', 'allInstances', 'fargate'],
}

const plan = record(
  {
    vocabulary: part('platform'),
    supply: { enum: ['nodes', 'fargate'] },
    replicas: planCounts,
    nodes: list(machine),
    unplaced: list(unplacedReplicas, 'that found no machine'),
    fargate: list(part('vended')),
    launched: list(part('launch')),
    refused: list(part('homeless'), 'for a reason that no machine gave'),
    held: list(part('homeless'), 'that no scheduler considers'),
    preemption: list(part('preemption')),
    warnings: list(part('warning')),
  },
  {
    clusters: { ...texts, description: 'the cluster of each workload, when there are several' },
    fargateNodes: list(fargateNode, 'pods of Fargate profiles'),
    bill,
  },
)

const planSums = record(
  {
    vocabulary: part('platform'),
    supply: { enum: ['nodes', 'fargate'] },
    replicas: planCounts,
    machines: record({ all: count('all machines'), used: count('machines in use') }),
    gauges: list(part('gauge'), 'the sums over all machines'),
    unplaced: list(
      record({
        why: string('the reason'),
        count: count('replicas without a place'),
        workloads: count('their workloads'),
      }),
      'the reason of most replicas first',
    ),
  },
  { bill },
)

const capacity = record({
  vocabulary: part('platform'),
  nodes: list(
    record(
      { name: string('of the machine'), gauges: list(part('gauge')) },
      {
        cluster: string('when there are several'),
        status: string('of one that is not ACTIVE'),
      },
    ),
  ),
  total: list(part('gauge'), 'the sums over all machines'),
  warnings: list(part('warning')),
})

const headroomSubject = { vocabulary: part('platform'), name: string('of the workload') }

const headroom = {
  oneOf: [
    record({ ...headroomSubject, note: string('why the number is not known') }),
    record(
      {
        ...headroomSubject,
        count: count('how many more replicas fit'),
        isAll: { type: 'boolean', description: 'false when counting stopped before none fitted' },
        nodes: list(
          record({
            name: string('of the machine'),
            count: count('how many more it takes'),
            reasons: list({ type: 'string' }, 'why it takes no other'),
          }),
        ),
      },
      {
        unplaced: unplacedReplicas,
        refusal: string('why one more would not be made, where a quota ends the counting'),
      },
    ),
  ],
}

const score = record(
  { plugin: string('the rule'), weighted: number('what counts') },
  { raw: number('before normalising and weights') },
)

const explainedNode = record(
  { name: string('of the machine'), all: list(part('refusal')), scores: list(score) },
  { first: part('refusal') },
)

const remedies = record(
  { cut: { type: 'boolean', description: 'whether some ways were not tried' } },
  {
    drop: record({ node: string('on which it would fit'), rules: list(part('refusal')) }),
    add: record({
      node: string('on which it would fit'),
      amounts: list(
        record({
          resource: string('such as cpu'),
          unit: string('of the amount'),
          amount: number('more of it'),
        }),
      ),
    }),
    remove: record({
      node: string('on which it would fit'),
      count: count('of replicas that leave'),
      holds: list(part('hold')),
    }),
  },
)

const subject = { vocabulary: part('platform'), name: string('of the workload') }

const explanation = {
  oneOf: [
    record({ ...subject, note: string('a sentence'), placed: { type: 'boolean' } }),
    record(
      {
        ...subject,
        replica: count('which one, from 1'),
        nodes: list(explainedNode),
        best: list({ type: 'string' }, 'the machines with the best score'),
      },
      {
        on: record({
          node: string('where it runs'),
          isKnown: { type: 'boolean' },
          leaving: { type: 'boolean' },
        }),
        runs: list(part('hold'), 'where all replicas run'),
        message: string('of the platform'),
        chosen: string('the machine that it goes to'),
        runnerUp: string('the next best machine'),
        preemption: list(part('preemption')),
        remedies,
        more: list(
          record(
            {
              placed: count('replicas that would have a place then'),
              unplaced: count('replicas without a place'),
            },
            {
              machine: string(
                'one more of it, as --nodes asks for it; absent for trunks on the new machines',
              ),
            },
          ),
        ),
        verdict: { type: 'object', description: "in the platform's own form" },
      },
    ),
    record(
      {
        ...subject,
        fargate: list(part('vended')),
        launched: list(part('launch')),
        refused: list(part('homeless')),
        warnings: list(part('warning')),
      },
      { fargateProfileName: string('that selects it') },
    ),
  ],
}

const ofWorlds = (schema: Schema): Schema => record({ ec2: schema, fargate: schema, mixed: schema })

const fargateAmounts = record({ cpu: number('in 1/1024 vCPU'), memory: number('in MiB') })

const world = record(
  {
    replicas: counts,
    instances: record({ used: count('machines in use'), all: count('all machines') }),
    gauges: list(part('gauge'), 'of the machines in use'),
    fargate: fargateAmounts,
    asked: fargateAmounts,
  },
  { bill },
)

const workloadCounts = record(
  {
    onInstances: count('replicas on machines'),
    onFargate: count('replicas on Fargate'),
    onFargateSpot: count('how many of these on Fargate Spot'),
    unplaced: count('replicas without a place'),
    reasons: names,
  },
  { size: part('size') },
)

const workload = record({
  name: string('of the workload'),
  wanted: count('replicas'),
  ec2: workloadCounts,
  fargate: workloadCounts,
  mixed: workloadCounts,
  changesForFargate: list({ type: 'string' }, 'fields that must change first'),
})

const comparison = record({
  vocabulary: part('platform'),
  workloads: list(workload),
  worlds: ofWorlds(world),
  warnings: list(part('warning')),
})

const side = record({ replicas: planCounts, machines: count('all machines') }, { bill })

const places = record({
  placed: count('with a place'),
  unplaced: count('without one'),
  reasons: list({ type: 'string' }, 'why some have none'),
})

const placeCount = record({
  place: string('a machine, or a size on Fargate'),
  count: count('of replicas'),
})

const differingWorkload = record(
  {
    name: string('of the workload'),
    change: { enum: ['added', 'removed', 'loses', 'gains', 'moves', 'scales'] },
    moves: list(
      record({
        from: string('the place before'),
        to: string('the place after'),
        count: count('of replicas'),
      }),
    ),
    added: list(placeCount, 'more replicas than before, beside the moves'),
    removed: list(placeCount, 'fewer replicas than before, beside the moves'),
  },
  { before: places, after: places },
)

const differingMachine = record(
  { name: string('of the machine'), change: { enum: ['joins', 'leaves', 'changes'] } },
  { cluster: string('when there are several'), before: machine, after: machine },
)

const difference = record({
  vocabulary: part('platform'),
  supply: { enum: ['nodes', 'fargate'] },
  before: side,
  after: side,
  workloads: list(differingWorkload, 'those that differ'),
  alike: count('workloads that are placed alike'),
  nodes: list(differingMachine, 'machines that differ'),
  warnings: list(part('warning'), 'of both sides'),
})

const changedObject = { title: string('its kind and name'), after: string('the document') }

const offer = list(
  record({
    resource: string('such as cpu'),
    unit: string('of the amount'),
    amount: number('what is left'),
  }),
)

const machineType = record(
  {
    name: string('such as m5.large'),
    vcpus: count('of one machine'),
    memoryMiB: count('of one machine'),
    architecture: { enum: ['x86_64', 'arm64'] },
    gpus: count('of one machine'),
    networkInterfaces: count('of the default network card'),
    addressesPerInterface: count('IPv4 addresses'),
    ebsVolumes: count('that can be attached'),
    left: record({ kubernetes: offer, ecs: offer }),
  },
  { perHour: number('the price') },
)
const nodeCount = { node: string('a machine'), count: count('of replicas') }

const workloadState = record(
  {
    name: string('of the workload'),
    desired: count('replicas that are wanted'),
    updated: count('of the newest revision'),
    pending: count('with a machine, not running yet'),
    running: count('running'),
    available: count('that count as serving'),
    waiting: count('without a machine'),
    isComplete: { type: 'boolean' },
  },
  {
    note: string('of the platform'),
    ended: record(
      { succeeded: count('replicas; runs of a schedule'), failed: count('the same') },
      { of: count('that must succeed; absent for a schedule') },
    ),
  },
)

const story = {
  vocabulary: part('platform'),
  workloads: list(
    record(
      {
        name: string('of the workload'),
        availableMin: count('the fewest that serve at any moment'),
        availableMinAt: number('when that is first'),
        replicasMax: count('the most with a machine'),
      },
      {
        before: workloadState,
        after: workloadState,
        doneAt: number('when it is complete for good; absent when it is stuck'),
        why: string('why it is stuck'),
      },
    ),
    'those to which something happens',
  ),
  moments: list(
    record({
      at: number('milliseconds after the change, as all times'),
      nodesJoined: names,
      nodesLeft: names,
      workloads: list(
        record(
          {
            name: string('of the workload'),
            starts: list(record(nodeCount)),
            stops: list(record({ ...nodeCount, because: string('why') })),
            running: count('how many more run than before'),
            available: count('how many more count as serving'),
            messages: list({ type: 'string' }, 'what the platform says of it then'),
          },
          {
            state: workloadState,
            why: string('why replicas find no machine'),
            succeeded: count('how many more have succeeded, of work that ends'),
            failed: count('the same of those that failed'),
          },
        ),
      ),
      capacity: list(
        record({ name: string('of what supplies machines'), messages: names }),
        'what was decided about machines',
      ),
    }),
    'the moments at which something happens',
  ),
  capacity: list(
    record({
      name: string('of what supplies machines, such as a capacity provider'),
      before: count('machines before the change'),
      after: count('machines at the end'),
      machinesMax: count('the most at any moment, with those that have not joined'),
      machinesMaxAt: number('when that is first'),
      bought: count('machines that were bought'),
    }),
    'what supplies machines, where it changed or decided something',
  ),
  warnings: list(part('warning')),
}

const containerInstance = {
  type: 'object',
  description: 'as describe-container-instances prints it, or as it was made by --nodes',
}

/** The schemas, by the name under which `stowage schema` prints them. */
export const answerSchemas: Readonly<Record<string, Schema>> = {
  plan: answerSchema('plan', 'The answer of stowage plan.', {
    plans: list(
      { anyOf: [plan, planSums] },
      'one for each platform and supply; with --summary their sums alone',
    ),
    ignored: list(part('ignored')),
  }),
  comparison: answerSchema('comparison', 'The answer of stowage plan --compare.', {
    comparisons: list(comparison, 'one for each platform'),
    ignored: list(part('ignored')),
  }),
  explanation: answerSchema('explanation', 'The answer of stowage explain.', {
    explanations: list(explanation, 'one for each workload that the name may mean'),
  }),
  capacity: answerSchema('capacity', 'The answer of stowage capacity.', {
    capacities: list(capacity, 'one for each platform'),
  }),
  headroom: answerSchema('headroom', 'The answer of stowage capacity --of.', {
    headrooms: list(headroom, 'one for each workload that the name may mean'),
  }),
  difference: answerSchema(
    'difference',
    'The answer of stowage diff.',
    {
      differences: list(difference, 'one for each platform and supply'),
      ignored: list(part('ignored')),
    },
    {
      change: record({
        replaced: list(record({ ...changedObject, before: string('the document before') })),
        added: list(record(changedObject)),
      }),
    },
  ),
  provision: answerSchema('provision', 'The answer of stowage provision: prices are per hour.', {
    provisions: list(provision, 'one for each platform and each of --as'),
    notes: list({ type: 'string' }, 'what was assumed for want of documents'),
    prices: record(
      { currency: string('of all prices') },
      { region: string('where they hold'), date: string('when they were taken') },
    ),
    unpriced: list({ type: 'string' }, 'types that were not offered, as they have no price'),
  }),
  types: answerSchema(
    'types',
    'The answer of stowage types.',
    { types: list(machineType) },
    {
      near: list({ type: 'string' }, 'names that the pattern may have meant, when it means none'),
      prices: record(
        { currency: string('of all prices') },
        { region: string('where they hold'), date: string('when they were taken') },
      ),
    },
  ),
  rollout: answerSchema(
    'rollout',
    'The answer of stowage rollout.',
    {
      isDone: { type: 'boolean', description: 'whether everything ends as it is wanted' },
      durations: record(
        {
          start: number('milliseconds from the order until a replica runs'),
          ready: number('milliseconds from then until it is ready'),
          stop: number('milliseconds from the order until it is gone'),
          buy: number('milliseconds from the order of a machine until it has joined'),
        },
        {
          run: number('milliseconds until a pod of a Job has succeeded; absent when it runs on'),
          runs: { type: 'object', description: 'the same for single Jobs and CronJobs, by name' },
        },
      ),
      rollouts: list(record(story), 'one for each platform'),
    },
    { lookFor: number('milliseconds for which the change is looked at, where that was said') },
  ),
  drain: answerSchema('drain', 'The answer of stowage drain: times are milliseconds.', {
    isDone: {
      type: 'boolean',
      description: 'whether all nodes are drained and every pod that comes anew has a place',
    },
    options: { type: 'object', description: 'what was asked for, as kubectl drain names it' },
    drains: list(
      record({
        vocabulary: part('platform'),
        nodes: list(drainedNode),
        pods: list(drainedPod, 'in the order in which they are asked to go'),
        waiting: list(waitingRow, 'pods that waited for a node when the drain began'),
        warnings: list(part('warning')),
      }),
    ),
  }),
  consolidation: answerSchema(
    'consolidation',
    'The answer of stowage consolidate: prices are per hour, times are milliseconds.',
    {
      isNeeded: { type: 'boolean', description: 'whether no machine can go' },
      durations: record({
        start: number('milliseconds from the order until a replica runs'),
        ready: number('milliseconds from then until it is ready'),
        stop: number('milliseconds from the order until it is gone'),
      }),
      consolidations: list(consolidation, 'one for each platform'),
    },
    {
      others: list(mindRelease, 'one for each platform and each of --as but best'),
      notes: list({ type: 'string' }, 'what was assumed for want of documents'),
      prices: record(
        { currency: string('of all prices') },
        { region: string('where they hold'), date: string('when they were taken') },
      ),
    },
  ),
  replay: answerSchema('replay', 'The answer of stowage replay: times begin with the log.', {
    replays: list(
      record(
        { ...story, steps: count('calls that were run again') },
        { cutAfter: count('the last line that could be read, of a log that was cut') },
      ),
      'the run of the log',
    ),
  }),
  autoscale: answerSchema('autoscale', 'The answer of stowage autoscale: times are instants.', {
    isWithin: {
      type: 'boolean',
      description: 'whether no workload wanted more than its maximum at any time',
    },
    values: { enum: ['total', 'average'], description: 'what the values of the history are' },
    durations: record({
      start: number('milliseconds from the order until a replica runs'),
      ready: number('milliseconds from then until it takes its share of the load'),
    }),
    plays: list(
      record({
        vocabulary: part('platform'),
        autoscaler: string('what scales'),
        workload: string('what is scaled'),
        min: count('of its replicas'),
        max: count('of its replicas'),
        start: number('milliseconds since 1970, or 0 of a history that knows no date'),
        end: number('the same'),
        count: count('at the start'),
        lowest: count('at any time'),
        highest: count('at any time'),
        mean: number('over time'),
        maxedOut: number('milliseconds in which more was wanted than the maximum'),
        moments: list(
          record(
            {
              at: number('milliseconds since 1970, or since the history began'),
              from: count('before'),
              to: count('after'),
              why: string('the metric, the policy and the limit'),
            },
            { wanted: number('what the metrics wanted') },
          ),
          'changes of the count',
        ),
        notes: list({ type: 'string' }, 'what could not be evaluated'),
      }),
    ),
  }),
  query: answerSchema('query', 'The answer of stowage query.', {
    containerInstances: list(containerInstance),
  }),
}
