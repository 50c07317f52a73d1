/**
 * Formats faults of the input as text, one line for each: the file, the path in it, the AWS
 * exception if there is one, what was found, and what was expected.
 */
import { pathOf } from '@stowage/kernel'
import type { Faults } from '@stowage/workbench'

const faultsMax = 20

/** What a command does with good input. */
export type Undone =
  | 'planned'
  | 'provisioned'
  | 'explained'
  | 'listed'
  | 'answered'
  | 'compared'
  | 'counted'
  | 'rolled out'
  | 'drained'
  | 'consolidated'
  | 'replayed'
  | 'played'

/** At most 20 faults, and the number of others. */
export const faultsText = (faults: Faults, undone: Undone): string => {
  const lines = faults.slice(0, faultsMax).map(({ from, at, found, expected, exception }) => {
    const path = at.length === 0 ? '' : `${pathOf(at)}: `
    const thrown = exception === undefined ? '' : `${exception}: `
    return `  ${from}: ${path}${thrown}found ${found}, expected ${expected}`
  })
  const others = faults.length > faultsMax ? [`  and ${faults.length - faultsMax} more`] : []
  const count = faults.length === 1 ? '1 problem' : `${faults.length} problems`
  return [`stowage: ${count} in the input, so nothing was ${undone}`, ...lines, ...others].join(
    '\n',
  )
}
