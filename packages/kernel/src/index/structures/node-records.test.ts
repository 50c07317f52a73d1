/** Tests that the records of nodes hold the same capacities and loads as the cluster. */
import { describe, expect, it } from 'vitest'
import { listen } from '../../cluster/changes.js'
import { stateOf } from '../../cluster/cluster.js'
import { changesOf, type Draft } from '../../cluster/draft.js'
import {
  batch,
  bind,
  getOrThrow,
  cpu,
  define,
  internDimension,
  empty,
  join,
  type ClassId,
  type DimensionId,
  type NodeId,
} from '../../index.js'
import { catchUpNodeRecords, openNodeRecords } from './node-records.js'

interface Stage {
  readonly draft: Draft
  readonly nodes: readonly NodeId[]
  /** A class that takes so much of a dimension. */
  readonly taking: (of: DimensionId, amount: number) => ClassId
}

/** Three nodes that have something of the CPU and of as many dimensions more. */
const onStage = (
  more: number,
  look: (stage: Stage, others: readonly DimensionId[]) => void,
): void => {
  batch(empty, (draft) => {
    listen(changesOf(draft))
    const others = Array.from({ length: more }, (_, i) => internDimension(draft, `other-${i}`))
    const nodes = [1, 2, 3].map((size) =>
      getOrThrow(
        join(draft, {
          name: `n${size}`,
          capacity: [cpu, ...others].map((of, i) => [of, 10 * size + i] as const),
          attributes: [],
          marks: [],
        }),
      ),
    )
    const taking = (of: DimensionId, amount: number): ClassId =>
      getOrThrow(
        define(draft, {
          facts: [],
          occupies: [[of, amount]],
          filters: [],
          choice: { _tag: 'Chain', keys: [], tie: 'rank' },
          priority: 0,
        }),
      )
    look({ draft, nodes, taking }, others)
  })
}

describe('what nodes have and hold', () => {
  it('stands side by side, in an even number of dimensions', () => {
    onStage(0, ({ draft, nodes, taking }) => {
      getOrThrow(bind(draft, taking(cpu, 7), nodes[1]!, 'running'))
      const { amounts, width, dimensionCount } = openNodeRecords(stateOf(draft))
      expect([width, dimensionCount]).toEqual([4, 3])
      expect([...amounts]).toEqual([
        ...[10, 0, 0, 0, 0, 0, 0, 0],
        ...[20, 0, 0, 0, 7, 0, 0, 0],
        ...[30, 0, 0, 0, 0, 0, 0, 0],
      ])
    })
  })

  it('is told of eight dimensions at most, the first', () => {
    onStage(9, ({ draft, nodes, taking }, others) => {
      for (const of of others) getOrThrow(bind(draft, taking(of, 1), nodes[0]!, 'running'))
      const { amounts, width, dimensionCount } = openNodeRecords(stateOf(draft))
      expect([width, dimensionCount]).toEqual([8, 8])
      expect([...amounts.subarray(0, 16)]).toEqual([
        ...[10, 0, 0, 11, 12, 13, 14, 15],
        ...[0, 0, 0, 1, 1, 1, 1, 1],
      ])
    })
  })

  it('hears of what comes, and of nothing in dimensions that are new', () => {
    onStage(1, ({ draft, nodes, taking }, [other]) => {
      const holdings = openNodeRecords(stateOf(draft))
      const { count } = changesOf(draft)
      const unknown = internDimension(draft, 'unknown')
      for (const [of, node] of [
        [unknown, 0],
        [other!, 0],
        [cpu, 2],
      ] as const)
        getOrThrow(bind(draft, taking(of, 5), nodes[node]!, 'running'))
      catchUpNodeRecords(holdings, stateOf(draft), changesOf(draft), count)
      expect([...holdings.amounts]).toEqual([
        ...[10, 0, 0, 11, 0, 0, 0, 5],
        ...[20, 0, 0, 21, 0, 0, 0, 0],
        ...[30, 0, 0, 31, 5, 0, 0, 0],
      ])
      expect([...holdings.lastChange]).toEqual([count + 1, -1, count + 2])
    })
  })
})
