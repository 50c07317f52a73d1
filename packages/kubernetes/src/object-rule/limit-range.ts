/**
 * Validates LimitRanges as the API server does: the names of resources, and whether defaults lie
 * between the bounds.
 *
 * Source: Kubernetes API reference, LimitRangeItem.
 */
import { duplicates } from '@stowage/documents'
import { isLabelKey } from '../words/label.js'
import { milliOf } from '../words/quantity.js'
import type { WireAmounts, WireLimit, WireLimitRangeSpec } from '../wire/objects.js'
import { cause, unless, type Cause, type Place } from '../validation/cause.js'
import { mayOvercommit, quantityOf, wrongContainerResource } from '../validation/resources.js'

/** Errors in the spec of a LimitRange. */
export const wrongLimitRange = ({ limits = [] }: WireLimitRangeSpec): readonly Cause[] => {
  const at = ['spec', 'limits']
  return [
    ...limits.flatMap((limit, i) => wrongLimit(limit, [...at, i])),
    ...duplicates(limits, ({ type = '' }) => type).map(({ item, index }) =>
      cause([...at, index, 'type'], item.type, 'a type that is not there before'),
    ),
  ]
}

const boundLists = ['max', 'min', 'default', 'defaultRequest', 'maxLimitRequestRatio'] as const
type BoundList = (typeof boundLists)[number]

const wrongLimit = (limit: WireLimit, at: Place): readonly Cause[] => {
  const { type = '' } = limit
  const isPod = type === 'Pod'
  const isClaim = type === 'PersistentVolumeClaim'
  const counted = boundLists.filter((list) => !isPod || !list.startsWith('default'))
  const names = [...new Set(counted.flatMap((list) => Object.keys(limit[list] ?? {})))]
  return [
    ...unless(
      isPod || isClaim || type === 'Container' || (type.includes('/') && isLabelKey(type)),
      [...at, 'type'],
      type,
      'one of Container, Pod, PersistentVolumeClaim',
    ),
    ...(isPod
      ? (['default', 'defaultRequest'] as const).flatMap((list) =>
          unless(
            Object.keys(limit[list] ?? {}).length === 0,
            [...at, list],
            limit[list],
            'nothing, as the type is Pod',
          ),
        )
      : []),
    ...unless(
      !isClaim || limit.min?.['storage'] !== undefined || limit.max?.['storage'] !== undefined,
      [...at, 'limits'],
      undefined,
      'a minimum or a maximum of storage',
    ),
    ...(isPod || type === 'Container'
      ? counted.flatMap((list) =>
          Object.keys(limit[list] ?? {}).flatMap((name) =>
            wrongContainerResource(name, [...at, list, { key: name }]),
          ),
        )
      : []),
    ...names.flatMap((name) => wrongBounds(limit, name, at, counted)),
  ]
}

/** Pairs of which the first is at most the second, and the list that the API server names. */
const orderedPairs: readonly (readonly [less: BoundList, more: BoundList, named: BoundList])[] = [
  ['min', 'max', 'min'],
  ['min', 'defaultRequest', 'defaultRequest'],
  ['defaultRequest', 'max', 'defaultRequest'],
  ['defaultRequest', 'default', 'defaultRequest'],
  ['min', 'default', 'default'],
  ['default', 'max', 'default'],
]

const wrongBounds = (
  limit: WireLimit,
  name: string,
  at: Place,
  counted: readonly BoundList[],
): readonly Cause[] => {
  const textOf = (list: BoundList): string | undefined =>
    counted.includes(list) ? boundOf(limit[list], name) : undefined
  const place = (list: BoundList): Place => [...at, list, { key: name }]
  const [byDefault, request] = [textOf('default'), textOf('defaultRequest')]
  return [
    ...orderedPairs.flatMap(([less, more, named]) => {
      const [low, high] = [textOf(less), textOf(more)]
      if (low === undefined || high === undefined || quantityOf(low) <= quantityOf(high)) return []
      return [cause(place(named), textOf(named), `${less} ${low} at most ${more} ${high}`)]
    }),
    ...wrongLimitRatio(textOf, place('maxLimitRequestRatio')),
    ...unless(
      mayOvercommit(name) ||
        byDefault === undefined ||
        request === undefined ||
        quantityOf(byDefault) === quantityOf(request),
      place('defaultRequest'),
      request,
      `the default limit, ${byDefault ?? ''}, as ${name} cannot be overcommitted`,
    ),
  ]
}

const wrongLimitRatio = (
  textOf: (list: BoundList) => string | undefined,
  at: Place,
): readonly Cause[] => {
  const [ratio, min, max] = [textOf('maxLimitRequestRatio'), textOf('min'), textOf('max')]
  if (ratio === undefined) return []
  const milli = (text: string): number => milliOf(quantityOf(text))
  const most = min === undefined || max === undefined ? Infinity : milli(max) / milli(min)
  return [
    ...unless(milli(ratio) >= 1000, at, ratio, '1 or more'),
    ...unless(milli(ratio) / 1000 <= most, at, ratio, `at most max / min, ${most}`),
  ]
}

const boundOf = (amounts: WireAmounts | undefined, name: string): string | undefined =>
  amounts !== undefined && Object.hasOwn(amounts, name) ? amounts[name] : undefined
