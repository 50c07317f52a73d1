/**
 * Runs scenarios on `@stowage/kubernetes`. A scenario is Kubernetes objects as an API server
 * returns them, and pods to schedule one after the other, all at one instant.
 */
import { duplicates, type DocumentFault } from '@stowage/documents'
import { getOrThrow, instant, renderValue, type MalformedValue } from '@stowage/kernel'
import {
  openScheduler,
  readConfiguration,
  readObjects,
  schedulePod,
  type Attempt,
  type SchedulerState,
} from '@stowage/kubernetes'
import * as E from 'fp-ts/lib/Either.js'

/** Objects, and the pods to schedule. */
export interface Scenario {
  /** A KubeSchedulerConfiguration. Default: the scheduler's default configuration. */
  readonly config?: unknown
  readonly objects: readonly unknown[]
  /** Pods as `namespace/name`, in order; each scheduled pod stays for the pods after it. */
  readonly pending: readonly string[]
  /** For each pending pod: the node to take instead of our choice. */
  readonly picks?: readonly (string | undefined)[]
}

/** An attempt for each pending pod, in order; or the faults of the malformed objects. */
export const attemptsOf = (
  scenario: Scenario,
): E.Either<readonly DocumentFault[], readonly Attempt[]> => {
  const opened = openScenario(scenario)
  if (E.isLeft(opened)) return opened
  const { pending, picks = [] } = scenario
  let state = opened.right
  const attempts = pending.map((pod, i) => {
    const [after, attempt] = getOrThrow(schedulePod(state, { at: start, pod, pick: picks[i] }))
    state = after
    return attempt
  })
  return E.right(attempts)
}

/** The one instant of a scenario. */
const start = instant(0)

/** The scheduler's state before the first attempt. Every pending pod is among its objects. */
export const openScenario = ({
  config,
  objects,
  pending,
}: Scenario): E.Either<readonly DocumentFault[], SchedulerState> => {
  const configuration =
    config === undefined ? E.right(undefined) : readConfiguration({ from: 'config', value: config })
  if (E.isLeft(configuration)) return configuration
  const read = objects.map((value, i) =>
    readObjects({ from: `object ${i}`, value: withContainers(value) }),
  )
  const bad = read.flatMap((one) => one.bad)
  if (bad.length > 0) return E.left(bad)
  const twice = repeatedObjects({ objects })
  if (twice.length > 0) return E.left(twice.map((fault) => ({ from: 'objects', ...fault })))
  const found = read.flatMap((one) => one.objects)
  const state = openScheduler(found, start, { configuration: configuration.right })
  const lost = pending.filter((name) => !state.pods.has(name))
  return lost.length > 0 ? E.left(lost.map(unknownPod)) : E.right(state)
}

/** What is wrong with objects that have the kind and the name of one before them. */
export const repeatedObjects = ({
  objects,
}: Pick<Scenario, 'objects'>): readonly MalformedValue[] => {
  const found = objects.flatMap((value, i) =>
    readObjects({ from: '', value }, [i]).objects.map(({ kind, at, object: { metadata } }) => ({
      ...{ kind, at, name: metadata.name, namespace: metadata.namespace ?? 'default' },
    })),
  )
  const title = ({ kind, namespace, name }: (typeof found)[number]): string =>
    JSON.stringify([kind, clusterScoped.includes(kind) ? '' : namespace, name])
  return duplicates(found, title).map(({ item: { at, name } }) => ({
    at: ['objects', ...at, 'metadata', 'name'],
    found: renderValue(name),
    expected: 'a name that no object of its kind before has',
  }))
}

/** Kinds whose names have no namespace, of those that must not be there twice. */
const clusterScoped: readonly string[] = ['Node', 'PersistentVolume', 'StorageClass', 'CSINode']

const unknownPod = (name: string): DocumentFault => ({
  from: 'pending',
  at: [],
  found: renderValue(name),
  expected: 'the namespace and name of a pod among the objects',
})

/** Adds a container to templates without one: only the selectors of controllers are read. */
const withContainers = (value: unknown): unknown => {
  if (!isMap(value) || value.kind === 'Pod' || !isMap(value.spec)) return value
  const { spec } = value
  if (!isMap(spec.template) || !isMap(spec.template.spec)) return value
  const inner = spec.template.spec
  const template = {
    ...spec.template,
    spec: { ...inner, containers: inner.containers ?? [{ name: 'none' }] },
  }
  return { ...value, spec: { ...spec, template } }
}

interface Loose {
  readonly kind?: unknown
  readonly spec?: unknown
  readonly template?: unknown
  readonly containers?: unknown
}

const isMap = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
