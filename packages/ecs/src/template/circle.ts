/**
 * Finds cycles of references, such as conditions of a CloudFormation template that refer to each
 * other.
 */

/** For each name, the names that it refers to. */
export type Names = ReadonlyMap<string, ReadonlySet<string>>

/** So many cycles are told of: each may have every name, and there may be one for each name. */
const circlesMax = 20

/**
 * At most one cycle for each name where the depth-first search closes one, as a path that starts
 * and ends there; the first twenty of them. The search is iterative, so that a long chain cannot
 * overflow the stack.
 */
export const circles = (names: Names): readonly (readonly string[])[] => {
  const done = new Set<string>()
  const found = new Map<string, readonly string[]>()
  for (const start of names.keys()) {
    if (done.has(start)) continue
    const walked = [start]
    /** For each name on the current path, the references not followed yet. */
    const open = new Map([[start, leftOf(names, start)]])
    for (let top = walked.at(-1); top !== undefined; top = walked.at(-1)) {
      const next = open.get(top)!.pop()
      if (next === undefined) {
        done.add(top)
        open.delete(top)
        walked.pop()
      } else if (open.has(next)) {
        if (found.size < circlesMax && !found.has(next))
          found.set(next, [...walked.slice(walked.indexOf(next)), next])
      } else if (names.has(next) && !done.has(next)) {
        open.set(next, leftOf(names, next))
        walked.push(next)
      }
    }
  }
  return [...found.values()]
}

const leftOf = (names: Names, name: string): string[] => [...(names.get(name) ?? [])].reverse()
