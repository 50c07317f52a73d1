/**
 * Tests by example that a defined class decides where its replicas are placed and why others are
 * not, and that two equal definitions are one class.
 */
import * as E from 'fp-ts/lib/Either.js'
import { expect, it } from 'vitest'
import {
  batch,
  cpu,
  define,
  empty,
  join,
  nodeSpec,
  place,
  pluginId,
  reasonId,
  type ClassSpec,
  type Draft,
  type NodeSpec,
} from '../index.js'

const noRoom = reasonId(7)
const web: ClassSpec = {
  facts: [],
  occupies: [[cpu, 2]],
  filters: [
    {
      _tag: 'Fit',
      plugin: pluginId(0),
      removable: true,
      parts: [{ dimension: cpu, amount: 2, reason: noRoom, slot: false }],
    },
  ],
  choice: {
    _tag: 'Sum',
    scores: [
      {
        plugin: pluginId(1),
        raw: {
          _tag: 'Load',
          curve: 'least',
          parts: [{ dimension: cpu, amount: 2, weight: 1 }],
        },
        normaliser: 'none',
        weight: 1,
      },
    ],
    tie: 'rank',
  },
  priority: 0,
}
const nodeOf = (name: string, cores: number): NodeSpec => ({
  name,
  capacity: [[cpu, cores]],
  attributes: [],
  marks: [],
})
const defined = (draft: Draft): Parameters<typeof place>[1][number]['class'] => {
  const id = define(draft, web)
  if (E.isLeft(id)) throw new Error(JSON.stringify(id.left))
  return id.right
}

it('is placed where most stays free, until nothing has room', () => {
  const [after, answer] = batch(empty, (draft) => {
    join(draft, nodeOf('small', 3))
    join(draft, nodeOf('large', 5))
    return place(draft, [{ class: defined(draft), count: 4 }]).answers[0]!
  })
  const names = answer.placed.map(({ node }) => nodeSpec(after, node))
  expect(names).toMatchObject([
    { value: { name: 'large' } },
    { value: { name: 'small' } },
    { value: { name: 'large' } },
  ])
  expect(answer.unplaced).toEqual({ count: 1, nodes: 2, reasons: [[noRoom, 2]] })
})

it('is one class when the same is said twice', () => {
  const [, [one, other]] = batch(empty, (draft) => [
    define(draft, web),
    define(draft, { ...web, filters: [...web.filters] }),
  ])
  expect(one).toEqual(other)
})
