/**
 * The cluster that the documents describe: its instances, the tasks that are there already, and the
 * definitions that calls can name.
 */
import { batch, empty, instant } from '@stowage/kernel'
import { openMachine, takeOver } from '@stowage/fargate'
import type { Definition } from '../workload/family.js'
import type { SubnetZones } from '../words/subnet.js'
import { clusterNameOf, type Cluster } from '../words/cluster.js'
import { instanceName } from '../words/container-instance.js'
import { fargateNodes } from '../supply/fargate-node.js'
import { idIn } from '../words/task.js'
import { populate } from './populate.js'
import type { ClusterContent } from './resident.js'
import { clusterOptions, type ClusterOptions } from './options.js'
import type { EcsState } from './state.js'

/** What a cluster is opened from. What `readEcs` returns is one. */
export interface ClusterInput extends ClusterContent {
  readonly clusters: readonly Cluster[]
  readonly subnetZones: SubnetZones
}

/**
 * Where an option does not say them, the region, the account and the cluster's name are those in
 * the documents' ARNs; the zones of subnets, and the default strategy of the cluster of that name,
 * are those that the documents tell.
 *
 * Two instances of one name throw, as reading has told apart those that were read. Tasks that are
 * STOPPED are recorded and take nothing.
 */
export const clusterOf = (input: ClusterInput, options: Partial<ClusterOptions> = {}): EcsState => {
  const told = { ...clusterOptions, ...placeIn(input), ...options }
  const all = { ...told, ...defaultsOf(input, told.cluster), ...options }
  const instances = new Map(input.instances.map((each) => [instanceName(each), each]))
  const [placed, replicas] = batch(empty, (draft) => {
    const there = populate(draft, input, all.taskInterfaces)
    return new Map(there.map(({ task, replica }) => [task.taskArn, replica] as const))
  })
  return {
    options: all,
    families: new Map([...input.families].map(([family, all]) => [family, registered(all)])),
    instances,
    tasks: new Map(input.tasks.map((task) => [task.taskArn, task])),
    replicas,
    waiting: new Map(),
    tokens: new Map(),
    started: Math.max(0, ...input.tasks.map(({ taskArn }) => ordinalIn(taskArn))),
    at: instant(0),
    placed,
    machine: takeOver(openMachine(all.fargate), fargateNodes(input.tasks)),
  }
}

/**
 * A call that names a revision means no other; which of several that have none is the newest can
 * still not be told.
 */
const registered = (definitions: readonly Definition[]): readonly Definition[] =>
  definitions.length > 1
    ? definitions
    : definitions.map((one) => ({ ...one, isRevisionAssumed: false }))

/**
 * The region, the account and the cluster that the first ARN names, of an instance or of a task;
 * and the zones of subnets.
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

/** What a cluster of that name has for whoever says nothing. */
const defaultsOf = ({ clusters }: ClusterInput, name: string): Partial<ClusterOptions> => {
  const found = clusters.find((one) => clusterNameOf(one) === name)
  const { defaultCapacityProviderStrategy } = found ?? {}
  return defaultCapacityProviderStrategy === undefined ? {} : { defaultCapacityProviderStrategy }
}

/**
 * Ids that calls gave out count up, so that the next ones are new; those of AWS itself are far
 * higher.
 */
const ordinalIn = (taskArn: string): number => {
  const [, digits] = /^0{19}([0-9a-f]{13})$/.exec(idIn(taskArn)) ?? []
  return digits === undefined ? 0 : Number.parseInt(digits, 16)
}
