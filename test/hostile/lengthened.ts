/**
 * Makes documents with one part that is very long, from sample documents: (1) a list with very many
 * items, alike or with names of their own; (2) an object with very many keys; (3) a text with very
 * many letters. So growth is looked for everywhere, and not only where it was once found.
 */
import { pathsIn, replaceAt, valueAt } from '../../packages/testing/src/damage/damage.js'
import type { Specimen } from '../fuzz/fuzz.js'

/** Sample documents with a part that has any size. */
export interface LongPart {
  /** The specimen, the kind of the document, the path, and what is repeated. */
  readonly name: string
  /** The documents as one text. */
  readonly text: (size: number) => string
}

/** Names of fields that tell items of a list apart. */
const nameField = /^(?:.*name|id|key|topologyKey|mountPath|.*Arn|.*Id|Ref)$/i
/** Names of fields whose numbers tell items apart. */
const numberField = /port|utilization|value$/i

/** A copy of an item with names and numbers of its own. */
const numbered = (item: unknown, number: number, key = ''): unknown => {
  if (typeof item === 'string') return nameField.test(key) ? `${item}-${number}` : item
  if (typeof item === 'number') return numberField.test(key) ? item + number : item
  if (Array.isArray(item)) return item.map((one: unknown) => numbered(one, number, key))
  if (typeof item !== 'object' || item === null) return item
  return Object.fromEntries(
    Object.entries(item).map(([field, value]) => [field, numbered(value, number, field)]),
  )
}

const copies = (count: number, item: unknown, isNumbered: boolean): readonly unknown[] =>
  Array.from({ length: count }, (_, i) => {
    if (!isNumbered) return item
    return typeof item === 'string' ? `${item}-${i}` : numbered(item, i)
  })

type Lengthen = (size: number) => unknown

/** What text is repeated: each is a beginning of something that a reader may look for. */
const letters: readonly string[] = ['x', '1', ' ', '${a', '-', '.', '/', ',', '=', ':', '(', '"']

/** Every way to lengthen a part, by a name. */
const waysOf = (part: unknown): readonly (readonly [way: string, lengthen: Lengthen])[] => {
  if (typeof part === 'string')
    return letters.map((letter) => [
      `letters ${JSON.stringify(letter)}`,
      (size) => `${part}${letter.repeat(size)}!`,
    ])
  if (Array.isArray(part)) {
    const [first] = part as readonly unknown[]
    return first === undefined
      ? []
      : [true, false].map((isNumbered) => [
          isNumbered ? 'items' : 'equal items',
          (size) => copies(size, first, isNumbered),
        ])
  }
  if (typeof part !== 'object' || part === null) return []
  const [entry] = Object.entries(part)
  return entry === undefined
    ? []
    : [
        [
          'keys',
          (size) => ({
            ...part,
            ...Object.fromEntries(
              copies(size, entry[1], true).map((value, i) => [`${entry[0]}-${i}`, value]),
            ),
          }),
        ],
      ]
}

const kindOf = (document: unknown): string => {
  const { kind, Resources } = (document ?? {}) as Readonly<Record<string, unknown>>
  return typeof kind === 'string' ? kind : Resources === undefined ? 'ECS' : 'template'
}

const written = (documents: readonly unknown[]): string =>
  documents.map((one) => JSON.stringify(one)).join('\n---\n')

/**
 * Every part of the specimens that can be lengthened, once for each path of a kind; numbers in a
 * path do not count.
 */
export const longParts = (specimens: readonly Specimen[]): readonly LongPart[] => {
  const parts = new Map<string, LongPart>()
  for (const { name, texts } of specimens) {
    const documents = texts.flat()
    for (const [position, document] of documents.entries())
      for (const path of pathsIn(document))
        for (const [way, lengthen] of waysOf(valueAt(document, path))) {
          const place = path.map((step) => (/^\d+$/.test(step) ? '*' : step)).join('.')
          const key = `${kindOf(document)} ${place}: ${way}`
          if (parts.has(key)) continue
          const text = (size: number): string => {
            const changed = replaceAt(document, path, lengthen(size))
            return written(documents.map((one, i) => (i === position ? changed : one)))
          }
          parts.set(key, { name: `${key} (${name})`, text })
        }
  }
  return [...parts.values()]
}

/** Every document of the specimens, so many times under names of its own. */
export const manyDocuments = (specimens: readonly Specimen[]): readonly LongPart[] => {
  const parts = new Map<string, LongPart>()
  for (const { name, texts } of specimens) {
    const documents = texts.flat()
    for (const document of documents)
      for (const isNumbered of [true, false]) {
        const key = `documents of ${kindOf(document)}${isNumbered ? '' : ' that are equal'}`
        if (parts.has(key)) continue
        const text = (size: number): string =>
          JSON.stringify([...documents, ...copies(size, document, isNumbered)])
        parts.set(key, { name: `${key} (${name})`, text })
      }
  }
  return [...parts.values()]
}
