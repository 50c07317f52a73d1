/** Property: placing keeps exactly the nodes for which an explanation lists no refusal. */
import { anyFilter, anyWorld, build, plainClass, isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { stateOf } from '../cluster/cluster.js'
import { rankedRows } from '../cluster/roster.js'
import { narrow, judgeBy } from './judge.js'

/** Narrowing keeps, in their order, the candidates that are not refused. */
const keepsTheAllowed = (narrowing: typeof narrow) =>
  fc.property(anyWorld, anyFilter, (world, recipe) => {
    const lone = { ...plainClass, filters: [recipe] }
    const { cluster, classes } = build({ ...world, classes: [...world.classes, lone] })
    const parts = stateOf(cluster)
    const filter = parts.classes.classes[classes[classes.length - 1]!]!.filters[0]!
    const rows = rankedRows(parts.roster)
    const candidates = { rows: rows.slice(), count: rows.length }
    narrowing(filter, parts, candidates)
    const refusal = judgeBy(filter, parts)
    expect(Array.from(candidates.rows.subarray(0, candidates.count))).toEqual(
      Array.from(rows).filter((row) => refusal(row) === undefined),
    )
  })

it('narrows to what explaining does not refuse', () => fc.assert(keepsTheAllowed(narrow)))

it('is refuted when a part of a fit is skipped', () => {
  const skippingTheLast: typeof narrow = (filter, parts, candidates) =>
    narrow(
      filter._tag === 'Fit' ? { ...filter, parts: filter.parts.slice(0, -1) } : filter,
      parts,
      candidates,
    )
  expect(isRefuted(keepsTheAllowed(skippingTheLast))).toBe(true)
})

it('is refuted when the last candidate is not looked at', () => {
  const hasty: typeof narrow = (filter, parts, candidates) => {
    const unseen = { ...candidates, count: Math.max(candidates.count - 1, 0) }
    narrow(filter, parts, unseen)
    if (candidates.count > unseen.count)
      unseen.rows[unseen.count++] = candidates.rows[candidates.count - 1]!
    candidates.count = unseen.count
  }
  expect(isRefuted(keepsTheAllowed(hasty))).toBe(true)
})
