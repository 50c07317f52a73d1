/** Tests parsing texts (JSON or YAML) to documents, and the errors for malformed texts. */
import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { documentsOf } from './documents.js'

const read = (file: string, text: string): ReturnType<typeof documentsOf> =>
  documentsOf([{ file, text }])
const value = (made: unknown): unknown => E.right([{ from: 'a', value: made }])
const problems = (file: string, text: string): readonly string[] => {
  const made = read(file, text)
  return E.isLeft(made) ? made.left.map(({ from, found }) => `${from}: ${found}`) : []
}

describe('JSON', () => {
  it('may begin with a byte order mark, as YAML may', () => {
    expect(read('a', '\uFEFF{"kind":"Pod"}')).toEqual(value({ kind: 'Pod' }))
    expect(read('a', '\uFEFFkind: Pod')).toEqual(value({ kind: 'Pod' }))
    expect(E.isRight(read('a.json', '\uFEFF{"kind":"Pod"}'))).toBe(true)
  })
  it.each([
    ['at the top', '{\n"cpu": 1,\n"cpu": 2}', 3],
    ['further down', '{"a": [{"cpu": 1},\n{"cpu": 2, "c\\u0070u": 2}]}', 2],
    ['around another object', '{"cpu": {"cpu": 1},\n"x": 1,\n"cpu": 2}', 3],
  ])('has no key twice: %s', (_, text, line) => {
    expect(problems('a.json', text)).toEqual([
      `a.json, line ${line}: the key "cpu" for a second time`,
    ])
  })
  it('has no comments', () => {
    expect(problems('a.json', '{}\n// x')).toEqual(['a.json, line 2: "// x"'])
  })
  it('is refused when it is nested too deep to be read', () => {
    expect(problems('a.json', '['.repeat(100_000))).toHaveLength(1)
    expect(problems('a.yaml', '['.repeat(100_000))).toHaveLength(1)
  })
})

describe('several JSON values', () => {
  const objects = ['{"a": "}\\"{"}', '{"b": [1, {"c": "]"}]}', '["d"]']
  const values = objects.map((text) => JSON.parse(text) as unknown)
  const numbered = (file: string): unknown =>
    E.right(values.map((made, i) => ({ from: `${file}, document ${i + 1}`, value: made })))

  it.each(['', ' ', '\n', '\n\n'])(
    'are read one after the other, with %j between them',
    (space) => {
      expect(read('a.json', objects.join(space))).toEqual(numbered('a.json'))
      expect(read('a', objects.join(space) + space)).toEqual(numbered('a'))
    },
  )
  it.each([
    ['a.json', '{"a": 1}\n{"a": 1,\n}', 'a.json, line 3: "}"'],
    ['a', '{"a": 1}\n{"a": 1,\n}', 'a, line 3: "}"'],
    ['a', '{"a": 1}\n{"a": 1, "a": 2}', 'a, line 2: the key "a" for a second time'],
    ['a.json', '{"a": 1}\n{"b": 1', 'a.json, line 2: the end'],
    ['a.json', '{"a": 1} ]', 'a.json, line 1: "]"'],
  ])('have a fault where one is broken: %s, %j', (file, text, problem) => {
    expect(problems(file, text)).toEqual([problem])
  })
  it('are YAML when the first is no JSON, and when something else is between them', () => {
    expect(read('a', '{a: 1}')).toEqual(value({ a: 1 }))
    expect(read('a', '{"a": 1}\n---\n{"b": 2}')).toEqual(
      E.right([
        { from: 'a, document 1', value: { a: 1 } },
        { from: 'a, document 2', value: { b: 2 } },
      ]),
    )
  })
})

/** Whatever an object holds, it is read as it is, unless it has a key twice. */
const readsAll = (written: (value: unknown) => string): fc.IProperty<[unknown]> =>
  fc.property(fc.jsonValue(), (made) => {
    const text = JSON.stringify(made)
    expect(read('a', written(made))).toEqual(value(JSON.parse(text) as unknown))
  })

describe('any JSON', () => {
  it('is read as it is', () => fc.assert(readsAll((made) => JSON.stringify(made))))
  it('is refuted when a key is there again', () => {
    const again = (made: unknown): string => `{"a": 1, "a": ${JSON.stringify(made)}}`
    expect(isRefuted(readsAll(again))).toBe(true)
  })
})

