/** Tests the translation of nodes to kernel nodes. */
import { decodeValue } from '@stowage/documents'
import { batch, getOrThrow, cpu, empty, slots, type NodeSpec } from '@stowage/kernel'
import { describe, expect, it } from 'vitest'
import { Node } from '../words/node.js'
import { nodeSpecOf } from './node.js'

const specOf = (labels: object, spec: object, status: object): NodeSpec =>
  batch(empty, (draft) =>
    nodeSpecOf(
      draft,
      getOrThrow(decodeValue(Node, { metadata: { name: 'n', labels }, spec, status })),
    ),
  )[1]

/** The API reference of NodeStatus: what can be allocated "defaults to Capacity". */
describe('what can be allocated', () => {
  const amounts = (status: object) => {
    const { capacity } = specOf({}, {}, status)
    return [cpu, slots].map((asked) => capacity.find(([dimension]) => dimension === asked)?.[1])
  }
  const capacity = { cpu: '4', pods: '9' }
  const allocatable = { cpu: '3', pods: '8' }

  it('is the capacity where nothing else is said', () => {
    expect(amounts({ capacity })).toEqual(amounts({ allocatable: capacity }))
    expect(amounts({ capacity, allocatable: {} })).toEqual(amounts({ allocatable: capacity }))
  })
  it('is what is said otherwise, all of it', () => {
    expect(amounts({ capacity, allocatable })).toEqual(amounts({ allocatable }))
    expect(amounts({ capacity, allocatable: { cpu: '3' } })[1]).toBe(undefined)
    expect(amounts({})).toEqual([undefined, undefined])
  })
})

it('cannot be cordoned by a label, of which none begins with a slash', () => {
  const attributes = (labels: object, spec: object) => specOf(labels, spec, {}).attributes.length
  expect(attributes({ '/unschedulable': 'true' }, {})).toBe(0)
  expect(attributes({ 'unschedulable/': 'true' }, {})).toBe(1)
  expect(attributes({}, { unschedulable: true })).toBe(1)
  expect(attributes({}, { unschedulable: false })).toBe(0)
})
