/** Tests the warning of containers without an image, and the sketches for which there is none. */
import * as E from 'fp-ts/lib/Either.js'
import { expect, it } from 'vitest'
import { readKubernetes } from './input.js'

const pod = (name: string, containers: readonly object[], more: object = {}) => ({
  ...{ apiVersion: 'v1', kind: 'Pod' },
  metadata: { name, ...more },
  spec: { containers },
})
const missing = (...values: readonly unknown[]) => {
  const input = readKubernetes(values.map((value, i) => ({ from: `${i}.yaml`, value })))
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  return input.right.warnings
    .filter(({ code }) => code === 'ImageMissing')
    .map(({ subject, detail }) => `${subject}: ${detail}`)
}
const whole = pod('whole', [{ name: 'main', image: 'app:1' }])

it('names the containers without an image, where others have one', () => {
  const half = pod('half', [{ name: 'main', image: 'app:1' }, { name: 'log' }])
  expect(missing(half)).toEqual(['Pod default/half: log'])
  expect(missing(whole, pod('none', [{ name: 'main' }, { name: 'log', image: '' }]))).toEqual([
    'Pod default/none: main, log',
  ])
})
it('says nothing of a sketch, nor of a pod that is stored', () => {
  expect(missing(pod('none', [{ name: 'main' }]))).toEqual([])
  expect(missing(whole)).toEqual([])
  expect(missing(whole, pod('none', [{ name: 'main' }], { uid: 'u' }))).toEqual([])
})