describe('an object of the Kubernetes API', () => {
  const manifest = (fields: string): string => `apiVersion: v1\nkind: Pod\n${fields}\n`
  const object = (fields: object): unknown => value({ apiVersion: 'v1', kind: 'Pod', ...fields })

  it('is YAML 1.1, keys included, where nothing is quoted or tagged', () => {
    const text = 'a: [on, 010, y, "on", !!str off, 1_0]\non: 08\n&x 010: *x'
    expect(read('a', manifest(text))).toEqual(
      object({ a: [true, 8, true, 'on', 'off', 10], true: 8, 8: '8' }),
    )
  })
  it('may be in a list, and may have merge keys', () => {
    const text = '- apiVersion: v1\n  kind: Pod\n  a: &a {b: no}\n  c: {<<: *a, d: yes}\n'
    expect(read('a', text)).toEqual(
      value([{ apiVersion: 'v1', kind: 'Pod', a: { b: false }, c: { b: false, d: true } }]),
    )
  })
  it('is told from other documents of the same text', () => {
    expect(read('a', `a: on\nb: 010\n---\n${manifest('a: on')}`)).toEqual(
      E.right([
        { from: 'a, document 1', value: { a: 'on', b: 10 } },
        { from: 'a, document 2', value: { apiVersion: 'v1', kind: 'Pod', a: true } },
      ]),
    )
  })
})

describe('YAML', () => {
  it('is reported once per document, however much is wrong', () => {
    const broken = 'kind: [Pod\na: b: c\n c: [\n'
    expect(problems('t.yaml', broken)).toHaveLength(1)
    expect(problems('t.yaml', `${broken}\n---\n${broken}`)).toHaveLength(2)
  })
  it('has the functions of templates in their short form', () => {
    const text = [
      'a: !Ref One',
      'b: !GetAtt One.Two.Three',
      'c: !Join [",", [!Ref One, !Sub "${Two}"]]',
      'd: !If [Is, !FindInMap [M, !Ref K, x], !Select [0, !GetAZs ""]]',
      'e: !And [!Condition C, !Equals [!Ref One, 1]]',
      'f: !Sub',
      '  - ${X}',
      '  - X: !ImportValue y',
      'g: !Transform { Name: N }',
      'h: !Unknown 1',
    ].join('\n')
    expect(read('a', text)).toEqual(
      value({
        a: { Ref: 'One' },
        b: { 'Fn::GetAtt': ['One', 'Two.Three'] },
        c: { 'Fn::Join': [',', [{ Ref: 'One' }, { 'Fn::Sub': '${Two}' }]] },
        d: {
          'Fn::If': [
            'Is',
            { 'Fn::FindInMap': ['M', { Ref: 'K' }, 'x'] },
            { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] },
          ],
        },
        e: { 'Fn::And': [{ Condition: 'C' }, { 'Fn::Equals': [{ Ref: 'One' }, 1] }] },
        f: { 'Fn::Sub': ['${X}', { X: { 'Fn::ImportValue': 'y' } }] },
        g: { 'Fn::Transform': { Name: 'N' } },
        h: '1',
      }),
    )
  })
  it('does not print warnings by itself', () => {
    const warned = vi.spyOn(process, 'emitWarning').mockReturnValue(undefined)
    const text = '? { a: 1 }\n: b\n? [x]\n: c\n: d\ne: !Ref f\n'
    expect(E.isRight(read('a', text))).toBe(true)
    expect(warned).not.toHaveBeenCalled()
    warned.mockRestore()
  })
})

describe('a text that is nested too deep', () => {
  const lists = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)
  const maps = (levels: number): string =>
    Array.from({ length: levels }, (_, i) => `${' '.repeat(i)}a:`).join('\n')
  it.each([
    ['JSON', lists(251)],
    ['JSON of a thousand levels', lists(1_000)],
    ['JSON that overflows its parser', lists(100_000)],
    ['YAML', maps(252)],
    ['YAML that overflows its parser', maps(2_000)],
    ['lists in YAML', `a: ${lists(5_000)}`],
  ])('%s is refused with the number of levels', (_, text) => {
    expect(documentsOf([{ file: 'f', text }])).toMatchObject({
      left: [{ found: 'more levels', expected: 'at most 250 levels of nesting' }],
    })
  })
  it('is read up to the bound', () => {
    expect(documentsOf([{ file: 'f', text: lists(250) }])).toHaveProperty('right')
  })
})
