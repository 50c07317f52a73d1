/**
 * Runs an automaton over a text, for the expression *Pattern* (the value of an attribute matches a
 * pattern). It advances all states together, one code point at a time (Thompson's simulation). Time
 * is at most program length times text length.
 */
import { instruction, type Program } from '../rule/program.js'

/** A cached `accepts`. Answers are kept as long as the program lives, at most 65,536 of them. */
export const acceptorOf = (program: Program): ((text: string) => boolean) => {
  const cache = cacheOf(program)
  return (text) => {
    const answer = cache.get(text)
    if (answer !== undefined) return answer
    if (cache.size >= cacheMax) cache.clear()
    const found = accepts(program, text)
    cache.set(text, found)
    return found
  }
}

/** The answers of a program. They are the same in every cluster, as programs are never changed. */
const cacheOf = (program: Program): Map<string, boolean> => {
  const cache = caches.get(program) ?? new Map<string, boolean>()
  caches.set(program, cache)
  return cache
}

const caches = new WeakMap<Program, Map<string, boolean>>()
const cacheMax = 65_536

/** True when a program that `pattern` made accepts the whole text. */
export const accepts = (program: Program, text: string): boolean => {
  const points = Array.from(text, (character) => character.codePointAt(0)!)
  let states = epsilonClosure(program, [0], 0, points.length)
  for (const [i, point] of points.entries()) {
    const next = states
      .filter((state) => program[state] === instruction.take && takes(program, state, point))
      .map((state) => state + 2 + 2 * program[state + 1]!)
    states = epsilonClosure(program, next, i + 1, points.length)
  }
  return states.some((state) => program[state] === instruction.end)
}

/** The instructions that read or accept, reachable without reading a code point. */
const epsilonClosure = (
  program: Program,
  from: readonly number[],
  position: number,
  end: number,
): readonly number[] => {
  const found: number[] = []
  const seen = new Set<number>()
  const open = [...from]
  while (open.length > 0) {
    const state = open.pop()!
    if (seen.has(state)) continue
    seen.add(state)
    switch (program[state]) {
      case instruction.go:
        open.push(state + program[state + 1]!)
        break
      case instruction.fork:
        open.push(state + program[state + 1]!, state + program[state + 2]!)
        break
      case instruction.atStart:
        if (position === 0) open.push(state + 1)
        break
      case instruction.atEnd:
        if (position === end) open.push(state + 1)
        break
      default:
        found.push(state)
    }
  }
  return found
}

const takes = (program: Program, state: number, point: number): boolean => {
  const ranges = program[state + 1]!
  for (let at = state + 2; at < state + 2 + 2 * ranges; at += 2)
    if (point >= program[at]! && point <= program[at + 1]!) return true
  return false
}
