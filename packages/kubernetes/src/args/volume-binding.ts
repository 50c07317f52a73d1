/** VolumeBinding: how long binding may take, and how full volumes should be. */
import type { VolumeBindingArgs } from '../plugin/profile.js'
import { int64, or } from '../setting/closed.js'
import { invalid, type Wrong } from '../setting/wrong.js'
import { reader, type ArgsReader } from './reader.js'
import { curveOf, Shape, wrongShape } from './shape.js'

interface Words {
  readonly bindTimeoutSeconds: number
  readonly shape: Shape
}
const standard: Shape = [
  { utilization: 0, score: 10 },
  { utilization: 100, score: 0 },
]
const shapeOf = ({ shape }: Words): Shape => (shape.length === 0 ? standard : shape)

const wrongIn = (words: Words): readonly Wrong[] => {
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
  Words,
  VolumeBindingArgs
>('VolumeBindingArgs', { bindTimeoutSeconds: or(int64, 600), shape: Shape }, wrongIn, (words) => ({
  bindTimeoutSeconds: words.bindTimeoutSeconds,
  shape: curveOf(shapeOf(words)),
}))
