/** Names that lead to themselves. */

/** Per name, those that it leads to. */
export type Names = ReadonlyMap<string, ReadonlySet<string>>

/**
 * Circles that are met, one at most from each name to itself. Walked without recursion, so that no
 * chain is too long.
 */
export const circles = (names: Names): readonly (readonly string[])[] => {
  const done = new Set<string>()
  const found = new Map<string, readonly string[]>()
  for (const start of names.keys()) {
    if (done.has(start)) continue
    const walked = [start]
    /** Of each that is walked through, those that were not followed yet. */
    const open = new Map([[start, leftOf(names, start)]])
    for (let top = walked.at(-1); top !== undefined; top = walked.at(-1)) {
      const next = open.get(top)!.pop()
      if (next === undefined) {
        done.add(top)
        open.delete(top)
        walked.pop()
      } else if (open.has(next)) {
        if (!found.has(next)) found.set(next, [...walked.slice(walked.indexOf(next)), next])
      } else if (names.has(next) && !done.has(next)) {
        open.set(next, leftOf(names, next))
        walked.push(next)
      }
    }
  }
  return [...found.values()]
}

const leftOf = (names: Names, name: string): string[] => [...(names.get(name) ?? [])].reverse()
