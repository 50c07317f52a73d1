/**
 * Checks a pod's tolerations for the errors for which the API server refuses the pod. In the
 * scheduler itself an unknown operator or effect would match no taint, which would hide a mistake
 * in a manifest.
 *
 * Source: Kubernetes API reference, Toleration.
 */
import type { Malformed } from '@stowage/kernel'
import { isLabelKey, isLabelValue } from '../words/label.js'
import type { PodSpec } from '../words/pod.js'
import type { Toleration } from '../words/taint.js'
import { unlessOneOf, unless, type At } from './unless.js'

const tolerationOperators = ['Exists', 'Equal', 'Lt', 'Gt']
const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

/** Errors in the tolerations of a pod. */
export const wrongTolerations = ({ tolerations }: PodSpec, at: At): readonly Malformed[] =>
  tolerations.flatMap((one, i) => wrongToleration(one, [...at, 'tolerations', i]))

/** An empty operator means Equal, an empty key any key, and an empty effect all effects. */
const wrongToleration = (toleration: Toleration, at: At): readonly Malformed[] => {
  const { key = '', tolerationSeconds } = toleration
  const [operator, effect] = [nonEmpty(toleration.operator), nonEmpty(toleration.effect)]
  const unknown = unlessOneOf(tolerationOperators, operator, [...at, 'operator'])
  const unknownEffect = unlessOneOf(effects, effect, [...at, 'effect'])
  const always = tolerationSeconds === undefined || tolerationSeconds === null
  return [
    ...unless(key === '' || isLabelKey(key), [...at, 'key'], key, "a label's key"),
    ...(unknown.length > 0 ? unknown : wrongOperator(toleration, at)),
    ...(unknownEffect.length > 0
      ? unknownEffect
      : unless(
          always || effect === 'NoExecute',
          [...at, 'effect'],
          effect,
          'NoExecute, as there are tolerationSeconds',
        )),
  ]
}

const nonEmpty = (word: string | undefined): string | undefined => (word === '' ? undefined : word)

const wrongOperator = (toleration: Toleration, at: At): readonly Malformed[] => {
  const { key = '', operator } = toleration
  return [
    ...unless(
      key !== '' || operator === 'Exists',
      [...at, 'operator'],
      nonEmpty(operator),
      'Exists, as there is no key',
    ),
    ...wrongValue(toleration, [...at, 'value']),
  ]
}

const wrongValue = ({ operator, value = '' }: Toleration, at: At): readonly Malformed[] => {
  switch (operator) {
    case 'Exists':
      return unless(value === '', at, value, 'no value for Exists')
    case 'Lt':
    case 'Gt':
      return unless(isCanonicalInt64(value), at, value, 'a whole number of 64 bits')
    default:
      return unless(isLabelValue(value), at, value, "a label's value")
  }
}

/** A 64-bit integer as Go prints it: without a plus sign or leading zeros. */
const isCanonicalInt64 = (text: string): boolean =>
  /^(?:0|-?[1-9]\d*)$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text)
