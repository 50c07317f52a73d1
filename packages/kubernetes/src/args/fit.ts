/** NodeResourcesFit: how full nodes should be, and which extended resources are not checked. */
import type { FitArgs } from '../plugin/profile.js'
import { list, optional, text, type Decoder } from '../words/decode.js'
import { closed, or } from '../setting/closed.js'
import { forbidden, invalid, required, unsupported, type At, type Wrong } from '../setting/wrong.js'
import { wrongLabelName } from './label-name.js'
import { reader, type ArgsReader } from './reader.js'
import { WeightedResources, withDefaults, type WeightedResource } from './resources.js'
import { curveOf, Shape, wrongShape } from './shape.js'

interface Strategy {
  readonly type: string
  readonly resources: readonly WeightedResource[]
  readonly requestedToCapacityRatio: { readonly shape: Shape } | undefined
}
const Strategy: Decoder<Strategy> = closed({
  type: or(text, ''),
  resources: WeightedResources,
  requestedToCapacityRatio: optional(closed<{ readonly shape: Shape }>({ shape: Shape })),
})
const standard: Strategy = {
  type: 'LeastAllocated',
  resources: [],
  requestedToCapacityRatio: undefined,
}

interface Words {
  readonly ignoredResources: readonly string[]
  readonly ignoredResourceGroups: readonly string[]
  readonly scoringStrategy: Strategy
}

const strategies = ['LeastAllocated', 'MostAllocated', 'RequestedToCapacityRatio'] as const

const wrongIn = (words: Words): readonly Wrong[] => [
  ...words.ignoredResources.flatMap((name, i) => wrongName(name, ['ignoredResources', i])),
  ...words.ignoredResourceGroups.flatMap((name, i) => wrongGroup(name, i)),
  ...wrongStrategy(words.scoringStrategy, ['scoringStrategy']),
]

const wrongName = (name: string, at: At): readonly Wrong[] =>
  wrongLabelName(name).map((detail) => invalid(at, name, 'the name of a resource', detail))

const wrongGroup = (group: string, i: number): readonly Wrong[] => {
  const at = ['ignoredResourceGroups', i]
  const deep = invalid(at, group, 'no slash', "resource group name can't contain '/'")
  return [...(group.includes('/') ? [deep] : []), ...wrongName(group, at)]
}

const wrongStrategy = (strategy: Strategy, at: At): readonly Wrong[] => [
  ...(strategies.some((name) => name === strategy.type)
    ? []
    : [unsupported([...at, 'type'], strategy.type, strategies)]),
  ...withDefaults(strategy.resources).flatMap((resource, i) =>
    wrongWeight(resource, [...at, 'resources', i, 'weight']),
  ),
  ...wrongRatio(strategy, [...at, 'requestedToCapacityRatio']),
]

const wrongWeight = ({ name, weight }: WeightedResource, at: At): readonly Wrong[] =>
  weight > 0 && weight <= 100
    ? []
    : [
        invalid(
          at,
          weight,
          'a weight from 1 to 100',
          `resource weight of ${name} not in valid range (0, 100]`,
        ),
      ]

const wrongRatio = (strategy: Strategy, at: At): readonly Wrong[] => {
  const { type, requestedToCapacityRatio: ratio } = strategy
  if (type === 'RequestedToCapacityRatio') {
    if (ratio !== undefined) return wrongShape(ratio.shape, [...at, 'shape'])
    return [required(at, ratio, 'a shape', `must be specified when type is ${type}`)]
  }
  if (ratio === undefined) return []
  const detail = 'must be nil when type is not RequestedToCapacityRatio'
  return [forbidden(at, ratio, 'nothing, as the type has no use for it', detail)]
}

export const readFitArgs: ArgsReader<FitArgs> = reader<Words, FitArgs>(
  'NodeResourcesFitArgs',
  {
    ignoredResources: list(text),
    ignoredResourceGroups: list(text),
    scoringStrategy: or(Strategy, standard),
  },
  wrongIn,
  ({ ignoredResources, ignoredResourceGroups, scoringStrategy }) => ({
    strategy: strategies.find((name) => name === scoringStrategy.type) ?? 'LeastAllocated',
    resources: withDefaults(scoringStrategy.resources).map(({ name, weight }) => [name, weight]),
    shape: curveOf(scoringStrategy.requestedToCapacityRatio?.shape ?? []),
    ignoredResources,
    ignoredResourceGroups,
  }),
)
