/**
 * Validates tolerations as the API server does. In the scheduler itself an unknown operator or
 * effect would match no taint, which would hide a mistake in a manifest.
 *
 * Source: Kubernetes API reference, Toleration.
 */
import { isLabelKey, isLabelValue } from '../words/label.js'
import type { WireToleration } from '../wire/objects.js'
import { cause, unless, unlessOneOf, type Cause, type Place } from './cause.js'

const operators = ['Exists', 'Equal', 'Lt', 'Gt']
const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

/**
 * Errors in tolerations. `comparison` is the feature gate TaintTolerationComparisonOperators, which
 * lets `Lt` and `Gt` through.
 */
export const wrongTolerations = (
  tolerations: readonly WireToleration[] | undefined,
  at: Place,
  comparison: boolean,
): readonly Cause[] =>
  (tolerations ?? []).flatMap((one, i) => wrongToleration(one, [...at, i], comparison))

/** An empty operator means Equal, an empty key any key, and an empty effect all effects. */
const wrongToleration = (
  { key = '', operator = '', effect = '', value = '', tolerationSeconds }: WireToleration,
  at: Place,
  comparison: boolean,
): readonly Cause[] => [
  ...unless(key === '' || isLabelKey(key), [...at, 'key'], key, "a label's key"),
  ...unless(
    key !== '' || operator === 'Exists',
    [...at, 'operator'],
    presentText(operator),
    'Exists, as there is no key',
  ),
  ...wrongValue(operator, value, at, comparison),
  ...unlessOneOf(effects, presentText(effect), [...at, 'effect']),
  ...unless(
    tolerationSeconds === undefined || effect === 'NoExecute',
    [...at, 'effect'],
    presentText(effect),
    'NoExecute, as there are tolerationSeconds',
  ),
]

const presentText = (text: string): string | undefined => (text === '' ? undefined : text)

const wrongValue = (
  operator: string,
  value: string,
  at: Place,
  comparison: boolean,
): readonly Cause[] => {
  const [where, field] = [
    [...at, 'value'],
    [...at, 'operator'],
  ]
  switch (operator) {
    case '':
    case 'Equal':
      return unless(isLabelValue(value), where, value, "a label's value", field)
    case 'Exists':
      return unless(value === '', where, value, 'no value for Exists', field)
    case 'Lt':
    case 'Gt':
      return comparison
        ? unless(isCanonicalInt64(value), where, value, 'a whole number of 64 bits')
        : [cause(field, operator, 'Exists or Equal, as comparison of taints is off')]
    default:
      return [cause(field, operator, `one of ${operators.join(', ')}`)]
  }
}

/** A 64-bit integer as Go prints it: without a plus sign or leading zeros. */
const isCanonicalInt64 = (text: string): boolean =>
  /^(?:0|-?[1-9]\d*)$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text)
