/**
 * Spreading over topologies: a pod's own constraints, or else those that every pod has which some
 * service or controller selects.
 *
 * Source: Kubernetes documentation, "Pod Topology Spread Constraints" (internal default
 * constraints, inclusion policies).
 */
import { internWord, type Draft, type Expr, type Filter, type Tally } from '@stowage/kernel'
import {
  alsoAsking,
  isEmpty,
  requirementsOf,
  selectorOf,
  selects,
  type LabelSelector,
} from '../words/label-selector.js'
import type { TopologySpreadConstraint } from '../words/spread-constraint.js'
import type { FiltersOf, ScoreOf } from '../plugin/input.js'
import { inNamespaces, nobody, selected } from './labels.js'
import { affinityExpr } from './node-affinity.js'
import type { DefaultConstraint, PluginArgs } from '../plugin/profile.js'
import { said } from '../plugin/reason.js'
import type { Surroundings } from '../surroundings/surroundings.js'
import type { PodLike } from '../surroundings/pod-like.js'
import { toleratedExpr } from './toleration.js'

const hostname = 'kubernetes.io/hostname'

/** A constraint, with the selector that it comes to for this pod. */
interface Constraint extends DefaultConstraint {
  readonly selector: LabelSelector | undefined
}

/**
 * The constraints of one kind, and whether nodes that lack one of their keys are left out
 * altogether.
 */
interface Constraints {
  readonly constraints: readonly Constraint[]
  readonly needAllKeys: boolean
}

/** For each constraint its key must be there, and then the skew must hold. */
export const spreadFilters: FiltersOf = ({ draft, pod, around, args }) => {
  const hard = constraintsOf('DoNotSchedule', pod, around, args.spread).constraints
  const keys = hard.map(({ topologyKey }) => topologyKey)
  return hard.flatMap((constraint): readonly Filter[] => [
    {
      _tag: 'Require',
      ...said("node(s) didn't match pod topology spread constraints (missing required label)"),
      removable: false,
      expr: { _tag: 'Has', key: internWord(draft, constraint.topologyKey) },
    },
    {
      _tag: 'Skew',
      ...said("node(s) didn't match pod topology spread constraints"),
      removable: true,
      tally: {
        ...counting(draft, pod, constraint),
        domain: internWord(draft, constraint.topologyKey),
        absent: 'refuse',
        eligible: eligible(draft, pod, constraint, keys),
        removal: {
          _tag: 'Every',
          of: [inNamespaces(draft, [pod.namespace]), selected(draft, constraint.selector)],
        },
      },
      self: selects(constraint.selector, pod.labels) ? 1 : 0,
      max: constraint.maxSkew,
      domainsMin: constraint.minDomains ?? 1,
    },
  ])
}

export const spreadScore: ScoreOf = ({ draft, pod, around, args }) => {
  const { constraints, needAllKeys } = constraintsOf('ScheduleAnyway', pod, around, args.spread)
  if (constraints.length === 0) return undefined
  const keys = needAllKeys ? constraints.map(({ topologyKey }) => topologyKey) : []
  const terms = constraints.map((constraint) => {
    const tally = softTally(draft, pod, constraint, keys)
    return [{ ...tally, absent: needAllKeys ? 'refuse' : 'skip' }, constraint.maxSkew] as const
  })
  return { raw: { _tag: 'Spread', terms }, normaliser: 'spread' }
}

/** On the host, what stands there is counted, whatever the policies say. */
const softTally = (
  draft: Draft,
  pod: PodLike,
  constraint: Constraint,
  keys: readonly string[],
): Omit<Tally, 'absent'> => {
  const key = internWord(draft, constraint.topologyKey)
  const { facts } = counting(draft, pod, constraint)
  return constraint.topologyKey === hostname
    ? { facts, domain: 'node', key }
    : { facts, domain: key, eligible: eligible(draft, pod, constraint, keys) }
}

/**
 * Pods of the namespace that are selected and not leaving; a selector that asks for nothing counts
 * nobody.
 */
const counting = (
  draft: Draft,
  { namespace }: PodLike,
  { selector }: Constraint,
): Pick<Tally, 'facts'> => ({
  facts:
    selector === undefined || isEmpty(selector)
      ? nobody
      : {
          _tag: 'Every',
          of: [
            inNamespaces(draft, [namespace]),
            selected(draft, selector),
            { _tag: 'None', of: { _tag: 'Phase', phase: 'leaving' } },
          ],
        },
})

/** The nodes that have all the keys and that the constraint's policies include. */
const eligible = (
  draft: Draft,
  { spec }: PodLike,
  { nodeAffinityPolicy, nodeTaintsPolicy }: Constraint,
  keys: readonly string[],
): Expr => {
  const affinity = nodeAffinityPolicy === 'Ignore' ? undefined : affinityExpr(draft, spec)
  return {
    _tag: 'All',
    of: [
      ...keys.map((key): Expr => ({ _tag: 'Has', key: internWord(draft, key) })),
      ...(affinity === undefined ? [] : [affinity]),
      ...(nodeTaintsPolicy === 'Honor'
        ? [{ _tag: 'Marks', tolerated: toleratedExpr(draft, spec.tolerations) } as const]
        : []),
    ],
  }
}

/** The selector also asks for the pod's own values of some labels. */
const selectorFor = (
  { labels }: PodLike,
  { labelSelector, matchLabelKeys }: TopologySpreadConstraint,
): LabelSelector | undefined => {
  const own = new Map([...labels].filter(([key]) => matchLabelKeys.includes(key)))
  if (own.size === 0) return labelSelector
  return alsoAsking(labelSelector ?? selectorOf(new Map()), own)
}

/** A pod with constraints of its own, be they all of the other kind, has none by default. */
const constraintsOf = (
  kind: 'DoNotSchedule' | 'ScheduleAnyway',
  pod: PodLike,
  around: Surroundings,
  { defaults }: PluginArgs['spread'],
): Constraints => {
  const own = pod.spec.topologySpreadConstraints
  if (own.length > 0) {
    const constraints = own.map((one) => ({ ...one, selector: selectorFor(pod, one) }))
    return { constraints: ofKind(kind, constraints), needAllKeys: true }
  }
  const selector = defaultSelector(pod, around)
  const given = isEmpty(selector) ? [] : defaults === 'System' ? ofSystem : defaults
  const constraints = given.map((one) => ({ ...one, selector }))
  return { constraints: ofKind(kind, constraints), needAllKeys: defaults !== 'System' }
}

const ofKind = (kind: string, constraints: readonly Constraint[]): readonly Constraint[] =>
  constraints.filter(({ whenUnsatisfiable }) => whenUnsatisfiable === kind)

const ofSystem: readonly DefaultConstraint[] = [
  { maxSkew: 3, topologyKey: hostname, whenUnsatisfiable: 'ScheduleAnyway' },
  { maxSkew: 5, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway' },
]

/**
 * All that the services which select the pod ask for, and what its controller does, whether or not
 * that selects it.
 */
const defaultSelector = (pod: PodLike, { services }: Surroundings): LabelSelector => {
  const selecting = services.filter(
    ({ namespace, selector }) =>
      namespace === pod.namespace && selects(selectorOf(selector), pod.labels),
  )
  return {
    matchLabels: new Map([
      ...selecting.flatMap(({ selector }) => [...selector]),
      ...(pod.ownerLabels ?? []),
    ]),
    matchExpressions: pod.ownerSelector === undefined ? [] : requirementsOf(pod.ownerSelector),
  }
}
