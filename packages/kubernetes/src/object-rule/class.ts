/**
 * Validates PriorityClasses, RuntimeClasses and StorageClasses as the API server does.
 *
 * Source: Kubernetes API reference of each kind.
 */
import { byCodeUnit } from '@stowage/kernel'
import { duplicates } from '@stowage/documents'
import { isLabelKey } from '../words/label.js'
import { builtInPriorities } from '../words/preemption.js'
import type {
  Texts,
  WirePriorityClass,
  WireRuntimeClass,
  WireStorageClass,
  WireToleration,
} from '../wire/objects.js'
import { cause, unless, unlessMissing, unlessOneOf, type Cause } from '../validation/cause.js'
import { unlessDnsLabel, wrongLabels } from '../validation/name.js'
import { wrongAmounts } from '../validation/resources.js'
import { wrongTolerations } from '../validation/toleration.js'

const userPriorityMax = 1_000_000_000

/** Errors in a PriorityClass. Names that start with `system-` belong to Kubernetes. */
export const wrongPriorityClass = ({
  metadata,
  value = 0,
  preemptionPolicy,
}: WirePriorityClass): readonly Cause[] => {
  const name = metadata?.name ?? ''
  const isSystem = name.startsWith('system-')
  return [
    ...(isSystem
      ? unless(
          builtInPriorities.get(name) === value,
          ['metadata', 'name'],
          name,
          'a name without the prefix system-, which is reserved',
        )
      : unless(value <= userPriorityMax, ['value'], value, `at most ${userPriorityMax}`)),
    ...unlessOneOf(['PreemptLowerPriority', 'Never'], preemptionPolicy, ['preemptionPolicy']),
  ]
}

/** Errors in a RuntimeClass. */
export const wrongRuntimeClass = ({
  handler = '',
  overhead,
  scheduling,
}: WireRuntimeClass): readonly Cause[] => [
  ...(handler === '' ? unlessMissing(handler, ['handler']) : unlessDnsLabel(handler, ['handler'])),
  ...wrongAmounts(overhead?.podFixed ?? {}, ['overhead', 'podFixed']).map((one) => ({
    ...one,
    field: one.field.replace('overhead.podFixed', 'overhead.limits'),
  })),
  ...wrongLabels(scheduling?.nodeSelector, ['scheduling', 'nodeSelector']),
  ...wrongTolerations(scheduling?.tolerations, ['scheduling', 'tolerations'], false),
  ...duplicates(scheduling?.tolerations ?? [], (one) => JSON.stringify(tolerationParts(one))).map(
    ({ index, item }) =>
      cause(['scheduling', 'tolerations', index], item, 'a toleration that is not there before'),
  ),
]

const tolerationParts = ({
  key = '',
  operator = 'Equal',
  value = '',
  effect = '',
  tolerationSeconds,
}: WireToleration): readonly unknown[] => [key, operator, value, effect, tolerationSeconds]

/** Errors in a StorageClass. */
export const wrongStorageClass = ({
  provisioner = '',
  parameters = {},
  reclaimPolicy,
  volumeBindingMode,
  allowedTopologies = [],
}: WireStorageClass): readonly Cause[] => [
  ...(provisioner === ''
    ? unlessMissing(provisioner, ['provisioner'])
    : unless(isLabelKey(provisioner.toLowerCase()), ['provisioner'], provisioner, 'a name')),
  ...wrongParameters(parameters),
  ...unlessOneOf(['Delete', 'Retain', ''], reclaimPolicy, ['reclaimPolicy']),
  ...unlessOneOf(['Immediate', 'WaitForFirstConsumer'], volumeBindingMode, ['volumeBindingMode']),
  ...allowedTopologies.flatMap(wrongTopologyTerm),
  ...duplicates(allowedTopologies, topologyText).map(({ index, item }) =>
    cause(
      ['allowedTopologies', index, 'matchLabelExpressions'],
      item.matchLabelExpressions,
      'a term that is not there before',
    ),
  ),
]

const parametersMax = 512
const parameterBytesMax = 256 * 1024

/** The API server names all errors of parameters by the same field. */
const wrongParameters = (parameters: Texts): readonly Cause[] => {
  const entries = Object.entries(parameters)
  const size = entries.reduce((sum, [name, value]) => sum + name.length + value.length, 0)
  const at = ['parameters']
  return [
    ...unless(entries.length <= parametersMax, at, entries.length, `at most ${parametersMax}`),
    ...unless(!Object.hasOwn(parameters, ''), at, '', 'names that are not empty'),
    ...unless(size <= parameterBytesMax, at, size, `at most ${parameterBytesMax} bytes`),
  ]
}

type WireTopologyTerm = NonNullable<WireStorageClass['allowedTopologies']>[number]

const wrongTopologyTerm = (
  { matchLabelExpressions = [] }: WireTopologyTerm,
  i: number,
): readonly Cause[] => {
  const inTerm = ['allowedTopologies', i, 'matchLabelExpressions']
  return [
    ...unless(matchLabelExpressions.length > 0, inTerm, undefined, 'at least one expression'),
    ...duplicates(matchLabelExpressions, ({ key = '' }) => key).map(({ index, item }) =>
      cause([...inTerm, index, 'key'], item.key, 'a key that no other expression has'),
    ),
    ...matchLabelExpressions.flatMap(({ key = '', values = [] }, j) => {
      const at = [...inTerm, j]
      return [
        ...unless(isLabelKey(key), [...at, 'key'], key, "a label's key"),
        ...unless(values.length > 0, [...at, 'values'], values, 'at least one value'),
        // Any text is let: no node has a label with a wrong value.
        ...duplicates(values, (value) => value).map(({ index, item }) =>
          cause([...at, 'values', index], item, 'a value that is not there before'),
        ),
      ]
    }),
  ]
}

/** Equal for terms with the same keys and the same values of each. */
const topologyText = ({ matchLabelExpressions = [] }: WireTopologyTerm): string =>
  JSON.stringify(
    matchLabelExpressions
      .map(({ key, values = [] }) => [key, [...values].sort()] as const)
      .sort(([one = ''], [other = '']) => byCodeUnit(one, other)),
  )
