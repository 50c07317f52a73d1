/**
 * Decodes a scheduler's state from plain data, without trusting the data: bad data gives a list of
 * errors, never an exception.
 * 1. Objects and the configuration are read as if from documents.
 * 2. The kernel decodes the cluster.
 * 3. References between the parts are checked.
 */
import { collectAll, decodeValue, duplicates } from '@stowage/documents'
import {
  allowIndexes,
  decode as decodeCluster,
  findNode,
  nodeIds,
  replicasOn,
  renderValue,
  type Cluster,
  type MalformedValue,
  type NodeId,
  type ReplicaId,
} from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as O from 'fp-ts/lib/Option.js'
import { readConfiguration, type Configuration } from '../config/configuration.js'
import type { PlacedPod } from '../preempt/importance.js'
import { queuedPods } from '../queue/queue.js'
import { applyReservation, type Reservation } from '../scheduler/reservation.js'
import { byZones } from '../scheduler/search.js'
import type { KnownPod } from '../scheduler/session.js'
import { worldOf, type SchedulerWorld } from '../scheduler/world.js'
import type { Surroundings } from '../surroundings/surroundings.js'
import { readObjects, type KubernetesObject } from '../words/object.js'
import { decodeDevices } from './encoded-devices.js'
import { EncodedScheduler } from './encoded.js'
import type { SchedulerState } from './state.js'

/**
 * Decodes the output of `encodeScheduler`: the state continues exactly as the original would. A
 * `Left` lists every error with its path into the data.
 */
export const decodeScheduler = (
  value: unknown,
): E.Either<readonly MalformedValue[], SchedulerState> => {
  const shape = decodeValue(EncodedScheduler, value)
  if (E.isLeft(shape)) return shape
  const encoded = shape.right
  const cluster = pipe(decodeCluster(encoded.cluster), E.bimap(inCluster, allowIndexes))
  return pipe(
    collectAll([readWorld(encoded), cluster]),
    E.chain(([world, decoded]) => stateFrom(encoded, world, decoded)),
  )
}

const inCluster = ({ at, found, expected }: MalformedValue): readonly MalformedValue[] => [
  { at: ['cluster', ...at], found, expected },
]

const readWorld = (
  encoded: EncodedScheduler,
): E.Either<readonly MalformedValue[], SchedulerWorld> => {
  const { sampled, tie } = encoded
  return pipe(
    collectAll([readConfigured(encoded), readEncodedObjects(encoded)]),
    E.map(([configuration, objects]) => worldOf(objects, { configuration, sampled, tie })),
  )
}

/** Reads the objects: each encoded value must be exactly one object of a known kind. */
const readEncodedObjects = (
  encoded: EncodedScheduler,
): E.Either<readonly MalformedValue[], readonly KubernetesObject[]> => {
  const read = encoded.objects.map(({ from, at, value }) => readObjects({ from, value }, at))
  const bad = read.flatMap((one, i) =>
    one.bad.map(({ at, found, expected }) => ({
      ...{ at: ['objects', i, 'value', ...at.slice(encoded.objects[i]!.at.length)] },
      ...{ found, expected },
    })),
  )
  const extra = read.flatMap((one, i) =>
    one.bad.length > 0 || one.objects.length === 1
      ? []
      : [
          malformedAt(
            ['objects', i, 'value'],
            encoded.objects[i]!.value,
            'one object that is read',
          ),
        ],
  )
  return bad.length + extra.length > 0
    ? E.left([...bad, ...extra])
    : E.right(read.flatMap((one): readonly KubernetesObject[] => one.objects))
}

const readConfigured = ({
  configuration,
}: EncodedScheduler): E.Either<readonly MalformedValue[], Configuration | undefined> => {
  if (configuration === undefined) return E.right(undefined)
  const read = readConfiguration(configuration)
  if (E.isRight(read)) return read
  return E.left(
    read.left.map(({ at, found, expected }) => ({
      ...{ at: ['configuration', 'value', ...at], found, expected },
    })),
  )
}

/** Builds the state, or lists where the parts contradict each other. */
const stateFrom = (
  encoded: EncodedScheduler,
  world: SchedulerWorld,
  cluster: Cluster,
): E.Either<readonly MalformedValue[], SchedulerState> => {
  const { at, queue, searchStart } = encoded
  const pods = new Map(world.pods.map((pod) => [pod.name, pod]))
  const placed = readPlaced(encoded, cluster, pods)
  const nominations = new Map(encoded.nominations.map(({ pod, node }) => [pod, node]))
  const malformed = [
    ...wrongNodes(world, cluster),
    ...placed.malformed,
    ...wrongNominations(encoded, pods),
    ...wrongQueue(encoded, pods),
  ]
  if (malformed.length > 0) return E.left(malformed)
  const reservations = encoded.reservations.map(reservationIn)
  return E.right({
    ...{ at, cluster, queue, searchStart, world, pods, nominations, reservations },
    placed: placed.pods,
    surroundings: reservations.reduce<Surroundings>(applyReservation, world.surroundings),
    searchOrder: byZones(world.nodes).flatMap((name) => nodeNamed(cluster, name) ?? []),
  })
}

