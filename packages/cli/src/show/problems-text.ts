/**
 * What is wrong with the input, a line per problem: where, what was found, what was expected.
 */
import { pathOf, type BadDocument } from '@stowage/kernel'

const most = 20

/** What does not come about where the input is bad, by the command. */
export type Undone = 'planned' | 'explained' | 'listed' | 'answered' | 'compared'

export const problemsText = (problems: readonly BadDocument[], undone: Undone): string => {
  const lines = problems.slice(0, most).map(({ from, at, found, expected }) => {
    const path = at.length === 0 ? '' : `${pathOf(at)}: `
    return `  ${from}: ${path}found ${found}, expected ${expected}`
  })
  const more = problems.length > most ? [`  and ${problems.length - most} more`] : []
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`
  return [`stowage: ${count} in the input, so nothing was ${undone}`, ...lines, ...more].join('\n')
}
