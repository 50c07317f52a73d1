/** Tests that a list parsed item by item equals the list parsed as a whole. */
import { isDeepStrictEqual } from 'node:util'
import { isRefuted } from '@stowage/testing'
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments, stringify, type Document, type Node } from 'yaml'
import { listParts } from './list-items.js'
import { isManifest, resolvePlainScalars } from './plain-scalar.js'
import { shortTags } from './short-tags.js'
import { yamlDocuments } from './yaml.js'

type Reading = (text: string) => unknown

const byParts: Reading = (text) => {
  const read = yamlDocuments('f', text)
  return E.isLeft(read) ? 'faults' : read.right.map(({ value }) => value)
}

/** Slowly: every document as a whole. */
const whole: Reading = (text) => {
  const options = { merge: true, logLevel: 'error' as const, customTags: [...shortTags] }
  const documents = [...parseAllDocuments(text, options)] as readonly Document<Node>[]
  if (documents.some(({ errors }) => errors.length > 0)) return 'faults'
  try {
    return documents
      .map((document): unknown => {
        if (isManifest(document.contents)) resolvePlainScalars(document)
        return document.toJS()
      })
      .filter((value) => value !== null)
  } catch {
    return 'faults'
  }
}

const word = fc.constantFrom(
  'a',
  'on',
  '010',
  '- x',
  'items:',
  '# no',
  '',
  'two\nlines\n',
  '"',
  '*a',
)
const item = fc.oneof(
  word,
  fc.array(word, { maxLength: 2 }),
  fc.dictionary(fc.constantFrom('name', 'spec', 'items', 'kind'), fc.oneof(word, fc.array(word)), {
    maxKeys: 3,
  }),
)
/** Texts as kubectl writes them; some are damaged by a line that stands anywhere. */
const anyList = fc
  .tuple(
    fc.array(item, { maxLength: 4 }),
    fc.constantFrom({}, { metadata: { resourceVersion: '' } }),
    fc.option(
      fc.tuple(
        fc.nat(),
        fc.constantFrom(
          '- ',
          '-',
          '---',
          '...',
          'items:',
          '  x: 1',
          'x: "',
          '# c',
          '',
          '- &a b',
          '\t',
        ),
      ),
      { freq: 2 },
    ),
  )
  .map(([items, more, damage]) => {
    const list = { apiVersion: 'v1', items, kind: 'List', ...more }
    const lines = stringify(list, { indentSeq: false, lineWidth: 0 }).split('\n')
    if (damage !== null) lines.splice(damage[0] % lines.length, 0, damage[1])
    return lines.join('\n')
  })

const readsAs = (reading: Reading) =>
  fc.property(anyList, (text) => isDeepStrictEqual(reading(text), whole(text)))

describe('a list', () => {
  it('is read as its whole text is', () => {
    fc.assert(readsAs(byParts), { numRuns: 1000 })
  })
  it('is refuted when the lines after the items are dropped', () => {
    const hasty: Reading = (text) => {
      const parts = listParts(text)
      return byParts(parts === undefined ? text : text.slice(0, text.lastIndexOf('kind:')))
    }
    expect(isRefuted(readsAs(hasty))).toBe(true)
  })
  it('is divided at the dashes of the first column', () => {
    const text = 'apiVersion: v1\nitems:\n- a: |\n    - b\n\n# c\n-\n  d: 1\nkind: List\n'
    expect(listParts(text)).toEqual({
      frame: 'apiVersion: v1\nitems: []\nkind: List',
      items: ['- a: |\n    - b\n\n# c\n', '-\n  d: 1\n'],
    })
  })
})
