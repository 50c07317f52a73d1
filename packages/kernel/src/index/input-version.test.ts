/**
 * Tests which changes of masks (sets of nodes) and columns (a number per node) make a cached index
 * invalid.
 */
import { describe, expect, it } from 'vitest'
import { stateOf } from '../cluster/cluster.js'
import {
  batch,
  getOrThrow,
  internColumn,
  empty,
  giveColumn,
  giveMask,
  join,
  internMask,
} from '../index.js'
import { inputVersionOf, isSameInputVersion } from './input-version.js'

describe('what is given of the nodes', () => {
  const [before, { node, read, other }] = batch(empty, (draft) => ({
    node: getOrThrow(join(draft, { name: 'a', capacity: [], attributes: [], marks: [] })),
    read: { mask: internMask(draft, 'm'), column: internColumn(draft, 'c') },
    other: { mask: internMask(draft, 'n'), column: internColumn(draft, 'd') },
  }))
  const groundIn = (cluster: typeof before) =>
    inputVersionOf({ masks: [read.mask], columns: [read.column] }, stateOf(cluster))

  it.each<readonly [boolean, string, Parameters<typeof batch>[1]]>([
    [true, 'nothing is given', () => undefined],
    [true, 'another mask is given', (draft) => giveMask(draft, other.mask, [node])],
    [true, 'another column is given', (draft) => giveColumn(draft, other.column, [[node, 1]])],
    [false, 'the mask is given anew', (draft) => giveMask(draft, read.mask, [node])],
    [false, 'the column is given anew', (draft) => giveColumn(draft, read.column, [[node, 1]])],
  ])('is the same: %s, when %s', (same, _, change) => {
    const [after] = batch(before, change)
    expect(isSameInputVersion(groundIn(before), groundIn(after))).toBe(same)
  })

  it('is another where more is read', () => {
    const parts = stateOf(before)
    const less = inputVersionOf({ masks: [read.mask], columns: [] }, parts)
    const more = inputVersionOf({ masks: [read.mask], columns: [read.column] }, parts)
    expect([isSameInputVersion(less, more), isSameInputVersion(more, less)]).toEqual([false, false])
  })
})