const malformedAt = (
  at: MalformedValue['at'],
  found: unknown,
  expected: string,
): MalformedValue => ({
  ...{ at, found: renderValue(found), expected },
})

const nodeNamed = (cluster: Cluster, name: string): NodeId | undefined =>
  O.toUndefined(findNode(cluster, name))

/** Checks that the cluster has exactly the nodes of the objects. */
const wrongNodes = ({ nodes }: SchedulerWorld, cluster: Cluster): readonly MalformedValue[] => {
  const missing = nodes.filter(({ metadata }) => nodeNamed(cluster, metadata.name) === undefined)
  const names = new Set(nodes.map(({ metadata }) => metadata.name))
  return missing.length === 0 &&
    names.size === nodes.length &&
    names.size === nodeIds(cluster).length
    ? []
    : [malformedAt(['cluster'], cluster, 'the nodes of the objects, each once')]
}

/**
 * Maps each replica of the cluster to a known pod, and reports replicas and pods without a partner.
 */
const readPlaced = (
  { placed }: EncodedScheduler,
  cluster: Cluster,
  pods: ReadonlyMap<string, KnownPod>,
): {
  readonly pods: ReadonlyMap<ReplicaId, PlacedPod>
  readonly malformed: readonly MalformedValue[]
} => {
  const replicas = nodeIds(cluster).flatMap((node) => replicasOn(cluster, node))
  const left = new Map<number, (typeof replicas)[number]>(replicas.map((one) => [one.id, one]))
  const found = new Map<ReplicaId, PlacedPod>()
  const malformed: MalformedValue[] = []
  for (const [i, { replica: id, pod: name, isPreempted }] of placed.entries()) {
    const [replica, pod] = [left.get(id), pods.get(name)]
    left.delete(id)
    if (replica === undefined)
      malformed.push(malformedAt(['placed', i, 'replica'], id, 'a replica of the cluster, once'))
    if (pod === undefined) malformed.push(malformedAt(['placed', i, 'pod'], name, knownPod))
    if (replica === undefined || pod === undefined) continue
    const { namespace, labels, startTime, spec } = pod
    const { class: classId, phase } = replica
    found.set(replica.id, {
      ...{ name, namespace, labels, startTime, isPreempted, priority: spec.priority ?? 0 },
      ...{ class: classId, replica: replica.id, phase },
    })
  }
  if (left.size > 0) malformed.push(malformedAt(['placed'], placed, 'every replica of the cluster'))
  return { pods: found, malformed }
}

const knownPod = 'the namespace and name of a pod among the objects'

const wrongNominations = (
  { nominations }: EncodedScheduler,
  pods: ReadonlyMap<string, KnownPod>,
): readonly MalformedValue[] => {
  const repeats = new Set(duplicates(nominations, ({ pod }) => pod).map(({ index }) => index))
  return nominations.flatMap(({ pod }, i) => {
    const at = ['nominations', i, 'pod']
    if (!pods.has(pod)) return [malformedAt(at, pod, knownPod)]
    return repeats.has(i) ? [malformedAt(at, pod, 'a pod once')] : []
  })
}

const queueLists = ['active', 'backoff', 'errorBackoff', 'unschedulable'] as const

/**
 * Checks that each queued pod is known and is in one list, once. The order of a list is not
 * checked.
 */
const wrongQueue = (
  { queue }: EncodedScheduler,
  pods: ReadonlyMap<string, KnownPod>,
): readonly MalformedValue[] => {
  const times = new Map<string, number>()
  for (const { name } of queuedPods(queue)) times.set(name, (times.get(name) ?? 0) + 1)
  return queueLists.flatMap((list) =>
    queue[list].flatMap(({ name }, i) => {
      const at = ['queue', list, i, 'name']
      if (!pods.has(name)) return [malformedAt(at, name, knownPod)]
      return times.get(name) === 1 ? [] : [malformedAt(at, name, 'a pod that is in one list, once')]
    }),
  )
}

const reservationIn = ({
  volumes,
  claims,
  devices,
  released,
}: EncodedScheduler['reservations'][number]): Reservation =>
  released === undefined
    ? {
        _tag: 'Reserved',
        volumes:
          volumes.length + claims.length === 0
            ? undefined
            : {
                volumes: volumes.map(({ volume, claim }) => [volume, claim]),
                claims: claims.map(({ claim, node }) => [claim, node]),
              },
        devices: devices && decodeDevices(devices),
      }
    : { _tag: 'Released', pod: released }
