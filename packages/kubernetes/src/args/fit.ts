/**
 * Reads the args of the scheduler plugin NodeResourcesFit:
 * 1. the scoring strategy, such as `LeastAllocated`, which prefers empty nodes;
 * 2. the extended resources that the plugin does not check.
 */
import {
  closedRecord,
  listOrEmpty,
  optional,
  text,
  withDefault,
  type Codec,
} from '@stowage/documents'
import type { FitArgs } from '../plugin/profile.js'
import {
  forbiddenSetting,
  invalid,
  requiredSetting,
  unsupportedValue,
  type SettingPath,
  type Wrong,
} from '../setting/wrong.js'
import { wrongLabelName } from './label-name.js'
import { reader, type ArgsReader } from './reader.js'
import { WeightedResources, withDefaultWeights, type WeightedResource } from './resources.js'
import { curveOf, ShapeWords, wrongShape } from './shape.js'

interface Strategy {
  readonly type: string
  readonly resources: readonly WeightedResource[]
  readonly requestedToCapacityRatio: { readonly shape: ShapeWords } | undefined
}
const Strategy: Codec<Strategy> = closedRecord('an object', {
  type: withDefault(text, ''),
  resources: WeightedResources,
  requestedToCapacityRatio: optional(
    closedRecord<{ readonly shape: ShapeWords }>('an object', { shape: ShapeWords }),
  ),
})
const defaultStrategy: Strategy = {
  type: 'LeastAllocated',
  resources: [],
  requestedToCapacityRatio: undefined,
}

interface FitWords {
  readonly ignoredResources: readonly string[]
  readonly ignoredResourceGroups: readonly string[]
  readonly scoringStrategy: Strategy
}

const strategies = ['LeastAllocated', 'MostAllocated', 'RequestedToCapacityRatio'] as const

const wrongFit = (words: FitWords): readonly Wrong[] => [
  ...words.ignoredResources.flatMap((name, i) => wrongResourceName(name, ['ignoredResources', i])),
  ...words.ignoredResourceGroups.flatMap((name, i) => wrongGroup(name, i)),
  ...wrongStrategy(words.scoringStrategy, ['scoringStrategy']),
]

const wrongResourceName = (name: string, at: SettingPath): readonly Wrong[] =>
  wrongLabelName(name).map((detail) => invalid(at, name, 'the name of a resource', detail))

const wrongGroup = (group: string, i: number): readonly Wrong[] => {
  const at = ['ignoredResourceGroups', i]
  const deep = invalid(at, group, 'no slash', "resource group name can't contain '/'")
  return [...(group.includes('/') ? [deep] : []), ...wrongResourceName(group, at)]
}

const wrongStrategy = (strategy: Strategy, at: SettingPath): readonly Wrong[] => [
  ...(strategies.some((name) => name === strategy.type)
    ? []
    : [unsupportedValue([...at, 'type'], strategy.type, strategies)]),
  ...withDefaultWeights(strategy.resources).flatMap((resource, i) =>
    wrongResourceWeight(resource, [...at, 'resources', i, 'weight']),
  ),
  ...wrongRatio(strategy, [...at, 'requestedToCapacityRatio']),
]

const wrongResourceWeight = (
  { name, weight }: WeightedResource,
  at: SettingPath,
): readonly Wrong[] =>
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

const wrongRatio = (strategy: Strategy, at: SettingPath): readonly Wrong[] => {
  const { type, requestedToCapacityRatio: ratio } = strategy
  if (type === 'RequestedToCapacityRatio') {
    if (ratio !== undefined) return wrongShape(ratio.shape, [...at, 'shape'])
    return [requiredSetting(at, ratio, 'a shape', `must be specified when type is ${type}`)]
  }
  if (ratio === undefined) return []
  const detail = 'must be nil when type is not RequestedToCapacityRatio'
  return [forbiddenSetting(at, ratio, 'nothing, as the type has no use for it', detail)]
}

export const readFitArgs: ArgsReader<FitArgs> = reader<FitWords, FitArgs>(
  'NodeResourcesFitArgs',
  {
    ignoredResources: listOrEmpty(text),
    ignoredResourceGroups: listOrEmpty(text),
    scoringStrategy: withDefault(Strategy, defaultStrategy),
  },
  wrongFit,
  ({ ignoredResources, ignoredResourceGroups, scoringStrategy }) => ({
    strategy: strategies.find((name) => name === scoringStrategy.type) ?? 'LeastAllocated',
    resources: withDefaultWeights(scoringStrategy.resources).map(({ name, weight }) => [
      name,
      weight,
    ]),
    shape: curveOf(scoringStrategy.requestedToCapacityRatio?.shape ?? []),
    ignoredResources,
    ignoredResourceGroups,
  }),
)
