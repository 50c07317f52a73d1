/**
 * Implements the event queue of the simulation, ordered by time. An entry is either a change of the
 * simulated cluster (a happening), or an event on its way to the orchestrator (a report). At one
 * instant, happenings precede reports; each kind is first in, first out.
 */
import type { Instant, ReplicaId, StepEvent } from '@stowage/kernel'

/** A node as the event of its joining describes it. */
export interface NodeDescription {
  readonly node: unknown
  readonly pool?: string
}

/** Something that will happen in the world, if what it is about is still there then. */
export type Happening =
  | { readonly _tag: 'Start'; readonly replica: ReplicaId }
  | { readonly _tag: 'End'; readonly replica: ReplicaId; readonly because?: string }
  /** The node dies, unless it left since: `life` counts how often it joined. */
  | { readonly _tag: 'Death'; readonly name: string; readonly life: number }
  | { readonly _tag: 'Arrival'; readonly name: string; readonly description: NodeDescription }
  | { readonly _tag: 'Departure'; readonly name: string }
  /** The timeout of an order that was lost. */
  | { readonly _tag: 'Timeout'; readonly order: number; readonly because: string }

/** One entry; `isFaulty` when something had to go wrong for it to happen. */
export type Entry = { readonly at: Instant; readonly isFaulty: boolean } & (
  | { readonly happening: Happening }
  /** With `ofReplica` it is only reported while the replica has not ended. */
  | { readonly report: StepEvent; readonly ofReplica?: ReplicaId }
)
export type HappeningEntry = Extract<Entry, { readonly happening: Happening }>
export type ReportEntry = Extract<Entry, { readonly report: StepEvent }>

/** The entries of one instant; `taken` counts the happenings that were taken out. */
interface Slot {
  readonly happenings: HappeningEntry[]
  taken: number
  reports: ReportEntry[]
}

/** The entries by instant, and the instants, the next one last. */
export interface Agenda {
  readonly instants: Instant[]
  readonly slots: Map<Instant, Slot>
}

/** Nothing is going to happen. */
export const emptyAgenda = (): Agenda => ({ instants: [], slots: new Map() })

/** A copy to be changed. */
export const copyAgenda = ({ instants, slots }: Agenda): Agenda => ({
  instants: [...instants],
  slots: new Map(
    [...slots].map(([at, { happenings, taken, reports }]) => [
      at,
      { happenings: [...happenings], taken, reports: [...reports] },
    ]),
  ),
})

/** The next instant at which something happens. */
export const nextEntryAt = ({ instants }: Agenda): Instant | undefined => instants.at(-1)

/** Puts an entry in. */
export const putEntry = (agenda: Agenda, entry: Entry): void => {
  const slot = agenda.slots.get(entry.at) ?? openSlot(agenda, entry.at)
  if ('happening' in entry) slot.happenings.push(entry)
  else slot.reports.push(entry)
}

const openSlot = ({ instants, slots }: Agenda, at: Instant): Slot => {
  const slot: Slot = { happenings: [], taken: 0, reports: [] }
  slots.set(at, slot)
  let [low, high] = [0, instants.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (instants[middle]! > at) low = middle + 1
    else high = middle
  }
  instants.splice(low, 0, at)
  return slot
}

/** Takes out the next entry when it is a happening of that instant. */
export const takeHappening = (agenda: Agenda, at: Instant): HappeningEntry | undefined => {
  if (nextEntryAt(agenda) !== at) return undefined
  const slot = agenda.slots.get(at)!
  const next = slot.happenings[slot.taken]
  if (next !== undefined) slot.taken++
  dropEmpty(agenda, at, slot)
  return next
}

/** Takes out the reports of that instant, when no happening is left before them. */
export const takeReports = (agenda: Agenda, at: Instant): readonly ReportEntry[] => {
  const slot = agenda.slots.get(at)
  if (nextEntryAt(agenda) !== at || slot === undefined) return []
  if (slot.taken < slot.happenings.length) return []
  const { reports } = slot
  slot.reports = []
  dropEmpty(agenda, at, slot)
  return reports
}

const dropEmpty = ({ instants, slots }: Agenda, at: Instant, slot: Slot): void => {
  if (slot.taken < slot.happenings.length || slot.reports.length > 0) return
  slots.delete(at)
  instants.pop()
}
