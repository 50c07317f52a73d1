/**
 * Validates Jobs as the API server does: completion mode, failure and success policies, and the
 * selector, which the API server generates.
 *
 * Source: Kubernetes API reference, JobSpec.
 */
import { duplicates } from '@stowage/documents'
import { isLabelKey } from '../words/label.js'
import type { Texts, WireFailureRule, WireJobSpec } from '../wire/objects.js'
import {
  cause,
  unless,
  unlessNegative,
  unlessOneOf,
  type Cause,
  type Place,
} from '../validation/cause.js'
import { isDnsLabel, isDomainPath } from '../validation/name.js'
import type { Gates } from '../validation/pod.js'
import { isUsableSelector, matchesLabels, wrongSelector } from '../validation/selector.js'
import { unlessSelected, wrongTemplate } from './template.js'

/** Errors in the spec of a Job with this name and these generated labels. */
export const wrongJob = (
  spec: WireJobSpec,
  name: string,
  generated: Texts,
  gates: Gates,
): readonly Cause[] => {
  const { selector, template = {}, completions = 0, completionMode } = spec
  const at: Place = ['spec']
  const last = `${name}-${completions - 1}`
  return [
    ...wrongJobSpec(spec, at, gates),
    ...wrongSelector(selector, [...at, 'selector']),
    ...unless(
      spec.manualSelector === true ||
        selector === undefined ||
        !isUsableSelector(selector) ||
        matchesLabels(selector, generated),
      [...at, 'selector'],
      selector,
      'no selector, as the API server generates one',
    ),
    ...(selector === undefined ? [] : unlessSelected(selector, template, [...at, 'template'])),
    ...unless(
      completionMode !== 'Indexed' || completions <= 0 || isDnsLabel(last),
      ['metadata', 'name'],
      name,
      `a name with which ${last}, the host name of its last pod, is a DNS label`,
    ),
  ]
}

const indexedMax = 100_000

/** Errors in the spec of a Job or of a CronJob's template. */
export const wrongJobSpec = (spec: WireJobSpec, at: Place, gates: Gates): readonly Cause[] => {
  const { template = {}, managedBy } = spec
  return [
    ...(
      [
        'parallelism',
        'completions',
        'activeDeadlineSeconds',
        'backoffLimit',
        'ttlSecondsAfterFinished',
        'backoffLimitPerIndex',
        'maxFailedIndexes',
      ] as const
    ).flatMap((field) => unlessNegative(spec[field], [...at, field])),
    ...unless(
      spec.maxFailedIndexes === undefined || spec.backoffLimitPerIndex !== undefined,
      [...at, 'backoffLimitPerIndex'],
      undefined,
      'a number, as there is maxFailedIndexes',
    ),
    ...unless(
      managedBy === undefined || isDomainPath(managedBy),
      [...at, 'managedBy'],
      managedBy,
      'a domain, a slash and a path',
    ),
    ...unlessOneOf(['NonIndexed', 'Indexed'], spec.completionMode, [...at, 'completionMode']),
    ...(spec.completionMode === 'Indexed' ? wrongIndexed(spec, at) : wrongNonIndexed(spec, at)),
    ...wrongFailurePolicy(spec, [...at, 'podFailurePolicy']),
    ...wrongSuccessPolicy(spec, [...at, 'successPolicy']),
    ...unlessOneOf(
      spec.podFailurePolicy === undefined ? ['Failed', 'TerminatingOrFailed'] : ['Failed'],
      spec.podReplacementPolicy,
      [...at, 'podReplacementPolicy'],
    ),
    ...wrongTemplate(template, [...at, 'template'], gates),
    ...wrongJobRestart(spec, [...at, 'template', 'spec', 'restartPolicy']),
  ]
}

/** The default, Always, is no restart policy of a Job, so one must be there. */
const wrongJobRestart = (
  { template, podFailurePolicy }: WireJobSpec,
  at: Place,
): readonly Cause[] => {
  const { restartPolicy = '' } = template?.spec ?? {}
  if (restartPolicy === '' || restartPolicy === 'Always')
    return [cause(at, template?.spec?.restartPolicy, 'OnFailure or Never', at)]
  return unlessOneOf(
    podFailurePolicy === undefined ? ['OnFailure', 'Never'] : ['Never'],
    restartPolicy,
    at,
  )
}

const wrongIndexed = (spec: WireJobSpec, at: Place): readonly Cause[] => {
  const { completions, parallelism = 0, maxFailedIndexes = 0 } = spec
  const isLarge = (completions ?? 0) > indexedMax && spec.backoffLimitPerIndex !== undefined
  return [
    ...unless(completions !== undefined, [...at, 'completions'], undefined, 'a number for Indexed'),
    ...unless(
      parallelism <= indexedMax && (!isLarge || parallelism <= 10_000),
      [...at, 'parallelism'],
      parallelism,
      `at most ${isLarge ? 10_000 : indexedMax} for Indexed`,
    ),
    ...unless(
      completions === undefined || maxFailedIndexes <= completions,
      [...at, 'maxFailedIndexes'],
      maxFailedIndexes,
      `at most completions, ${completions ?? 0}`,
    ),
    ...unless(
      maxFailedIndexes <= (isLarge ? 10_000 : indexedMax) &&
        (!isLarge || spec.maxFailedIndexes !== undefined),
      [...at, 'maxFailedIndexes'],
      spec.maxFailedIndexes,
      `at most ${isLarge ? 10_000 : indexedMax}`,
    ),
  ]
}

