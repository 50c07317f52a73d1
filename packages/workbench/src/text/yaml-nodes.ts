/**
 * Checks a YAML document, in one linear walk, for duplicate keys, aliases without an anchor, and
 * aliases that would expand to more than memory holds. The library `yaml` checks these in quadratic
 * time, or without the position.
 */
import { renderValue } from '@stowage/kernel'
import { isAlias, isMap, isScalar, isSeq, type Document, type Node, type ParsedNode } from 'yaml'

/** What is wrong with a node, and where it begins in the text. */
export interface NodeFault {
  readonly offset: number
  readonly found: string
  readonly expected: string
}

/** An alias repeats what its anchor holds: so many values a document has, with repetitions. */
const valuesMax = 1_000_000

/** The library looks for the anchor of each alias among all of them. */
const anchorsMax = 10_000

interface Walk {
  /** How many values there are at each anchor, the latest of its name; `NaN` within itself. */
  readonly sizes: Map<string, number>
  anchors: number
  fault: NodeFault | undefined
}

/** The first thing that is wrong with the nodes of a document, in their order. */
export const nodeFault = ({ contents }: Document<Node>): NodeFault | undefined => {
  const walk: Walk = { sizes: new Map(), anchors: 0, fault: undefined }
  const size = sizeOf(walk, contents)
  return walk.fault ?? (size > valuesMax ? tooLarge(contents) : undefined)
}

/** How many values a node has in it, with what its aliases repeat. */
const sizeOf = (walk: Walk, node: unknown): number => {
  if (walk.fault !== undefined) return 0
  if (isAlias(node)) return aliasSize(walk, node, node.source)
  if (!isMap(node) && !isSeq(node)) return noteSize(walk, node, 1)
  if (node.anchor !== undefined) walk.sizes.set(node.anchor, NaN)
  const keys = new Set<unknown>()
  let size = 1
  for (const item of node.items as readonly unknown[])
    if (isMap(node)) {
      const { key, value } = item as { readonly key: unknown; readonly value: unknown }
      if (isKeyTwice(keys, key)) return recordFault(walk, key, repeatedKey(key))
      size += sizeOf(walk, key) + sizeOf(walk, value)
    } else size += sizeOf(walk, item)
  return noteSize(walk, node, size)
}

/** The size, which the anchor of the node keeps. */
const noteSize = (walk: Walk, node: unknown, size: number): number => {
  const anchor = (node as { readonly anchor?: string } | null)?.anchor
  if (anchor === undefined) return size
  walk.sizes.set(anchor, size)
  walk.anchors++
  return walk.anchors > anchorsMax ? recordFault(walk, node, tooMany) : size
}

const aliasSize = (walk: Walk, node: unknown, source: string): number => {
  const size = walk.sizes.get(source)
  walk.anchors++
  if (size === undefined) return recordFault(walk, node, noAnchor(source))
  if (Number.isNaN(size)) return recordFault(walk, node, ofItself(source))
  return walk.anchors > anchorsMax ? recordFault(walk, node, tooMany) : size
}

type Words = Pick<NodeFault, 'found' | 'expected'>

const recordFault = (walk: Walk, node: unknown, words: Words): number => {
  walk.fault = { offset: offsetOf(node), ...words }
  return 0
}

const offsetOf = (node: unknown): number =>
  (node as Partial<ParsedNode> | null | undefined)?.range?.[0] ?? 0

/** Several merge keys may stand in an object; their value is a symbol, or the text `<<`. */
const isKeyTwice = (keys: Set<unknown>, key: unknown): boolean => {
  if (!isScalar(key) || typeof key.value === 'symbol' || key.value === '<<') return false
  if (keys.has(key.value)) return true
  keys.add(key.value)
  return false
}

const repeatedKey = (key: unknown): Words => ({
  found: `the key ${renderValue(isScalar(key) ? key.value : key)} for a second time`,
  expected: 'every key once in an object',
})

const noAnchor = (source: string): Words => ({
  found: `the alias *${source} of no anchor before it`,
  expected: 'YAML, in which an alias has its anchor in the same document: repeat it after each ---',
})

const ofItself = (source: string): Words => ({
  found: `the alias *${source} within its own anchor`,
  expected: 'a value that does not contain itself',
})

const tooMany: Words = {
  found: 'more anchors and aliases',
  expected: `at most ${anchorsMax} of them in a document`,
}

const tooLarge = (contents: unknown): NodeFault => ({
  offset: offsetOf(contents),
  found: 'aliases that repeat more values',
  expected: `at most ${valuesMax} values in a document with what its aliases repeat`,
})
