/** Tests how paths and values are written in errors. */
import { expect, it } from 'vitest'
import { pathOf, renderValue } from './malformed.js'

it.each([
  [['spec', 'containers', 0, 'name'], 'spec.containers[0].name'],
  [['labels', 'example.com/zone'], 'labels["example.com/zone"]'],
  [['labels', '__proto__'], 'labels.__proto__'],
  [[2, 'cpu'], '[2].cpu'],
  [[], ''],
])('writes %j', (at, path) => {
  expect(pathOf(at)).toBe(path)
})

it.each([
  [undefined, 'nothing'],
  [null, 'null'],
  [[], 'an empty list'],
  [[1, 2], 'a list of 2'],
  [{ a: { b: 1 } }, 'an object'],
  ['text', '"text"'],
  [NaN, 'NaN'],
])('shows %j', (value, text) => {
  expect(renderValue(value)).toBe(text)
})

it('shows at most sixty characters', () => {
  expect(renderValue('x'.repeat(100))).toHaveLength(60)
})
