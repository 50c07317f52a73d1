/**
 * Creates the initial state of an ECS cluster, an `EcsState`, from documents: instances, existing
 * tasks, and the task definitions that calls can name.
 */
import { allowIndexes, batch, empty, instant } from '@stowage/kernel'
import { openMachine } from '@stowage/fargate'
import type { Definition } from '../workload/family.js'
import type { SubnetZones } from '../words/subnet.js'
import { clusterNameOf, clusterOfMember, type Cluster, type Membership } from '../words/cluster.js'
import { instanceName } from '../words/container-instance.js'
import { fargateNodes } from '../supply/fargate-node.js'
import { idIn } from '../words/task.js'
import { populate } from './populate.js'
import type { ClusterContent } from './resident.js'
import { clusterOptions, type ClusterOptions } from './options.js'
import type { EcsState } from './state.js'

/** What a cluster is opened from. `EcsInput`, the result of `readEcs`, is one. */
export interface ClusterInput extends ClusterContent {
  readonly clusters: readonly Cluster[]
  readonly subnetZones: SubnetZones
  /** Of which cluster each instance and each task is; absent when all are of one. */
  readonly membership?: Membership
}

/**
 * Opens a cluster: of several in the input, the one that the options name, or else the one of what
 * names none. Options that are absent are taken from the documents: the region, the account
 * and the name of the cluster from ARNs, the zones of subnets, and the default strategy of the
 * cluster.
 *
 * Throws when two instances have the same name, which `readEcs` does not allow. Tasks that are
 * STOPPED are recorded and occupy nothing.
 */
export const clusterOf = (all: ClusterInput, options: Partial<ClusterOptions> = {}): EcsState =>
  openCluster(contentOf(all, options.cluster), options)

const contentOf = (input: ClusterInput, cluster: string | undefined): ClusterInput => {
  const { membership, instances, tasks } = input
  if (membership === undefined) return input
  const clusters = new Set(
    [...instances, ...tasks].map((member) => clusterOfMember(membership, member)),
  )
  if (clusters.size < 2) return input
  const isMember = (member: object): boolean =>
    clusterOfMember(membership, member) === (cluster ?? membership.fallback)
  return { ...input, instances: instances.filter(isMember), tasks: tasks.filter(isMember) }
}

const openCluster = (input: ClusterInput, options: Partial<ClusterOptions>): EcsState => {
  const base = { ...clusterOptions, ...placeIn(input), ...options }
  const all = { ...base, ...optionsOfCluster(input, base.cluster), ...options }
  const instances = new Map(input.instances.map((each) => [instanceName(each), each]))
  const [placed, replicas] = batch(allowIndexes(empty), (draft) => {
    const there = populate(draft, input, all.taskInterfaces)
    return new Map(there.map(({ task, replica }) => [task.taskArn, replica] as const))
  })
  return {
    options: all,
    families: new Map(
      [...input.families].map(([family, all]) => [family, withFixedRevisions(all)]),
    ),
    instances,
    tasks: new Map(input.tasks.map((task) => [task.taskArn, task])),
    replicas,
    waiting: new Map(),
    tokens: new Map(),
    started: input.tasks.reduce((most, { taskArn }) => Math.max(most, ordinalIn(taskArn)), 0),
    at: instant(0),
    placed,
    machine: openMachine(all.fargate, fargateNodes(input.tasks)),
  }
}

/**
 * The only definition of a family gets its assumed revision for good, so that a call must name this
 * one. Of several without a revision it stays unknown which is the newest.
 */
const withFixedRevisions = (definitions: readonly Definition[]): readonly Definition[] =>
  definitions.length > 1
    ? definitions
    : definitions.map((one) => ({ ...one, isRevisionAssumed: false }))

/**
 * Options from the documents: the region, the account and the cluster in the first ARN of an
 * instance or a task, and the zones of subnets.
 */
const placeIn = ({
  instances,
  tasks,
  clusters,
  subnetZones,
}: ClusterInput): Partial<ClusterOptions> => {
  const arns = [
    ...instances.map(({ containerInstanceArn = '' }) => containerInstanceArn),
    ...tasks.map(({ taskArn }) => taskArn),
  ]
  const [arn = ''] = arns.filter((each) => each.startsWith('arn:'))
  const [, , , region, account, resource = ''] = arn.split(':')
  const [, cluster, id] = resource.split('/')
  const [only, ...others] = clusters
  const isOnly = only !== undefined && others.length === 0
  return {
    ...(region === undefined || account === undefined ? {} : { region, account }),
    ...(isOnly ? { cluster: clusterNameOf(only) } : {}),
    ...(cluster === undefined || id === undefined ? {} : { cluster }),
    ...(subnetZones.size === 0 ? {} : { subnetZones: Object.fromEntries(subnetZones) }),
  }
}

/** The default capacity provider strategy of the cluster of that name. */
const optionsOfCluster = ({ clusters }: ClusterInput, name: string): Partial<ClusterOptions> => {
  const found = clusters.find((one) => clusterNameOf(one) === name)
  const { defaultCapacityProviderStrategy } = found ?? {}
  return defaultCapacityProviderStrategy === undefined ? {} : { defaultCapacityProviderStrategy }
}

/**
 * The ordinal in a task id that a call assigned, else 0. The next tasks count on from the highest;
 * ids that AWS assigns are far higher and do not match.
 */
const ordinalIn = (taskArn: string): number => {
  const [, digits] = /^0{19}([0-9a-f]{13})$/.exec(idIn(taskArn)) ?? []
  return digits === undefined ? 0 : Number.parseInt(digits, 16)
}
