/**
 * Validates a capacity of a device as the API server does. If several requests may share the
 * device, the capacity may have a policy: which amounts a request may take, as a list or as a range
 * with a step.
 *
 * Source: Kubernetes API reference, DeviceCapacity and CapacityRequestPolicy.
 */
import { wholeOf, type Quantity } from '../words/quantity.js'
import type { WireDeviceCapacity } from '../wire/objects.js'
import { cause, unless, type Cause, type Place } from '../validation/cause.js'
import { quantityOf } from '../validation/resources.js'
import { unlessLonger } from './device.js'

type RequestPolicy = NonNullable<WireDeviceCapacity['requestPolicy']>

/** The most values among which a request may choose. */
const choicesMax = 10

/** Errors in a capacity; only a device that several requests share may have a policy. */
export const wrongDeviceCapacity = (
  { value = '0', requestPolicy: policy }: WireDeviceCapacity,
  isShared: boolean,
  at: Place,
): readonly Cause[] => {
  const inPolicy = [...at, 'requestPolicy']
  if (policy === undefined) return []
  if (!isShared)
    return [cause(inPolicy, policy, 'no policy, unless allowMultipleAllocations is true')]
  const { validValues = [], validRange } = policy
  if (validValues.length > 0 && validRange !== undefined)
    return [cause(inPolicy, policy, 'either validValues or validRange')]
  if (validValues.length === 0 && validRange === undefined) return []
  if (policy.default === undefined)
    return [cause([...inPolicy, 'default'], undefined, 'an amount that a request has by default')]
  const capacity = quantityOf(value)
  return validRange === undefined
    ? wrongChoices(validValues, quantityOf(policy.default), capacity, [...inPolicy, 'validValues'])
    : wrongRange(validRange, policy.default, capacity, [...inPolicy, 'validRange'])
}

const wrongChoices = (
  texts: readonly string[],
  standard: Quantity,
  capacity: Quantity,
  at: Place,
): readonly Cause[] => {
  const values = texts.map(quantityOf)
  // Told apart by whole numbers, rounded up.
  const wholes = values.map(wholeOf)
  const order = texts.flatMap((text, i) =>
    unless(
      i === 0 || values[i - 1]! <= values[i]!,
      [...at, i],
      text,
      'no less than the one before',
    ),
  )
  const items =
    texts.length > choicesMax
      ? unlessLonger(texts, choicesMax, at)
      : texts.flatMap((text, i) => [
          ...unless(values[i]! <= capacity, [...at, i], text, 'at most the capacity'),
          ...unless(wholes.indexOf(wholes[i]!) === i, [...at, i], text, 'each value once'),
        ])
  return [...order, ...items, ...unless(values.includes(standard), at, texts, 'the default too')]
}

const wrongRange = (
  { min, max, step }: NonNullable<RequestPolicy['validRange']>,
  standardText: string,
  capacity: Quantity,
  at: Place,
): readonly Cause[] => {
  if (min === undefined) return [cause([...at, 'min'], undefined, 'the least amount of a request')]
  const [least, most] = [quantityOf(min), max === undefined ? undefined : quantityOf(max)]
  const standard = quantityOf(standardText)
  return [
    ...unless(least <= capacity, [...at, 'min'], min, 'at most the capacity'),
    ...unless(standard >= least, [...at, 'default'], standardText, `at least min, ${min}`),
    ...(most === undefined
      ? []
      : [
          ...unless(least <= most, [...at, 'max'], max, `at least min, ${min}`),
          ...unless(most <= capacity, [...at, 'max'], max, 'at most the capacity'),
          ...unless(standard <= most, [...at, 'default'], standardText, `at most max, ${max!}`),
        ]),
    ...(step === undefined
      ? []
      : wrongStep(quantityOf(step), { least, most, standard, capacity }, step, [...at, 'step'])),
  ]
}

interface RangeAmounts {
  readonly least: Quantity
  readonly most: Quantity | undefined
  readonly standard: Quantity
  readonly capacity: Quantity
}

/** The default and the largest amount are whole steps above the least. */
const wrongStep = (
  step: Quantity,
  { least, most, standard, capacity }: RangeAmounts,
  text: string,
  at: Place,
): readonly Cause[] => {
  if (step <= 0n) return [cause(at, text, 'more than 0')]
  const isReached = (amount: Quantity | undefined): boolean =>
    amount === undefined || (amount - least) % step === 0n
  return [
    ...unless(least + step <= capacity, at, text, 'one step above min within the capacity'),
    ...unless(isReached(standard), at, text, 'a default that is whole steps above min'),
    ...unless(isReached(most), at, text, 'a max that is whole steps above min'),
  ]
}
