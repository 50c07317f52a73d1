/**
 * Scenarios: objects as an API server returns them, and pods to place one after the other. What a
 * scheduler says of them is what schedulers are compared by.
 */
import { batch, empty, shown, type BadDocument, type Draft } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import {
  attempt,
  openSession,
  readConfiguration,
  readObjects,
  type Attempt,
  type Configuration,
  type Session,
} from '@stowage/kubernetes'

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
): E.Either<readonly BadDocument[], readonly Attempt[]> =>
  batch(empty, (draft) => {
    const { pending, picks = [] } = scenario
    return E.map((session: Session) =>
      pending.map((name, i) => attempt(session, session.pods.get(name)!, picks[i])),
    )(openScenario(draft, scenario))
  })[1]

/** The session in which the pending pods, all of which it knows, are to be attempted. */
export const openScenario = (
  draft: Draft,
  { config, objects, pending }: Scenario,
): E.Either<readonly BadDocument[], Session> => {
  const profiles = profilesOf(config)
  if (E.isLeft(profiles)) return profiles
  const read = objects.map((value, i) =>
    readObjects({ from: `object ${i}`, value: withContainers(value) }),
  )
  const bad = read.flatMap((one) => one.bad)
  if (bad.length > 0) return E.left(bad)
  const found = read.flatMap((one) => one.objects)
  const session = openSession(draft, found, profiles.right)
  const lost = pending.filter((name) => !session.pods.has(name))
  return lost.length > 0 ? E.left(lost.map(unknownPod)) : E.right(session)
}

const profilesOf = (
  config: unknown,
): E.Either<readonly BadDocument[], Configuration['profiles'] | undefined> =>
  config === undefined
    ? E.right(undefined)
    : E.map(({ profiles }: Configuration) => profiles)(
        readConfiguration({ from: 'config', value: config }),
      )

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
