/** Tests that constructed objects cannot be told from those of a literal. */
import { expect, it } from 'vitest'
import { plainConstructor } from './plain-object.js'

interface Point {
  readonly x: number
  readonly y: string | undefined
}
const PointOf = plainConstructor<[number, string | undefined], Point>(function (x, y) {
  this.x = x
  this.y = y
})

it('makes objects like those of a literal', () => {
  const [made, literal] = [new PointOf(1, undefined), { x: 1, y: undefined }]
  expect(made).toStrictEqual(literal)
  expect(Object.getPrototypeOf(made)).toBe(Object.prototype)
  expect([JSON.stringify(made), Object.keys(made)]).toEqual(['{"x":1}', ['x', 'y']])
  expect(structuredClone(made)).toStrictEqual(literal)
})
it('leaves the prototype of all objects as it is', () => {
  expect(Object.keys(Object.prototype)).toEqual([])
  expect({}.constructor).toBe(Object)
})
