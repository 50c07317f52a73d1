/**
 * Tests that each kind of invalid state is refused, with the position of the fault in the format.
 */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { decode, empty, encode, pathOf, type ClassSpec } from '../index.js'
import { checksumOf } from './checksum.js'
import { formatVersion, magic } from './format.js'
import { newSink, putByte, putNumber, putText, putUnsigned, bytesOf, type Sink } from './sink.js'

type Write = (sink: Sink) => void
const all =
  (...writes: readonly Write[]): Write =>
  (sink) => {
    for (const write of writes) write(sink)
  }
const bytes = (...values: readonly number[]): Write =>
  all(...values.map((value) => (sink: Sink) => putByte(sink, value)))
const numbers = (...values: readonly number[]): Write =>
  all(...values.map((value) => (sink: Sink) => putUnsigned(sink, value)))
const text =
  (value: string): Write =>
  (sink) =>
    putText(sink, value)
const texts =
  (...values: readonly string[]): Write =>
  (sink) =>
    all(
      numbers(values.length),
      ...values.map((value) => all(numbers(0), text(value))),
      numbers(0),
    )(sink)
const classes = (...values: readonly string[]): Write =>
  all(numbers(values.length, ...values.map(() => 0), 0), ...values.map(text))

const classSpec: ClassSpec = {
  facts: [],
  occupies: [],
  filters: [],
  choice: { _tag: 'Sum', scores: [], tie: 'rank' },
  priority: 0,
}
const json = JSON.stringify(classSpec)
const node = (name: string): Write => all(text(name), numbers(0, 0, 0))

/**
 * The sections of a state with three words, a mask, a column, a class, a node, a free node row and
 * a replica.
 */
const sections = {
  magic: bytes(...magic),
  format: numbers(formatVersion),
  version: numbers(7),
  words: texts('zone', 'north', 'south'),
  dimensions: texts('cpu', 'memory', 'slots', 'gpu'),
  masks: texts('reserved'),
  columns: texts('cost'),
  classes: classes(json),
  nodes: all(numbers(2, 5, 0, 1, 2), node('a')),
  replicas: numbers(1, 3, 0, 1, 0, 1),
  members: numbers(1, 0),
  numbers: all(numbers(1, 0), (sink) => putNumber(sink, 0.5)),
  end: all(),
}

const stateOf = (changes: Partial<Record<keyof typeof sections, Write>> = {}): Uint8Array => {
  const sink = newSink()
  for (const write of Object.values({ ...sections, ...changes })) write(sink)
  const sum = checksumOf(sink.bytes, sink.length)
  bytes(...[0, 8, 16, 24].map((shift) => (sum >>> shift) & 255))(sink)
  return bytesOf(sink)
}

const refusalOf = (state: Uint8Array): string => {
  const decoded = decode(state)
  if (E.isRight(decoded)) return 'it was taken'
  const { at, found, expected } = decoded.left
  return `${pathOf(at)}: ${found}, not ${expected}`
}

const wrongClass = JSON.stringify({ ...classSpec, facts: [9] })
const twoNodes = (...nodes: readonly Write[]): Write => all(numbers(2, 0, 0, 0), ...nodes)

