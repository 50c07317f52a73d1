/**
 * Property: every version of a persistent map has the same entries as a full copy that was made at
 * each change.
 */
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { withChanges, type MapChange } from './layered-map.js'

/** The slow twin. */
const copying: typeof withChanges = (map, changes) => {
  const all = new Map(map)
  for (const [key, value] of changes)
    if (value === undefined) all.delete(key)
    else all.set(key, value)
  return all
}

const anyChange: fc.Arbitrary<MapChange<string, number>> = fc.tuple(
  fc.nat(40).map(String),
  fc.option(fc.nat(9), { nil: undefined }),
)
const anyHistory = fc.array(
  fc.record({ from: fc.nat(), changes: fc.array(anyChange, { maxLength: 4 }) }),
  { maxLength: 40 },
)
const anyStart = fc
  .array(fc.tuple(fc.nat(40).map(String), fc.nat(9)), { maxLength: 60 })
  .map((entries) => new Map(entries))

/** All that can be asked of a map. */
const contentOf = (map: ReadonlyMap<string, number>) => {
  const each: unknown[] = []
  map.forEach((value, key, of) => each.push([key, value, of === map]))
  return {
    ...{ size: map.size, all: [...map], entries: [...map.entries()], each },
    ...{ keys: [...map.keys()], values: [...map.values()] },
    found: Array.from({ length: 42 }, (_, i) => [map.get(String(i)), map.has(String(i))]),
  }
}

/** Each version is made of any of those before it, and all of them are asked at the end. */
const agrees = (change: typeof withChanges, histories = fc.tuple(anyStart, anyHistory)) =>
  fc.property(histories, ([start, history]) => {
    const [versions, twins] = [[start], [start]] as [
      ReadonlyMap<string, number>[],
      ReadonlyMap<string, number>[],
    ]
    for (const { from, changes } of history) {
      const at = from % versions.length
      versions.push(change(versions[at]!, changes))
      twins.push(copying(twins[at]!, changes))
    }
    return JSON.stringify(versions.map(contentOf)) === JSON.stringify(twins.map(contentOf))
  })

it('is copying, whatever the history of its versions', () => {
  fc.assert(agrees(withChanges), { numRuns: 1000 })
})
/** A map of many entries, whose changes make all layers that there are. */
const large = new Map(Array.from({ length: 3000 }, (_, i) => [String(i), i]))
const anyLargeHistory = fc.tuple(
  fc.constant(large),
  fc.array(
    fc.record({
      from: fc.nat(),
      changes: fc.array(
        fc.tuple(
          fc.integer({ min: 2700, max: 3300 }).map(String),
          fc.option(fc.nat(9), { nil: undefined }),
        ),
        { maxLength: 140, minLength: 90 },
      ),
    }),
    { minLength: 4, maxLength: 12 },
  ),
)
it('is copying, with all layers', () => {
  fc.assert(agrees(withChanges, anyLargeHistory), { numRuns: 60 })
})
it('is refuted with all layers when a merge forgets what was taken out', () => {
  const forgetful: typeof withChanges = (map, changes) => {
    const next = withChanges(map, changes)
    const isMerged = 'layers' in next && 'layers' in (next.layers as { base: object }).base
    return isMerged ? new Map([...map, ...next]) : next
  }
  expect(isRefuted(agrees(forgetful, anyLargeHistory))).toBe(true)
})
it('is refuted when a version is changed in place', () => {
  const inPlace: typeof withChanges = (map, changes) => {
    for (const [key, value] of changes)
      if (value !== undefined) (map as unknown as Map<unknown, unknown>).set(key, value)
    return map
  }
  expect(isRefuted(agrees(inPlace))).toBe(true)
})
it('is refuted when what is taken out stays', () => {
  const hoarding: typeof withChanges = (map, changes) =>
    withChanges(
      map,
      changes.filter(([, value]) => value !== undefined),
    )
  expect(isRefuted(agrees(hoarding))).toBe(true)
})
it('is refuted when what comes back takes its old place', () => {
  const returning: typeof withChanges = (map, changes) => {
    const next = copying(map, changes)
    const order = new Map([...[...map.keys()].map((key) => [key, next.get(key)]), ...next] as never)
    return new Map([...order].filter(([key]) => next.has(key as never))) as never
  }
  expect(isRefuted(agrees(returning))).toBe(true)
})
it('shares what is large', () => {
  const tasks = new Map(Array.from({ length: 10_000 }, (_, i) => [`task-${i}`, i] as const))
  let [map, copies]: [ReadonlyMap<string, number>, number] = [tasks, 0]
  for (let i = 0; i < 1000; i++) {
    const next = withChanges(map, [[`new-${i}`, i]])
    copies += Number(next instanceof Map)
    map = next
  }
  expect([map.size, copies]).toEqual([11_000, 0])
  for (let i = 1000; i < 3000; i++) map = withChanges(map, [[`new-${i}`, i]])
  expect(map.size).toBe(13_000)
})
