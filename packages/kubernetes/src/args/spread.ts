/**
 * Reads the args of the scheduler plugin PodTopologySpread: the default spread constraints (such as
 * `maxSkew: 1` over zones), which apply to pods without constraints of their own.
 */
import {
  closedRecord,
  duplicates,
  listOrEmpty,
  optional,
  text,
  withDefault,
  type Codec,
} from '@stowage/documents'
import type { PluginArgs } from '../plugin/profile.js'
import { int32 } from '../words/whole-number.js'
import { LabelSelector } from '../words/label-selector.js'
import type { TopologySpreadConstraint } from '../words/spread-constraint.js'
import {
  duplicate,
  forbiddenSetting,
  invalid,
  requiredSetting,
  unsupportedValue,
  wrong,
} from '../setting/wrong.js'
import type { SettingPath, Wrong } from '../setting/wrong.js'
import { wrongLabelName } from './label-name.js'
import { reader, type ArgsReader } from './reader.js'

const DefaultConstraintWords: Codec<TopologySpreadConstraint> = closedRecord('an object', {
  maxSkew: withDefault(int32, 0),
  topologyKey: withDefault(text, ''),
  whenUnsatisfiable: withDefault(text, ''),
  labelSelector: optional(LabelSelector),
  minDomains: optional(int32),
  nodeAffinityPolicy: optional(text),
  nodeTaintsPolicy: optional(text),
  matchLabelKeys: listOrEmpty(text),
})

interface SpreadWords {
  readonly defaultConstraints: readonly TopologySpreadConstraint[]
  readonly defaultingType: string
}

const wrongSpread = ({ defaultConstraints, defaultingType }: SpreadWords): readonly Wrong[] => {
  const repeats = new Set(duplicates(defaultConstraints, pairOf).map(({ index }) => index))
  return [
    ...wrongDefaultingType(defaultingType, defaultConstraints.length),
    ...defaultConstraints.flatMap((one, i) => {
      const at = ['defaultConstraints', i]
      return [
        ...wrongDefaultConstraint(one, at),
        ...(repeats.has(i)
          ? [duplicate(at, pairOf(one), 'a pair that no other constraint has')]
          : []),
      ]
    }),
  ]
}

const pairOf = ({ topologyKey, whenUnsatisfiable }: TopologySpreadConstraint): string =>
  `{${topologyKey}, ${whenUnsatisfiable}}`

const wrongDefaultingType = (type: string, count: number): readonly Wrong[] => {
  const types = ['System', 'List']
  if (!types.includes(type)) return [unsupportedValue(['defaultingType'], type, types)]
  if (type === 'List' || count === 0) return []
  const detail = 'when .defaultConstraints are not empty'
  return [invalid(['defaultingType'], type, 'List, as there is a list', detail)]
}

const wrongDefaultConstraint = (
  constraint: TopologySpreadConstraint,
  at: SettingPath,
): readonly Wrong[] => {
  const { maxSkew, topologyKey, whenUnsatisfiable, labelSelector } = constraint
  const skew = [...at, 'maxSkew']
  const selector = [...at, 'labelSelector']
  const derived = 'constraint must not define a selector, as they deduced for each pod'
  return [
    ...(maxSkew > 0 ? [] : [invalid(skew, maxSkew, '1 or more', 'not in valid range (0, inf)')]),
    ...wrongDefaultKey(topologyKey, [...at, 'topologyKey']),
    ...wrongAnswer(whenUnsatisfiable, [...at, 'whenUnsatisfiable']),
    ...(labelSelector === undefined
      ? []
      : [
          forbiddenSetting(
            selector,
            labelSelector,
            'nothing, as it is taken from each pod',
            derived,
          ),
        ]),
    ...(['nodeAffinityPolicy', 'nodeTaintsPolicy'] as const).flatMap((policy) =>
      wrongPolicy(constraint[policy], [...at, policy]),
    ),
  ]
}

const wrongDefaultKey = (key: string, at: SettingPath): readonly Wrong[] =>
  key === ''
    ? [requiredSetting(at, key, "a label's key", 'can not be empty')]
    : wrongLabelName(key).map((detail) => invalid(at, key, "a label's key", detail))

const wrongAnswer = (answer: string, at: SettingPath): readonly Wrong[] => {
  const answers = ['DoNotSchedule', 'ScheduleAnyway']
  if (answer === '') return [requiredSetting(at, answer, answers.join(' or '), 'can not be empty')]
  return answers.includes(answer) ? [] : [unsupportedValue(at, answer, answers)]
}

/** kube-scheduler accepts any text here, and reads an unknown one as Ignore. */
const wrongPolicy = (policy: string | undefined, at: SettingPath): readonly Wrong[] =>
  policy === undefined || policy === 'Honor' || policy === 'Ignore'
    ? []
    : [wrong(at, JSON.stringify(policy), 'Honor or Ignore')]

type Spread = PluginArgs['spread']
export const readSpreadArgs: ArgsReader<Spread> = reader<SpreadWords, Spread>(
  'PodTopologySpreadArgs',
  {
    defaultConstraints: listOrEmpty(DefaultConstraintWords),
    defaultingType: withDefault(text, 'System'),
  },
  wrongSpread,
  ({ defaultConstraints, defaultingType }) => ({
    defaults:
      defaultingType === 'System'
        ? 'System'
        : defaultConstraints.map(({ labelSelector, matchLabelKeys, ...one }) => one),
  }),
)
