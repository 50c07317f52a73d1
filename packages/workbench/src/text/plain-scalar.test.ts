/**
 * Tests plain scalars against the values that kubectl's YAML parser reads
 * (`test/golden/yaml-scalars.jsonl`, recorded by `test/oracle/yaml-scalars`).
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { keyText, resolvePlain, jsonValue } from './plain-scalar.js'

interface Recorded {
  readonly text: string
  /** In JSON; absent when upstream refuses the document. */
  readonly value?: string
  readonly key?: string
}
const golden = new URL('../../../../test/golden/yaml-scalars.jsonl', import.meta.url)
const recorded = readFileSync(golden, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded)

describe('plain scalars', () => {
  it('are all there', () => {
    expect(recorded).toHaveLength(754)
  })
  it('are read as upstream reads them', () => {
    const values = recorded.flatMap(({ text, value }) =>
      value === undefined ? [] : [[text, value]],
    )
    expect(values.map(([text = '']) => [text, jsonValue(resolvePlain(text))])).toEqual(
      values.map(([text, value = '']) => [text, JSON.parse(value) as unknown]),
    )
  })
  it('are keys as upstream writes them', () => {
    const keys = recorded.flatMap(({ text, key }) => (key === undefined ? [] : [[text, key]]))
    expect(keys.map(([text = '']) => [text, keyText(resolvePlain(text), text)])).toEqual(keys)
  })
})
