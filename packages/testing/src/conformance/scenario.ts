/**
 * Scenarios: objects as an API server returns them, and pods to place one after the other. What a
 * scheduler says of them is what schedulers are compared by.
 */
import { getOrThrow, instant, shown, type BadDocument } from '@stowage/kernel'
import {
  openScheduler,
  readConfiguration,
  readObjects,
  schedulePod,
  type Attempt,
  type SchedulerState,
} from '@stowage/kubernetes'
import * as E from 'fp-ts/lib/Either.js'

/**
 * `pending` are namespaces and names; `picks`, beside them, are nodes to go to instead of our own
 * choice.
 */
export interface Scenario {
  /** A KubeSchedulerConfiguration; none for the default one. */
  readonly config?: unknown
  readonly objects: readonly unknown[]
  readonly pending: readonly string[]
  readonly picks?: readonly (string | undefined)[]
}

/**
 * An attempt for each pending pod, in their order; or all that is wrong with the objects, by their
 * place in the list.
 */
export const attemptsOf = (
  scenario: Scenario,
): E.Either<readonly BadDocument[], readonly Attempt[]> => {
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

/** Scenarios are of one moment. */
const start = instant(0)

/** The state in which the pending pods, all of which it knows, are to be attempted. */
export const openScenario = ({
  config,
  objects,
  pending,
}: Scenario): E.Either<readonly BadDocument[], SchedulerState> => {
  const configuration =
    config === undefined ? E.right(undefined) : readConfiguration({ from: 'config', value: config })
  if (E.isLeft(configuration)) return configuration
  const read = objects.map((value, i) =>
    readObjects({ from: `object ${i}`, value: withContainers(value) }),
  )
  const bad = read.flatMap((one) => one.bad)
  if (bad.length > 0) return E.left(bad)
  const found = read.flatMap((one) => one.objects)
  const state = openScheduler(found, start, { configuration: configuration.right })
  const lost = pending.filter((name) => !state.pods.has(name))
  return lost.length > 0 ? E.left(lost.map(unknownPod)) : E.right(state)
}

const unknownPod = (name: string): BadDocument => ({
  from: 'pending',
  at: [],
  found: shown(name),
  expected: 'the namespace and name of a pod among the objects',
})

/**
 * Controllers in scenarios may have templates without a container, as only their selectors are
 * looked at.
 */
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
