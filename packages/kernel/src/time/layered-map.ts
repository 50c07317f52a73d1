/**
 * Implements a persistent (immutable) map: a change of a map with n entries copies about √n of them
 * and keeps every earlier version usable. A map is a base, which versions share, and an overlay of
 * changes, which each version copies.
 */

interface Layers<Key, Value> {
  readonly base: ReadonlyMap<Key, Value>
  /** Changed entries; `undefined` marks an entry of the base that was removed. */
  readonly over: ReadonlyMap<Key, Value | undefined>
}

interface LayeredMap<Key, Value> extends ReadonlyMap<Key, Value> {
  readonly layers: Layers<Key, Value>
}

/** The new value of a key; `undefined` removes the key. */
export type MapChange<Key, Value> = readonly [key: Key, value: Value | undefined]

/**
 * Returns the map after the changes. The given map does not change.
 *
 * An overlay of more than 4√n entries is merged into the overlay that the base itself has; when
 * that exceeds n/8 entries, everything is copied into a new base without overlay. Iteration has the
 * order of a `Map` that is copied as a whole and then changed.
 */
export const withChanges = <Key, Value>(
  map: ReadonlyMap<Key, Value>,
  changes: readonly MapChange<Key, Value>[],
): ReadonlyMap<Key, Value> => {
  // So many changes would have everything copied in the end.
  if (changes.length * middleShare > map.size) return copyWithChanges(map, changes)
  const { base, over } = layersOf(map)
  const next = new Map(over)
  let { size } = map
  for (const [key, value] of changes) {
    const isIn = next.has(key) ? next.get(key) !== undefined : base.has(key)
    // A removed key that comes back is the last entry, which the layers cannot express.
    if (value !== undefined && !isIn && base.has(key)) return copyWithChanges(map, changes)
    if (value !== undefined || base.has(key)) next.set(key, value)
    else next.delete(key)
    size += Number(value !== undefined) - Number(isIn)
  }
  if (next.size * next.size <= foldedFrom * base.size) return layeredMap({ base, over: next }, size)
  const { base: bottom, over: middle } = layersOf(base)
  const merged = mergedOverlay(bottom, middle, next)
  return merged === undefined || merged.size * middleShare > bottom.size
    ? copyWithChanges(map, changes)
    : layeredMap({ base: layeredMap({ base: bottom, over: merged }, size), over: new Map() }, size)
}

/**
 * The overlay is merged when it is larger than 4 times the root of the size of the base. The copies
 * of overlays then cost about as much as the occasional copy of everything.
 */
const foldedFrom = 16

/** The overlay of the base may be so small a part of it; larger, it costs as much as a copy. */
const middleShare = 8

/** Both overlays as one; `undefined` when a removed key comes back, which one cannot express. */
const mergedOverlay = <Key, Value>(
  base: ReadonlyMap<Key, Value>,
  over: ReadonlyMap<Key, Value | undefined>,
  changes: ReadonlyMap<Key, Value | undefined>,
): ReadonlyMap<Key, Value | undefined> | undefined => {
  const merged = new Map(over)
  for (const [key, value] of changes) {
    const isBase = base.has(key)
    if (isBase && value !== undefined && over.has(key) && over.get(key) === undefined)
      return undefined
    if (isBase || value !== undefined) merged.set(key, value)
    else merged.delete(key)
  }
  return merged
}

const layersOf = <Key, Value>(map: ReadonlyMap<Key, Value>): Layers<Key, Value> =>
  'layers' in map ? (map as LayeredMap<Key, Value>).layers : { base: map, over: new Map() }

const copyWithChanges = <Key, Value>(
  map: ReadonlyMap<Key, Value>,
  changes: readonly MapChange<Key, Value>[],
): ReadonlyMap<Key, Value> => {
  const { base, over } = layersOf(map)
  const all = new Map<Key, Value>()
  const put = (value: Value | undefined, key: Key): void => {
    if (value === undefined) all.delete(key)
    else all.set(key, value)
  }
  // Unlike an iterator, `forEach` makes no object for each entry.
  base.forEach(put)
  over.forEach(put)
  for (const [key, value] of changes) put(value, key)
  return all
}

const layeredMap = <Key, Value>(
  layers: Layers<Key, Value>,
  size: number,
): LayeredMap<Key, Value> => {
  const { base, over } = layers
  const entries = function* (): Generator<[Key, Value], undefined> {
    for (const [key, before] of base) {
      const value = over.has(key) ? over.get(key) : before
      if (value !== undefined) yield [key, value]
    }
    for (const [key, value] of over) if (value !== undefined && !base.has(key)) yield [key, value]
    return undefined
  }
  const map: LayeredMap<Key, Value> = {
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
