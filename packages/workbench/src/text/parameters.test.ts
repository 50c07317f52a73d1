/** Tests the parameters of CloudFormation templates. */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { parametersOf } from './parameters.js'

const file = (name: string, value: unknown) => ({ file: name, text: JSON.stringify(value) })
const valuesOf = (...given: Parameters<typeof parametersOf>) => {
  const found = parametersOf(...given)
  return E.isRight(found) ? Object.fromEntries(found.right.values) : found.left
}

describe('parameters of templates', () => {
  it.each([
    [
      'as CodePipeline takes them',
      { Parameters: { A: '1', B: 2, C: true, D: ['x', 'y'] }, Tags: {} },
    ],
    [
      'as create-stack takes them',
      [
        { ParameterKey: 'A', ParameterValue: '1' },
        { ParameterKey: 'B', ParameterValue: 2 },
        { ParameterKey: 'C', ParameterValue: true },
        { ParameterKey: 'D', ParameterValue: 'x,y' },
      ],
    ],
    ['as deploy takes them', ['A=1', 'B=2', 'C=true', 'D=x,y']],
  ])('are read from a file %s', (_, value) => {
    expect(valuesOf([], [file('p.json', value)])).toEqual({ A: '1', B: '2', C: 'true', D: 'x,y' })
  })

  it('of the command line replace those of files, and each says where it is from', () => {
    const found = parametersOf(['A=2'], [file('p.json', { Parameters: { A: '1', B: '1' } })])
    expect(found).toEqual(
      E.right({
        from: '--parameter',
        values: new Map([
          ['A', '2'],
          ['B', '1'],
        ]),
        origins: new Map([
          ['A', '--parameter'],
          ['B', 'p.json'],
        ]),
      }),
    )
  })

  it.each<readonly [string, readonly string[], readonly ReturnType<typeof file>[], object]>([
    ['a text of another form', ['A'], [], { from: '--parameter', expected: 'NAME=VALUE' }],
    ['a name twice', ['A=1', 'A=2'], [], { found: '"A=2"', expected: 'every parameter once' }],
    [
      'a name in two files',
      [],
      [file('a.json', ['A=1']), file('b.json', ['A=1'])],
      { from: 'b.json', expected: 'every parameter once' },
    ],
    ['a file of another form', [], [file('a.json', { A: '1' })], { from: 'a.json', at: [] }],
    ['an item of another form', [], [file('a.json', [{ Key: 'A' }])], { from: 'a.json', at: [0] }],
    [
      'a value that is none',
      [],
      [file('a.json', [{ ParameterKey: 'A', UsePreviousValue: true }])],
      { from: 'a.json', at: [0, 'ParameterValue'], found: 'nothing' },
    ],
    [
      'a value that is an object',
      [],
      [file('a.json', { Parameters: { A: { B: 1 } } })],
      { from: 'a.json', at: ['Parameters', 'A'] },
    ],
  ])('are refused: %s', (_, texts, files, fault) => {
    expect(parametersOf(texts, files)).toMatchObject({ left: [fault] })
  })
})
