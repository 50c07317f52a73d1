/**
 * A pod as a class: its filters in the order of the default profile's plugins, and its scores.
 */
import {
  slots,
  word,
  type Class,
  type Draft,
  type Filter,
  type Fit,
  type FitPart,
  type Vector,
  type Word,
} from '@stowage/kernel'
import { amountIn } from '../words/amounts.js'
import type { PodSpec } from '../words/pod.js'
import { carriedFacts } from './carried.js'
import { featureFilter } from './feature.js'
import { labelFacts } from './labels.js'
import { unschedulableKey } from './node.js'
import { affinityExpr, nodesNamed, pinnedNames } from './node-affinity.js'
import { podAffinityFilters } from './pod-affinity.js'
import { insufficient, pluginOf, reasonOf, said } from './reason.js'
import { portClashes, portFacts } from './ports.js'
import { podRequests } from './requests.js'
import { dimensionOf, isCounted, scoredDimension } from './resource.js'
import { scoredLoad, scoredResources } from './scored.js'
import { scoresOf } from './score.js'
import { spreadFilters } from './spread.js'
import type { PodLike, Surroundings } from './surroundings.js'
import { toleratedExpr, tolerates } from './toleration.js'

/** The pod's spec is one that was admitted. */
export const classOfPod = (
  draft: Draft,
  pod: PodLike,
  priority: number,
  around: Surroundings,
): Class => ({
  facts: [...new Set(factsOf(draft, pod, around))],
  occupies: occupies(draft, pod.spec),
  filters: [
    ...filtersOfSpec(draft, pod.spec),
    ...spreadFilters(draft, pod),
    ...podAffinityFilters(draft, pod, around),
    ...featureFilter(draft, pod.spec),
  ],
  choice: { _tag: 'Sum', tie: 'rank', scores: scoresOf(draft, pod, around) },
  priority,
})

const factsOf = (draft: Draft, pod: PodLike, around: Surroundings): readonly Word[] => [
  ...portFacts(draft, pod.spec),
  ...labelFacts(draft, pod.namespace, pod.labels, around.isAsked),
  ...carriedFacts(draft, pod),
]

const occupies = (draft: Draft, spec: PodSpec): Vector => [
  ...requested(draft, spec),
  [slots, 1],
  ...scoredResources.map(
    (resource) =>
      [scoredDimension(draft, resource), amountIn(resource, scoredLoad(spec, resource))] as const,
  ),
]

/** What does not depend on other pods' labels, in the order of the default profile's plugins. */
const filtersOfSpec = (draft: Draft, spec: PodSpec): readonly Filter[] => [
  ...namesFilter(draft, spec),
  ...describedFilters(draft, spec),
  ...portsFilter(draft, spec),
  fitFilter(draft, spec),
]

const requested = (draft: Draft, spec: PodSpec): Vector =>
  [...podRequests(spec)]
    .filter(([resource]) => isCounted(resource))
    .map(([resource, quantity]) => [dimensionOf(draft, resource), amountIn(resource, quantity)])

/** Names pinned by affinity narrow the nodes before any plugin is asked; terms that contradict each other leave none. */
const namesFilter = (draft: Draft, spec: PodSpec): readonly Filter[] => {
  const names = pinnedNames(spec)
  if (names === undefined) return []
  const filter = { _tag: 'Only', nodes: nodesNamed(draft, names), removable: false } as const
  if (names.length === 0) return [{ ...filter, ...said('pod affinity terms conflict') }]
  return [{ ...filter, ...said("node(s) didn't satisfy plugin(s) [NodeAffinity]") }]
}

const describedFilters = (draft: Draft, spec: PodSpec): readonly Filter[] => {
  const affinity = affinityExpr(draft, spec)
  return [...unschedulableFilter(draft, spec), tolerationFilter(draft, spec)].concat(
    affinity === undefined
      ? []
      : [
          {
            _tag: 'Require',
            ...said("node(s) didn't match Pod's node affinity/selector"),
            removable: false,
            expr: affinity,
          },
        ],
  )
}

const cordon = { key: 'node.kubernetes.io/unschedulable', value: '', effect: 'NoSchedule' }

const unschedulableFilter = (draft: Draft, spec: PodSpec): readonly Filter[] =>
  tolerates(spec.tolerations, cordon)
    ? []
    : [
        {
          _tag: 'Require',
          ...said('node(s) were unschedulable'),
          removable: false,
          expr: { _tag: 'Not', of: { _tag: 'Has', key: word(draft, unschedulableKey) } },
        },
      ]

const tolerationFilter = (draft: Draft, spec: PodSpec): Filter => ({
  _tag: 'Require',
  ...said('node(s) had untolerated taint(s)'),
  removable: false,
  expr: { _tag: 'Marks', tolerated: toleratedExpr(draft, spec.tolerations) },
})

const portsFilter = (draft: Draft, spec: PodSpec): readonly Filter[] => {
  const clashes = portClashes(draft, spec)
  if (clashes === undefined) return []
  return [
    {
      _tag: 'Limit',
      ...said("node(s) didn't have free ports for the requested pod ports"),
      removable: true,
      tally: { facts: clashes, domain: 'node', absent: 'own' },
      self: 0,
      most: 0,
    },
  ]
}

const fitFilter = (draft: Draft, spec: PodSpec): Fit => ({
  _tag: 'Fit',
  plugin: pluginOf('NodeResourcesFit'),
  removable: true,
  parts: [
    { dimension: slots, amount: 1, reason: reasonOf('Too many pods'), slot: true },
    ...requested(draft, spec).map(
      ([dimension, amount]): FitPart => ({
        dimension,
        amount,
        reason: insufficient(dimension),
        slot: false,
      }),
    ),
  ],
})
