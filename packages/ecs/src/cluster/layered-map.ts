/**
 * Maps that change a little at a time while every version of them stays usable: what is new lies
 * over a map that many versions share, and that alone is copied, until it has grown so much that
 * the two are made one. With n entries a change then copies some √n of them, not all.
 *
 * Entries come in the order in which a map that was copied whole would have them.
 */

interface Layers<Value> {
  readonly base: ReadonlyMap<string, Value>
  /** Nothing stands for an entry of the base that is gone. */
  readonly over: ReadonlyMap<string, Value | undefined>
}

interface Layered<Value> extends ReadonlyMap<string, Value> {
  readonly layers: Layers<Value>
}

export type Change<Value> = readonly [key: string, value: Value | undefined]

/** The map with these values; a key that is given none is taken out. */
export const withChanges = <Value>(
  map: ReadonlyMap<string, Value>,
  changes: readonly Change<Value>[],
): ReadonlyMap<string, Value> => {
  const { base, over } = layersOf(map)
  const next = new Map(over)
  let { size } = map
  for (const [key, value] of changes) {
    const isIn = next.has(key) ? next.get(key) !== undefined : base.has(key)
    // What was taken out and comes back stands last, which the layers could not say.
    if (value !== undefined && !isIn && base.has(key)) return copied(map, changes)
    if (value !== undefined || base.has(key)) next.set(key, value)
    else next.delete(key)
    size += Number(value !== undefined) - Number(isIn)
  }
  return next.size * next.size > foldedFrom * base.size
    ? copied(map, changes)
    : layered({ base, over: next }, size)
}

/**
 * Copying what lies over and, once in a while, everything cost the same when it is folded at four
 * times the root of the base's size.
 */
const foldedFrom = 16

const layersOf = <Value>(map: ReadonlyMap<string, Value>): Layers<Value> =>
  'layers' in map ? (map as Layered<Value>).layers : { base: map, over: new Map() }

const copied = <Value>(
  map: ReadonlyMap<string, Value>,
  changes: readonly Change<Value>[],
): ReadonlyMap<string, Value> => {
  const { base, over } = layersOf(map)
  const all = new Map(base)
  for (const [key, value] of [...over, ...changes])
    if (value === undefined) all.delete(key)
    else all.set(key, value)
  return all
}

const layered = <Value>(layers: Layers<Value>, size: number): Layered<Value> => {
  const { base, over } = layers
  const entries = function* (): Generator<[string, Value], undefined> {
    for (const [key, before] of base) {
      const value = over.has(key) ? over.get(key) : before
      if (value !== undefined) yield [key, value]
    }
    for (const [key, value] of over) if (value !== undefined && !base.has(key)) yield [key, value]
    return undefined
  }
  const map: Layered<Value> = {
    layers,
    size,
    get: (key) => (over.has(key) ? over.get(key) : base.get(key)),
    has: (key) => (over.has(key) ? over.get(key) !== undefined : base.has(key)),
    forEach: (each) => {
      for (const [key, value] of entries()) each(value, key, map)
    },
    entries,
    *keys() {
      for (const [key] of entries()) yield key
      return undefined
    },
    *values() {
      for (const [, value] of entries()) yield value
      return undefined
    },
    [Symbol.iterator]: entries,
  }
  return map
}
