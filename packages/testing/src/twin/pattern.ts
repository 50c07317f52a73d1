/**
 * Decides by backtracking whether a pattern program (a compiled regular expression) accepts a text.
 * This is the slow reference implementation (twin) of the kernel's `pattern`. It skips
 * (instruction, position) pairs that failed before.
 */
import type { Program } from '@stowage/kernel'

/** Whether a program accepts a text, as the kernel's `rule/pattern.ts` says. */
export const acceptsTwin = (program: Program, text: string): boolean => {
  const points = [...text].map((character) => character.codePointAt(0)!)
  const visited = new Set<string>()
  const leads = (at: number, position: number): boolean => {
    const place = `${at} ${position}`
    if (visited.has(place)) return false
    visited.add(place)
    const [code, a = 0, b = 0] = program.slice(at, at + 3)
    if (code === 0) return position === points.length
    if (code === 1) return leads(at + a, position)
    if (code === 2) return leads(at + a, position) || leads(at + b, position)
    if (code === 4) return position === 0 && leads(at + 1, position)
    if (code === 5) return position === points.length && leads(at + 1, position)
    const ranges = Array.from({ length: a }, (_, i) =>
      program.slice(at + 2 + 2 * i, at + 4 + 2 * i),
    )
    const point = points[position]
    return (
      point !== undefined &&
      ranges.some(([least, most]) => least! <= point && point <= most!) &&
      leads(at + 2 + 2 * a, position + 1)
    )
  }
  return leads(0, 0)
}
