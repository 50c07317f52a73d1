/**
 * Translates the plugin PodTopologySpread to kernel rules: filters and a score by a pod's topology
 * spread constraints. A pod without constraints gets the default ones, if a service or a controller
 * selects it.
 *
 * Source: Kubernetes documentation, "Pod Topology Spread Constraints" (internal default
 * constraints, inclusion policies).
 */
import { internWord, type Draft, type Expr, type Filter, type Tally } from '@stowage/kernel'
import {
  alsoAsking,
  selectsAll,
  requirementsOf,
  selectorOf,
  selects,
  type LabelSelector,
} from '../words/label-selector.js'
import type { TopologySpreadConstraint } from '../words/spread-constraint.js'
import type { FiltersOf, ScoreOf } from '../plugin/input.js'
import { inNamespaces, noPod, selectorMatch } from './labels.js'
import { affinityExpr } from './node-affinity.js'
import type { DefaultConstraint, PluginArgs } from '../plugin/profile.js'
import { fixedReason } from '../plugin/reason.js'
import type { Surroundings } from '../surroundings/surroundings.js'
import type { PodLike } from '../surroundings/pod-like.js'
import { toleratedExpr } from './toleration.js'

const hostname = 'kubernetes.io/hostname'

/** A constraint with the selector that applies to this pod. */
interface Constraint extends DefaultConstraint {
  readonly selector: LabelSelector | undefined
}

/**
 * The constraints of one kind, and whether nodes that lack one of their topology keys are left out.
 */
interface Constraints {
  readonly constraints: readonly Constraint[]
  readonly needAllKeys: boolean
}

/**
 * Two filters per constraint: the node has the topology key, and the skew stays within `maxSkew`.
 */
export const spreadFilters: FiltersOf = ({ draft, pod, around, args }) => {
  const hard = constraintsOf('DoNotSchedule', pod, around, args.spread).constraints
  const keys = hard.map(({ topologyKey }) => topologyKey)
  return hard.flatMap((constraint): readonly Filter[] => [
    {
      _tag: 'Require',
      ...fixedReason(
        "node(s) didn't match pod topology spread constraints (missing required label)",
      ),
      removable: false,
      expr: { _tag: 'Has', key: internWord(draft, constraint.topologyKey) },
    },
    {
      _tag: 'Skew',
      ...fixedReason("node(s) didn't match pod topology spread constraints"),
      removable: true,
      tally: {
        ...tallyFacts(draft, pod, constraint),
        domain: internWord(draft, constraint.topologyKey),
        absent: 'refuse',
        eligible: eligible(draft, pod, constraint, keys),
        removal: {
          _tag: 'Every',
          of: [inNamespaces(draft, [pod.namespace]), selectorMatch(draft, constraint.selector)],
        },
      },
      self: selects(constraint.selector, pod.labels) ? 1 : 0,
      max: constraint.maxSkew,
      domainsMin: constraint.minDomains ?? 1,
    },
  ])
}

/** Scores by the ScheduleAnyway constraints; `undefined` when there are none. */
export const spreadScore: ScoreOf = ({ draft, pod, around, args }) => {
  const { constraints, needAllKeys } = constraintsOf('ScheduleAnyway', pod, around, args.spread)
  if (constraints.length === 0) return undefined
  const keys = needAllKeys ? constraints.map(({ topologyKey }) => topologyKey) : []
  // Default constraints have one selector: what they count is one object, which is counted once.
  const counted = new Map<Constraint['selector'], Pick<Tally, 'facts'>>()
  const terms = constraints.map((constraint) => {
    const counts = counted.get(constraint.selector) ?? tallyFacts(draft, pod, constraint)
    counted.set(constraint.selector, counts)
    const tally = softTally(draft, pod, constraint, keys, counts)
    return [{ ...tally, absent: needAllKeys ? 'refuse' : 'skip' }, constraint.maxSkew] as const
  })
  return { raw: { _tag: 'Spread', terms }, normaliser: 'spread' }
}

/** With the hostname key, the pods of the node itself are counted, whatever the policies say. */
const softTally = (
  draft: Draft,
  pod: PodLike,
  constraint: Constraint,
  keys: readonly string[],
  { facts }: Pick<Tally, 'facts'>,
): Omit<Tally, 'absent'> => {
  const key = internWord(draft, constraint.topologyKey)
  return constraint.topologyKey === hostname
    ? { facts, domain: 'node', key }
    : { facts, domain: key, eligible: eligible(draft, pod, constraint, keys) }
}

/**
 * Counts the selected pods of the namespace that are not leaving; an empty selector counts none.
 */
const tallyFacts = (
  draft: Draft,
  { namespace }: PodLike,
  { selector }: Constraint,
): Pick<Tally, 'facts'> => ({
  facts:
    selector === undefined || selectsAll(selector)
      ? noPod
      : {
          _tag: 'Every',
          of: [
            inNamespaces(draft, [namespace]),
            selectorMatch(draft, selector),
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

/** Adds the pod's own values of the `matchLabelKeys` to the selector. */
const selectorFor = (
  { labels }: PodLike,
  { labelSelector, matchLabelKeys }: TopologySpreadConstraint,
): LabelSelector | undefined => {
  const own = new Map([...labels].filter(([key]) => matchLabelKeys.includes(key)))
  if (own.size === 0) return labelSelector
  return alsoAsking(labelSelector ?? selectorOf(new Map()), own)
}

/** A pod with any constraint of its own, even of the other kind, gets no default ones. */
const constraintsOf = (
  kind: 'DoNotSchedule' | 'ScheduleAnyway',
  pod: PodLike,
  around: Surroundings,
  { defaults }: PluginArgs['spread'],
): Constraints => {
  const own = pod.spec.topologySpreadConstraints
  if (own.length > 0) {
    const constraints = own.map((one) => ({ ...one, selector: selectorFor(pod, one) }))
    return { constraints: constraintsThat(kind, constraints), needAllKeys: true }
  }
  const selector = defaultSelector(pod, around)
  const given = selectsAll(selector) ? [] : defaults === 'System' ? ofSystem : defaults
  const constraints = given.map((one) => ({ ...one, selector }))
  return { constraints: constraintsThat(kind, constraints), needAllKeys: defaults !== 'System' }
}

const constraintsThat = (kind: string, constraints: readonly Constraint[]): readonly Constraint[] =>
  constraints.filter(({ whenUnsatisfiable }) => whenUnsatisfiable === kind)

const ofSystem: readonly DefaultConstraint[] = [
  { maxSkew: 3, topologyKey: hostname, whenUnsatisfiable: 'ScheduleAnyway' },
  { maxSkew: 5, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'ScheduleAnyway' },
]

/**
 * Combines the labels of all services that select the pod with the selector of its controller, even
 * if the controller does not select the pod.
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
