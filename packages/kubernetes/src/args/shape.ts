/**
 * Reads and checks score curves in the args of a scheduler plugin. A curve is a list of points,
 * such as `{ utilization: 100, score: 10 }`, and turns a utilization in percent into a score from 0
 * to 10.
 */
import { closedRecord, listOrEmpty, withDefault, type Codec } from '@stowage/documents'
import { int32 } from '../words/whole-number.js'
import { invalid, requiredSetting, type SettingPath, type Wrong } from '../setting/wrong.js'

interface ShapePoint {
  readonly utilization: number
  readonly score: number
}
/** The points of a curve, as written. */
export type ShapeWords = readonly ShapePoint[]
const ShapePoint: Codec<ShapePoint> = closedRecord('an object', {
  utilization: withDefault(int32, 0),
  score: withDefault(int32, 0),
})
export const ShapeWords: Codec<ShapeWords> = listOrEmpty(ShapePoint)

/** The points of a curve. */
export type Curve = readonly (readonly [utilization: number, score: number])[]

/** The points as pairs. */
export const curveOf = (shape: ShapeWords): Curve =>
  shape.map(({ utilization, score }) => [utilization, score])

/** A curve needs at least one point, and increasing utilizations. */
export const wrongShape = (shape: ShapeWords, at: SettingPath): readonly Wrong[] => {
  if (shape.length === 0)
    return [
      requiredSetting(at, shape, 'one point at least', 'at least one point must be specified'),
    ]
  const drop = shape.findIndex(
    ({ utilization }, i) => i > 0 && shape[i - 1]!.utilization >= utilization,
  )
  const falling = invalid(
    [...at, drop, 'utilization'],
    shape[drop]?.utilization,
    'more than at the point before',
    'values must be sorted in increasing order',
  )
  return [
    ...(drop < 0 ? [] : [falling]),
    ...shape.flatMap(({ utilization, score }, i) => [
      ...outside([...at, i, 'utilization'], utilization, 100),
      ...outside([...at, i, 'score'], score, 10),
    ]),
  ]
}

/** kube-scheduler's error for a value that is not from 0 to `most`. */
export const outside = (at: SettingPath, value: number, most: number): readonly Wrong[] =>
  value >= 0 && value <= most
    ? []
    : [invalid(at, value, `a number from 0 to ${most}`, `not in valid range [0, ${most}]`)]
