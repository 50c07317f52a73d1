/**
 * Tests that `forget` with `keep` drops all unused ids in one call. The result must equal that of a
 * slow twin, which tries to drop each single id, again and again, until no further id can be
 * dropped.
 */
import { anyWorld, build, lowerNode, plainNode, isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import {
  batch,
  bind,
  classSpecOf,
  define,
  empty,
  forget,
  getOrThrow,
  internColumn,
  internMask,
  internWord,
  join,
  leave,
  nodeIds,
  tableIds,
  type Draft,
  type TableIds,
} from '../index.js'
import { eachId } from './table-ids.fixture.js'

type Forgetting = typeof forget

/** Drops each id that goes, one by one, until all that are left are in use. */
const forgetOneByOne = (draft: Draft): void => {
  const gone = eachId(tableIds(draft)).filter((ids) => E.isRight(forget(draft, ids)))
  if (gone.length > 0) forgetOneByOne(draft)
}

/** What is left of a world whose nodes of every second row have left. */
const leftAfter = (
  { cluster }: ReturnType<typeof build>,
  drop: (draft: Draft, all: TableIds) => unknown,
): TableIds => {
  const [after] = batch(cluster, (draft) => {
    internWord(draft, 'of no use')
    internMask(draft, 'of no use')
    internColumn(draft, 'of no use')
    nodeIds(draft).forEach((node, at) => at % 2 === 0 && getOrThrow(leave(draft, node)))
    drop(draft, tableIds(draft))
  })
  return tableIds(after)
}

const dropsWhatIsUnused = (forgetting: Forgetting) =>
  fc.property(anyWorld, (world) => {
    const [expected, found] = [build(world), build(world)]
    expect(leftAfter(found, (draft, all) => getOrThrow(forgetting(draft, all, 'keep')))).toEqual(
      leftAfter(expected, forgetOneByOne),
    )
  })

describe('forget with keep', () => {
  it('drops what nothing uses', () => fc.assert(dropsWhatIsUnused(forget), { seed: 16 }))

  const timid: Forgetting = (draft, ids) => forget(draft, { classes: ids.classes ?? [] }, 'keep')
  const classless: Forgetting = (draft, { classes, ...names }) => {
    const came = forget(draft, names, 'keep')
    forget(draft, { classes: classes ?? [] }, 'keep')
    return came
  }
  it.each([
    ['only classes go', timid],
    ['words go before the last class that says them', classless],
  ])('is refuted when %s', (_, broken) => {
    expect(isRefuted(dropsWhatIsUnused(broken))).toBe(true)
  })

  it('returns what has gone', () => {
    batch(empty, (draft) => {
      const [fact, other] = [internWord(draft, 'fact'), internWord(draft, 'other')]
      const used = getOrThrow(define(draft, classSpecOf([], { facts: [fact] })))
      const node = getOrThrow(join(draft, lowerNode(draft, plainNode)))
      getOrThrow(bind(draft, used, node, 'running'))
      const unused = getOrThrow(define(draft, classSpecOf([], { facts: [fact, other] })))
      const gone = forget(draft, { classes: [used, unused], words: [fact, other] }, 'keep')
      expect(gone).toMatchObject({ right: { classes: [unused], words: [other] } })
    })
  })
  it('refuses an id that names nothing, and drops nothing', () => {
    batch(empty, (draft) => {
      const word = internWord(draft, 'word')
      const unknown = (word + 1) as typeof word
      expect(forget(draft, { words: [word, unknown] }, 'keep')).toMatchObject({
        left: { _tag: 'UnknownWord', word: unknown },
      })
      expect(tableIds(draft).words).toEqual([word])
    })
  })
})
