/**
 * Decodes plain data to the state of an ECS cluster. Shapes are checked first, then references:
 * every node, replica and task that the data names must exist. Bad data does not throw; the result
 * lists its errors.
 */
import {
  codecOf,
  decodeValue,
  isObject,
  list,
  nestingFaults,
  own,
  record,
  text,
  type Codec,
  type Path,
} from '@stowage/documents'
import {
  allowIndexes,
  decode as decodeCluster,
  findNode,
  nodeIds,
  nodeName,
  replicasOn,
  type Cluster,
  type Instant,
  type MalformedValue,
  type ReplicaId,
} from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { isSome } from 'fp-ts/lib/Option.js'
import type { ClusterOptions } from '../cluster/options.js'
import { holderName, type ClientToken, type EcsState } from '../cluster/state.js'
import { completeComplaint, type Complaint } from '../words/complaint.js'
import { ContainerInstance, instanceName } from '../words/container-instance.js'
import type { ResolvedTask } from '../workload/workload.js'
import { bytesOfText } from './base64.js'
import { count, entries } from './codec.js'
import { ecsFormat, encodeEcs } from './encode.js'
import { machineCodec, machineOf, type EncodedMachine } from './machine.js'
import { moment, optionsCodec } from './options.js'
import { Task } from '../words/task.js'
import { definitionCodec, definitionOf, resolvedCodec, type EncodedDefinition } from './workload.js'

interface EncodedEcs {
  readonly options: ClusterOptions
  readonly families: ReadonlyMap<string, readonly EncodedDefinition[]>
  readonly instances: ReadonlyMap<string, ContainerInstance>
  readonly tasks: readonly Task[]
  readonly replicas: ReadonlyMap<string, ReplicaId>
  readonly waiting: ReadonlyMap<string, ResolvedTask>
  readonly tokens: ReadonlyMap<string, ClientToken>
  readonly started: number
  readonly at: Instant
  readonly placed: Uint8Array
  readonly machine: EncodedMachine
}

const bytes: Codec<Uint8Array> = codecOf('bytes as base64', (value) =>
  typeof value === 'string' ? bytesOfText(value) : undefined,
)

const EncodedEcs: Codec<EncodedEcs> = record<EncodedEcs>('an encoded state', {
  options: optionsCodec,
  families: entries('revisions by family', list('a list of revisions', definitionCodec)),
  instances: entries('instances by name', ContainerInstance),
  tasks: list('a list of tasks', Task),
  replicas: entries('replicas by task', count<ReplicaId>()),
  waiting: entries('waiting tasks by ARN', resolvedCodec),
  tokens: entries(
    'client tokens',
    record<ClientToken>('a client token', {
      call: text,
      tasks: list('a list of tasks', text),
      at: moment,
    }),
  ),
  started: count(),
  at: moment,
  placed: bytes,
  machine: machineCodec,
})

/** Decodes the data that `encodeEcs` wrote, or lists what is wrong with it, each with its path. */
export const decodeEcs = (data: unknown): E.Either<readonly MalformedValue[], EcsState> =>
  pipe(
    checkFormat(data),
    E.chain(checkLevels),
    E.chain((): E.Either<readonly Complaint[], EncodedEcs> => decodeValue(EncodedEcs, data)),
    E.chain(stateOf),
    E.chain((state) => {
      const complaints = [...checkState(state), ...surplusIn(data, encodeEcs(state), [])]
      return complaints.length > 0 ? E.left(complaints) : E.right(state)
    }),
    E.mapLeft((complaints) => complaints.map((complaint) => completeComplaint(data, complaint))),
  )

const checkFormat = (data: unknown): E.Either<readonly Complaint[], unknown> =>
  isObject(data) && own(data, 'format') !== ecsFormat
    ? E.left([{ at: ['format'], expected: `format ${ecsFormat}` }])
    : E.right(data)

const checkLevels = (data: unknown): E.Either<readonly Complaint[], unknown> => {
  const deep = nestingFaults({ from: '', value: data })
  return deep.length > 0 ? E.left(deep) : E.right(data)
}

/**
 * Complaints about parts of the data that the state, when it is encoded again, has not: a misspelt
 * field would be lost in silence. Other ways to write a value are no surplus.
 */
const surplusIn = (data: unknown, encoded: unknown, at: Path): readonly Complaint[] => {
  if (typeof data !== 'object' || data === null) return []
  return Object.entries(data).flatMap(([key, value]: [string, unknown]) => {
    if (value === undefined || value === null) return []
    const here = [...at, Array.isArray(data) ? Number(key) : key]
    return typeof encoded === 'object' && encoded !== null && Object.hasOwn(encoded, key)
      ? surplusIn(value, (encoded as Readonly<Record<string, unknown>>)[key], here)
      : [{ at: here, expected: 'nothing here in an encoded state' }]
  })
}

const stateOf = ({
  families,
  tasks,
  placed,
  machine,
  ...same
}: EncodedEcs): E.Either<readonly Complaint[], EcsState> =>
  pipe(
    decodeCluster(placed),
    E.map(allowIndexes),
    E.mapLeft(({ at, found, expected }) => [{ at: ['placed', ...at], found, expected }]),
    E.map((cluster) => ({
      ...same,
      families: new Map([...families].map(([family, all]) => [family, all.map(definitionOf)])),
      tasks: new Map(tasks.map((task) => [task.taskArn, task])),
      placed: cluster,
      machine: machineOf(machine),
    })),
  )

/** Complaints about references to something that does not exist. */
const checkState = (state: EcsState): readonly Complaint[] => [
  ...checkInstances(state),
  ...checkReplicas(state),
  ...[...state.waiting.keys()].flatMap((arn, i) =>
    state.tasks.has(arn) && !state.replicas.has(arn)
      ? []
      : [{ at: ['waiting', i, 0], expected: 'a task without a replica' }],
  ),
  ...[...state.tokens.values()].flatMap(({ tasks }, i) =>
    tasks.flatMap((arn, j) =>
      state.tasks.has(arn)
        ? []
        : [{ at: ['tokens', i, 1, 'tasks', j], expected: 'a task of the cluster' }],
    ),
  ),
]

/** Every instance must have a node of its name, and every node an instance. */
const checkInstances = ({ instances, placed }: EcsState): readonly Complaint[] => [
  ...[...instances].flatMap(([name, instance], i) => [
    ...(isSome(findNode(placed, name))
      ? []
      : [{ at: ['instances', i, 0], expected: 'the name of a node of `placed`' }]),
    ...(instanceName(instance) === name
      ? []
      : [{ at: ['instances', i, 0], expected: 'the name of the instance' }]),
  ]),
  ...(nodeIds(placed).length === instances.size
    ? []
    : [{ at: ['instances'], expected: `one for each of ${nodeIds(placed).length} nodes` }]),
]

/** Every replica must be on the node of its task's instance, and belong to one task only. */
const checkReplicas = (state: EcsState): readonly Complaint[] => {
  const nodes = nodesOfReplicas(state.placed)
  return [...state.replicas].flatMap(([arn, replica], i) => {
    const task = state.tasks.get(arn)
    const node = nodes.get(replica)
    nodes.delete(replica)
    return task !== undefined && node !== undefined && holderName(state, task) === node
      ? []
      : [{ at: ['replicas', i], expected: 'a task and its replica on the node of its instance' }]
  })
}

const nodesOfReplicas = (placed: Cluster): Map<ReplicaId, string> =>
  new Map(
    nodeIds(placed).flatMap((node) =>
      replicasOn(placed, node).map(({ id }) => [id, nodeName(placed, node)] as const),
    ),
  )
