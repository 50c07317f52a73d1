/**
 * Looks up the time zones that the input names, such as `timeZone: Europe/Zurich`, in the time zone
 * database of the host. Returns for each zone a table of its UTC offsets, with the instants from
 * which they hold. The planners take these tables as data and know no zone but UTC themselves.
 */
import { instant } from '@stowage/kernel'
import type { AutoscaleInput } from '@stowage/workbench'

type Zones = AutoscaleInput['zones']
type Zone = Zones extends ReadonlyMap<string, infer MapValue> ? MapValue : never

const hour = 3_600_000
const day = 24 * hour
/** The years 2000 to 2050. */
const [first, last] = [946_684_800_000, 2_524_608_000_000]

/** The zones that texts name as Timezone or timeZone; one unknown to the host is left out. */
export const timeZonesIn = (texts: readonly string[]): Zones => {
  const names = texts.flatMap((text) =>
    [...text.matchAll(/["']?[Tt]ime[Zz]one["']?\s*:\s*["']?([A-Za-z0-9_+/-]+)/g)].map(
      ([, name]) => name!,
    ),
  )
  return new Map(
    [...new Set(names)].flatMap((name) => {
      const zone = timeZoneOf(name)
      return zone === undefined ? [] : [[name, zone] as const]
    }),
  )
}

/** The table of a zone: looks once a day, and then for the hour of a change. */
const timeZoneOf = (name: string): Zone | undefined => {
  const aheadAt = offsetsOf(name)
  if (aheadAt === undefined) return undefined
  const offsets: [ReturnType<typeof instant>, number][] = [[instant(0), aheadAt(first)]]
  for (let at = first; at < last; at += day) {
    const [before, after] = [aheadAt(at), aheadAt(at + day)]
    if (before === after) continue
    let [low, high] = [at, at + day]
    while (high - low > hour / 4) {
      const middle = (low + high) / 2
      if (aheadAt(middle) === before) low = middle
      else high = middle
    }
    // Clocks change at a full quarter of an hour.
    offsets.push([instant(Math.round(high / (hour / 4)) * (hour / 4)), after])
  }
  return { name, offsets }
}

/** How far the clocks of a zone are ahead of UTC; `undefined` for a zone that is not known. */
const offsetsOf = (timeZone: string): ((at: number) => number) | undefined => {
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
  } catch {
    return undefined
  }
  return (at) => {
    const [, sign, hours, minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(format.format(at)) ?? []
    const size = (Number(hours ?? 0) * 60 + Number(minutes)) * 60_000
    return sign === '-' ? -size : size
  }
}
