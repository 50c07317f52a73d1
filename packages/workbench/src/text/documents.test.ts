/** Texts that are documents, and what is said of those that are not. */
import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { refuted } from '@stowage/testing'
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
    expect(refuted(readsAll(again))).toBe(true)
  })
})

describe('YAML', () => {
  it('is reported once per document, however much is wrong', () => {
    const template = '{{- if .Values.x }}\nkind: Pod\n{{- end }}\na: {{ b }}\n c: [\n'
    expect(problems('t.yaml', template)).toHaveLength(1)
    expect(problems('t.yaml', `${template}\n---\n${template}`)).toHaveLength(2)
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
