/**
 * What is wrong with the input, a line per problem: where, what the platform's API throws for it,
 * what was found, what was expected.
 */
import { pathOf } from '@stowage/kernel'
import type { Problem } from '../vocabulary/vocabulary.js'

const most = 20

/** What does not come about where the input is bad, by the command. */
export type Undone = 'planned' | 'explained' | 'listed' | 'answered' | 'compared'

export const problemsText = (problems: readonly Problem[], undone: Undone): string => {
  const lines = problems.slice(0, most).map(({ from, at, found, expected, exception }) => {
    const path = at.length === 0 ? '' : `${pathOf(at)}: `
    const thrown = exception === undefined ? '' : `${exception}: `
    return `  ${from}: ${path}${thrown}found ${found}, expected ${expected}`
  })
  const more = problems.length > most ? [`  and ${problems.length - most} more`] : []
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`
  return [`stowage: ${count} in the input, so nothing was ${undone}`, ...lines, ...more].join('\n')
}
