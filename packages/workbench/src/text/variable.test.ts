/**
 * Tests that unexpanded variables in a manifest, such as `${NAME}`, are reported as one error per
 * file.
 */
import { expect, it } from 'vitest'
import { withVariables } from './variable.js'

const manifest = (from: string) => ({ from, value: { apiVersion: 'v1', kind: 'Pod' } })
const documents = [
  ...[manifest('a.yaml, document 1'), manifest('a.yaml, document 2'), manifest('b.yaml')],
  { from: 'stack.yaml', value: { Resources: {} } },
]
const fault = (from: string, found: string) => ({ from, at: ['x'], found, expected: 'a name' })

it('are one fault per file, at the place of the first', () => {
  const other = fault('a.yaml, document 1', '7')
  expect(
    withVariables(
      [
        fault('a.yaml, document 1', '"${NAME}"'),
        other,
        fault('a.yaml, document 2', '"web-${TAG:-latest}"'),
        fault('b.yaml', '"${B}"'),
      ],
      documents,
    ),
  ).toEqual([
    {
      ...{ from: 'a.yaml, document 1', at: ['x'], found: 'the variable ${NAME}' },
      expected: 'objects: fill their variables in first, as in envsubst < FILE | stowage plan -',
    },
    other,
    expect.objectContaining({ from: 'b.yaml', found: 'the variable ${B}' }),
  ])
})
it.each([
  ['of another template', 'stack.yaml', '"${AWS::Region}"'],
  ['of a template with parameters', 'stack.yaml', '"${Name}"'],
  ['that no program fills in', 'b.yaml', '"${}"'],
  ['of no document', '--nodes', '"${NAME}"'],
])('a text %s is left as it is', (_, from, found) => {
  expect(withVariables([fault(from, found)], documents)).toEqual([fault(from, found)])
})