describe('a state', () => {
  it('is taken as it was written', () => {
    expect(refusalOf(stateOf())).toBe('it was taken')
    expect(refusalOf(encode(empty))).toBe('it was taken')
  })

  it.each<[string, Parameters<typeof stateOf>[0], string]>([
    ['other bytes', { magic: bytes(1, 2, 3, 4) }, 'magic: other bytes'],
    ['a version to come', { format: numbers(3) }, 'format: version 3, not version 2'],
    ['a number that is too long', { version: bytes(0x80, 0) }, 'version: one that is too long'],
    [
      'a number beyond 2^53',
      { version: bytes(...Array<number>(7).fill(255), 127) },
      'version: one that is too long',
    ],
    ['a length beyond the bytes', { words: numbers(99_999) }, 'words: 99999, not at most'],
    ['a text beyond the bytes', { words: numbers(1, 0, 99_999) }, 'words[0]: 99999, not at most'],
    ['a unit beyond a code unit', { words: numbers(1, 0, 1, 65_536) }, 'words[0]: 65536'],
    ['a word twice', { words: texts('a', 'a', 'b') }, 'words[1]: "a", not each only once'],
    ['other dimensions', { dimensions: texts('cpu', 'slots') }, 'dimensions[1]: "slots", not mem'],
    ['fewer dimensions', { dimensions: texts('cpu') }, 'dimensions[1]: nothing, not memory'],
    ['a mask twice', { masks: texts('m', 'm') }, 'masks[1]: "m", not each only once'],
    ['what is no JSON', { classes: classes('{') }, 'classes[0]: nothing, not an object'],
    ['another shape', { classes: classes('[]') }, 'classes[0]: an empty list, not an object'],
    [
      'a word that is not there',
      { classes: classes(wrongClass) },
      'classes[0].facts[0]: 9, not a w',
    ],
    [
      'a prototype',
      { classes: classes(json.replace('{', '{"__proto__":{},')) },
      'classes[0].__proto__: an object, not no such field',
    ],
    [
      'a prototype in a tag',
      { classes: classes(json.replace('{', '{"_tag":{"__proto__":{}},')) },
      'classes[0]._tag: an object, not no such field',
    ],
    ['JSON with blanks', { classes: classes(`${json} `) }, 'classes[0]: "{'],
    ['a key twice', { classes: classes(json.replace('{', '{"priority":1,')) }, 'classes[0]: "{'],
    ['a class twice', { classes: classes(json, json) }, 'classes[1]: "{'],
    [
      'a class twice but for a sign',
      { classes: classes(json, json.replace('"priority":0', '"priority":-0')) },
      'classes[1]: "{',
    ],
    ['a generation that is too late', { nodes: numbers(1, 2 ** 27) }, 'nodes.generations: 1342'],
    ['a free row twice', { nodes: numbers(2, 0, 0, 2, 0, 1) }, 'nodes.free: 0, not one of the 2'],
    ['a free row that is not', { nodes: numbers(2, 0, 0, 1, 4) }, 'nodes.free: 2, not one of'],
    ['a free row below 0', { nodes: numbers(2, 0, 0, 1, 1) }, 'nodes.free: -1, not one of'],
    [
      'a name twice',
      { nodes: twoNodes(node('a'), node('a')) },
      'nodes[1].name: "a", not each only',
    ],
    [
      'a dimension that is not there',
      { nodes: twoNodes(text('a'), numbers(1, 9, 4, 0, 0), node('b')) },
      'nodes[0].capacity[0][0]: 9, not a dimension',
    ],
    [
      'an amount below 0',
      { nodes: twoNodes(text('a'), numbers(1, 0, 2, 0, 0), node('b')) },
      'nodes[0].capacity[0][1]: -1, not a whole number',
    ],
    [
      'a key twice in a mark',
      { nodes: twoNodes(text('a'), numbers(0, 0, 1, 2, 0, 1, 0, 1), node('b')) },
      'nodes[0].marks[0][1][0]: "zone", not each only once',
    ],
    ['a replica that is nowhere', { replicas: numbers(1, 3, 0, 0) }, 'replicas.rows[0]: nothing'],
    [
      'a replica twice',
      { replicas: numbers(1, 3, 0, 2, 0, 1, 1, 1) },
      'replicas[0]: 0, not one of the 1 rows',
    ],
    [
      'a replica that is free',
      { replicas: numbers(1, 3, 1, 0, 1, 0, 1) },
      'replicas[0]: 0, not one of the 1 rows',
    ],
    [
      'a dimension that was forgotten',
      {
        dimensions: all(
          numbers(3),
          numbers(0),
          text('cpu'),
          numbers(0),
          text('memory'),
          numbers(0),
          text('slots'),
          numbers(1),
        ),
      },
      'dimensions: one that was',
    ],
    [
      'more ids than are given',
      { words: numbers(0, 2 ** 30 + 1) },
      'words: 1073741825 ids, not at',
    ],
    [
      'a class of a free row',
      { classes: all(numbers(2, 0, 3, 1, 2), text(json)), replicas: numbers(1, 3, 0, 1, 0, 3) },
      'replicas[0]: 3, not a class',
    ],
    ['a class that is not there', { replicas: numbers(1, 3, 0, 1, 0, 3) }, 'replicas[0]: 3, not a'],
    ['a mask of a free row', { members: numbers(1, 1) }, 'masks[0][1]: no node'],
    ['a mask of a row that is not', { members: numbers(1, 9) }, 'masks[0][9]: no node'],
    ['a number of 0', { numbers: numbers(1, 0, 0) }, 'columns[0][0]: 0, not another number'],
    [
      'a number that is none',
      { numbers: all(numbers(1, 0), (sink) => putNumber(sink, NaN)) },
      'columns[0][0]: NaN, not a number from',
    ],
    [
      'a number that is too large',
      { numbers: all(numbers(1, 0), (sink) => putNumber(sink, 1e7)) },
      'columns[0][0]: 10000000, not a number from',
    ],
    [
      'a number in a longer way',
      { numbers: numbers(1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0) },
      'columns[0]: another way to write it, not a number',
    ],
    ['more bytes', { end: bytes(1, 2) }, 'end: 2 more bytes, not the end'],
  ])('is refused for %s', (_, changes, refusal) => {
    expect(refusalOf(stateOf(changes)).startsWith(refusal)).toBe(true)
  })

  it('is refused when it is not even bytes', () => {
    for (const other of [undefined, null, 'stow', [...stateOf()]])
      expect(decode(other as never)).toMatchObject({ left: { expected: 'bytes' } })
  })

  it('is refused wherever it is cut', () => {
    const state = stateOf()
    for (let length = 0; length < state.length; length++)
      expect(refusalOf(state.slice(0, length))).toMatch(/^(magic|format|checksum): /)
  })

  it('is refused when it asks for more memory than it could fill', () => {
    const names = Array.from({ length: 100 }, (_, i) => `d${i}`)
    const zeros: Write = (sink) => {
      for (let i = 0; i <= 600_000; i++) putUnsigned(sink, 0)
    }
    const state = stateOf({
      dimensions: texts('cpu', 'memory', 'slots', ...names),
      nodes: all(numbers(600_000), zeros),
    })
    expect(refusalOf(state)).toMatch(/^nodes\.free: 38400000 amounts, not at most 33554432/)
  })

  it('may lie anywhere in a buffer', () => {
    const state = stateOf()
    const within = new Uint8Array(state.length + 7)
    within.set(state, 3)
    expect(refusalOf(within.subarray(3, 3 + state.length))).toBe('it was taken')
  })
})
