/**
 * Property: the *only* filter allows exactly the listed nodes, also when another node later gets
 * the row or the name of a listed one.
 */
import { filterAgrees, isRefuted } from '@stowage/testing'
import { anyOnly } from '../../../testing/src/arbitrary/filter.js'
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  batch,
  define,
  empty,
  explain,
  join,
  leave,
  pluginId,
  reasonId,
  type NodeId,
  type NodeSpec,
} from '../index.js'

it('allows exactly the nodes that are named', () =>
  fc.assert(filterAgrees(anyOnly), { numRuns: 300 }))

it('is refuted when the last name is skipped', () => {
  expect(
    isRefuted(filterAgrees(anyOnly, (only) => ({ ...only, nodes: only.nodes.slice(0, -1) }))),
  ).toBe(true)
})

it('does not take the node that has the row, or the name, of one that left', () => {
  const spec: NodeSpec = { name: 'a', capacity: [], attributes: [], marks: [] }
  batch(empty, (draft) => {
    const joined = (): NodeId => E.getOrElse(() => -1 as NodeId)(join(draft, spec))
    const first = joined()
    const defined = define(draft, {
      facts: [],
      occupies: [],
      filters: [
        {
          _tag: 'Only',
          plugin: pluginId(0),
          reason: reasonId(0),
          removable: false,
          nodes: [first],
        },
      ],
      choice: { _tag: 'Sum', scores: [], tie: 'rank' },
      priority: 0,
    })
    if (E.isLeft(defined)) throw new Error(JSON.stringify(defined.left))
    expect(explain(draft, { class: defined.right }).chosen).toBe(first)
    leave(draft, first)
    expect(joined()).not.toBe(first)
    expect(explain(draft, { class: defined.right }).chosen).toBe(undefined)
  })
})