const wrongNonIndexed = (spec: WireJobSpec, at: Place): readonly Cause[] =>
  spec.completionMode !== undefined && spec.completionMode !== 'NonIndexed'
    ? []
    : (['backoffLimitPerIndex', 'maxFailedIndexes', 'successPolicy'] as const).flatMap((field) =>
        unless(
          spec[field] === undefined,
          [...at, field],
          spec[field],
          'nothing, as only an Indexed Job has indexes',
        ),
      )

const wrongFailurePolicy = (spec: WireJobSpec, at: Place): readonly Cause[] => {
  const { rules = [] } = spec.podFailurePolicy ?? {}
  return [
    ...unless(rules.length <= 20, [...at, 'rules'], rules, 'at most 20 rules'),
    ...rules.flatMap((rule, i) => wrongFailureRule(rule, spec, [...at, 'rules', i])),
  ]
}

const actions = ['Count', 'FailIndex', 'FailJob', 'Ignore']

const wrongFailureRule = (
  rule: WireFailureRule,
  spec: WireJobSpec,
  at: Place,
): readonly Cause[] => {
  const { action = '', onExitCodes, onPodConditions = [] } = rule
  const isOne = (onExitCodes === undefined) !== (onPodConditions.length === 0)
  return [
    ...unlessOneOf(actions, action, [...at, 'action']),
    ...unless(
      action !== 'FailIndex' || spec.backoffLimitPerIndex !== undefined,
      [...at, 'action'],
      action,
      'another action, as there is no backoffLimitPerIndex',
    ),
    ...(onExitCodes === undefined ? [] : wrongExitCodes(onExitCodes, spec, [...at, 'onExitCodes'])),
    ...onPodConditions.flatMap(({ type = '', status = '' }, i) => {
      const where = [...at, 'onPodConditions', i]
      return [
        ...unless(isLabelKey(type), [...where, 'type'], type, 'a qualified name'),
        ...unlessOneOf(['True', 'False', 'Unknown'], status, [...where, 'status']),
      ]
    }),
    ...unless(isOne, at, rule, 'one of onExitCodes and onPodConditions'),
  ]
}

const wrongExitCodes = (
  { containerName, operator = '', values = [] }: NonNullable<WireFailureRule['onExitCodes']>,
  { template }: WireJobSpec,
  at: Place,
): readonly Cause[] => {
  const { containers = [], initContainers = [] } = template?.spec ?? {}
  const names = [...containers, ...initContainers].map(({ name }) => name)
  const isSorted = values.every((value, i) => i === 0 || values[i - 1]! <= value)
  const repeats = new Set(duplicates(values, String).map(({ index }) => index))
  return [
    ...unlessOneOf(['In', 'NotIn'], operator, [...at, 'operator']),
    ...unless(
      containerName === undefined || names.includes(containerName),
      [...at, 'containerName'],
      containerName,
      'the name of a container of the template',
    ),
    ...unless(
      values.length > 0 && values.length <= 255 && isSorted,
      [...at, 'values'],
      values,
      '1 to 255 exit codes in ascending order',
    ),
    ...values.flatMap((value, i) => [
      ...unless(operator !== 'In' || value !== 0, [...at, 'values', i], value, 'no 0 for In'),
      ...unless(
        !repeats.has(i),
        [...at, 'values', i],
        value,
        'an exit code that is not there before',
      ),
    ]),
  ]
}

const wrongSuccessPolicy = (
  { completionMode, completions = 0, successPolicy }: WireJobSpec,
  at: Place,
): readonly Cause[] => {
  if (completionMode !== 'Indexed' || successPolicy === undefined) return []
  const { rules = [] } = successPolicy
  return [
    ...unless(rules.length > 0 && rules.length <= 20, [...at, 'rules'], rules, '1 to 20 rules'),
    ...rules.flatMap(({ succeededIndexes, succeededCount }, i) => {
      const where = [...at, 'rules', i]
      const indexes =
        succeededIndexes === undefined ? undefined : indexesIn(succeededIndexes, completions)
      const most = Math.min(completions, indexes ?? completions)
      return [
        ...unless(
          succeededIndexes !== undefined || succeededCount !== undefined,
          where,
          undefined,
          'succeededIndexes or succeededCount',
        ),
        ...unless(
          succeededIndexes === undefined || indexes !== undefined,
          [...where, 'succeededIndexes'],
          succeededIndexes,
          `ascending indexes below ${completions}, such as 0,2-4`,
        ),
        ...unlessNegative(succeededCount, [...where, 'succeededCount']),
        ...unless(
          (succeededCount ?? 0) <=
            (succeededIndexes !== undefined && indexes === undefined ? 0 : most),
          [...where, 'succeededCount'],
          succeededCount,
          `at most ${most}`,
        ),
      ]
    }),
  ]
}

/**
 * How many indexes the text of a success policy names, as in `0,2-4`; `undefined` when it is not a
 * list of ascending ones.
 */
const indexesIn = (text: string, completions: number): number | undefined => {
  if (text === '') return 0
  let last = -1
  let count = 0
  for (const part of text.split(',')) {
    const [, first = '', end] = /^(\d+)(?:-(\d+))?$/.exec(part) ?? []
    const [low, high] = [Number(first), Number(end ?? first)]
    const isAscending = first !== '' && low > last && (end === undefined || high > low)
    if (!isAscending || high >= completions) return undefined
    last = high
    count += high - low + 1
  }
  return count
}
