/**
 * Defines a time zone as data: a name, such as `Europe/Zurich`, and a table of its UTC offsets with
 * the instants from which they hold. The caller supplies the table; this package has only that of
 * UTC. Also looks up the offset at an instant.
 */
import { instant, type Instant } from '@stowage/kernel'

/** A time zone: what its clocks are ahead of UTC, in milliseconds, from each instant on. */
export interface TimeZone {
  /** The name of the IANA database, such as `Europe/Zurich`. */
  readonly name: string
  /** In the order of time; the first holds for everything before, too. */
  readonly offsets: readonly (readonly [from: Instant, ahead: number])[]
}

/** The zone without transitions. */
export const utc: TimeZone = { name: 'UTC', offsets: [[instant(0), 0]] }

/** By how many milliseconds the clocks are ahead of UTC at an instant. */
export const aheadAt = ({ offsets }: TimeZone, at: Instant): number => {
  let [[, ahead] = [at, 0]] = offsets
  for (const [from, next] of offsets) if (from <= at) ahead = next
  return ahead
}
