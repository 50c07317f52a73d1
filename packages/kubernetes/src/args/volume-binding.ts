/**
 * Reads the args of the scheduler plugin VolumeBinding: (1) the timeout of binding; (2) the curve
 * that turns the utilization of volumes into a score.
 */
import { withDefault } from '@stowage/documents'
import type { VolumeBindingArgs } from '../plugin/profile.js'
import { int64 } from '../words/whole-number.js'
import { invalid, type Wrong } from '../setting/wrong.js'
import { reader, type ArgsReader } from './reader.js'
import { curveOf, ShapeWords, wrongShape } from './shape.js'

interface VolumeBindingWords {
  readonly bindTimeoutSeconds: number
  readonly shape: ShapeWords
}
const defaultShape: ShapeWords = [
  { utilization: 0, score: 10 },
  { utilization: 100, score: 0 },
]
const shapeOf = ({ shape }: VolumeBindingWords): ShapeWords =>
  shape.length === 0 ? defaultShape : shape

const wrongVolumeBinding = (words: VolumeBindingWords): readonly Wrong[] => {
  const negative = invalid(
    ['bindTimeoutSeconds'],
    words.bindTimeoutSeconds,
    'a number of seconds, 0 or more',
    'invalid BindTimeoutSeconds, should not be a negative value',
  )
  return [
    ...(words.bindTimeoutSeconds < 0 ? [negative] : []),
    ...wrongShape(shapeOf(words), ['shape']),
  ]
}

export const readVolumeBindingArgs: ArgsReader<VolumeBindingArgs> = reader<
  VolumeBindingWords,
  VolumeBindingArgs
>(
  'VolumeBindingArgs',
  { bindTimeoutSeconds: withDefault(int64, 600), shape: ShapeWords },
  wrongVolumeBinding,
  (words) => ({
    bindTimeoutSeconds: words.bindTimeoutSeconds,
    shape: curveOf(shapeOf(words)),
  }),
)
