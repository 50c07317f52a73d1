/**
 * Tests the errors about values without quotes that YAML 1.1 reads in an unexpected way, such as
 * `y` as true.
 */
import { describe, expect, it } from 'vitest'
import { documentsOf } from './documents.js'
import { withUnquoted } from './unquoted.js'

const fault = (from: string, at: readonly (string | number)[], found: string) => ({
  ...{ from, at, found, expected: 'a text' },
})
const texts = [
  {
    file: 'a.yaml',
    text: 'kind: Pod\napiVersion: v1\nmetadata: {name: y}\n---\n{kind: Pod, apiVersion: v1, spec: [010, "y", true]}',
  },
  { file: 'b.yaml', text: 'name: y' },
  { file: 'c.json', text: '{"apiVersion": "v1", "kind": "Pod", "spec": true}' },
]
const wording = (from: string, at: readonly (string | number)[], found: string) => {
  const [one] = withUnquoted([fault(from, at, found)], texts)
  return [one?.found, one?.expected]
}

describe('a fault about a value', () => {
  it('says what was written without quotes', () => {
    expect(wording('a.yaml, document 1', ['metadata', 'name'], 'true')).toEqual([
      'true, as YAML 1.1 reads y without quotes',
      'a text; if the text is meant, write "y"',
    ])
    expect(wording('a.yaml, document 2', ['spec', 0], '8')[0]).toBe(
      '8, as YAML 1.1 reads 010 without quotes',
    )
  })
  it.each<[string, string, readonly (string | number)[], string]>([
    ['that was written so', 'a.yaml, document 2', ['spec', 2], 'true'],
    ['that is a text', 'a.yaml, document 1', ['metadata', 'name'], '"y"'],
    ['that is in quotes', 'a.yaml, document 2', ['spec', 1], 'true'],
    ['that is not there', 'a.yaml, document 1', ['spec', 'x'], 'true'],
    ['of no manifest, which YAML 1.2 reads', 'b.yaml', ['name'], 'true'],
    ['of JSON', 'c.json', ['spec'], 'true'],
    ['of no file', '--nodes', [], '7'],
  ])('is left as it is: one %s', (_, from, at, found) => {
    expect(wording(from, at, found)).toEqual([found, 'a text'])
  })
})

it('says that the anchor of an alias has to be in its document', () => {
  const text = 'a: &x 1\n---\nb: *x'
  expect(documentsOf([{ file: 'a.yaml', text }])).toMatchObject({
    left: [
      {
        from: 'a.yaml, line 3',
        found: 'the alias *x of no anchor before it',
        expected:
          'YAML, in which an alias has its anchor in the same document: repeat it after each ---',
      },
    ],
  })
})
