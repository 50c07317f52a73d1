/**
 * Tests the line number of an input error: the line of the value that the error's path leads to, or
 * of the last part of the path that exists in the text.
 */
import { expect, it } from 'vitest'
import { placeFaults } from './fault-line.js'

const text = 'a: 1\n---\nb:\n  - c: 2\n  - c: 3\n    d: 4\n'
const lineOf = (from: string, ...at: readonly (string | number)[]): number | undefined =>
  placeFaults([{ from, at, found: 'x', expected: 'y' }], [{ file: 'x.yaml', text }])[0]?.line

it('is found by document and path', () => {
  expect(lineOf('x.yaml, document 2', 'b', 1, 'd')).toBe(6)
  expect(lineOf('x.yaml, document 2', 'b', 0, 'missing')).toBe(4)
  expect(lineOf('x.yaml, document 2')).toBe(3)
  expect(lineOf('x.yaml', 'a')).toBe(1)
})
it('is that which the fault names', () => {
  expect(lineOf('x.yaml, line 5')).toBe(5)
})
it('is absent for another file and for a document that is not there', () => {
  expect(lineOf('y.yaml', 'a')).toBeUndefined()
  expect(lineOf('x.yaml, document 9', 'a')).toBeUndefined()
})
it('is found in JSON', () => {
  const json = { file: 'x.json', text: '{\n  "a": [\n    { "b": 1 }\n  ]\n}\n' }
  const fault = { from: 'x.json', at: ['a', 0, 'b'], found: 'x', expected: 'y' }
  expect(placeFaults([fault], [json])).toEqual([{ fault, line: 3 }])
})
it('has what was written where YAML makes something else of it', () => {
  const yes = { file: 'x.yaml', text: 'apiVersion: v1\nkind: Pod\na: yes\n' }
  const fault = { from: 'x.yaml', at: ['a'], found: 'true', expected: 'text' }
  const [placed] = placeFaults([fault], [yes])
  expect(placed?.line).toBe(3)
  expect(placed?.fault.found).toContain('yes')
})
