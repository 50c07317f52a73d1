/**
 * Validates PriorityClasses, RuntimeClasses and StorageClasses as the API server does.
 *
 * Source: Kubernetes API reference of each kind.
 */
import { isLabelKey, isLabelValue } from '../words/label.js'
import { builtInPriorities } from '../words/preemption.js'
import type { WirePriorityClass, WireRuntimeClass, WireStorageClass } from '../wire/objects.js'
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
]

/** Errors in a StorageClass. */
export const wrongStorageClass = ({
  provisioner = '',
  reclaimPolicy,
  volumeBindingMode,
  allowedTopologies = [],
}: WireStorageClass): readonly Cause[] => [
  ...(provisioner === ''
    ? unlessMissing(provisioner, ['provisioner'])
    : unless(isLabelKey(provisioner.toLowerCase()), ['provisioner'], provisioner, 'a name')),
  ...unlessOneOf(['Delete', 'Retain'], reclaimPolicy, ['reclaimPolicy']),
  ...unlessOneOf(['Immediate', 'WaitForFirstConsumer'], volumeBindingMode, ['volumeBindingMode']),
  ...allowedTopologies.flatMap(({ matchLabelExpressions = [] }, i) =>
    matchLabelExpressions.flatMap(({ key = '', values = [] }, j) => {
      const at = ['allowedTopologies', i, 'matchLabelExpressions', j]
      return [
        ...unless(isLabelKey(key), [...at, 'key'], key, "a label's key"),
        ...(values.length === 0 ? [cause([...at, 'values'], values, 'at least one value')] : []),
        ...values.flatMap((value, k) =>
          unless(isLabelValue(value), [...at, 'values', k], value, "a label's value"),
        ),
      ]
    }),
  ),
]
