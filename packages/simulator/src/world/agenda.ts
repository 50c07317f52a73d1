/**
 * Holds what is going to happen, by time: happenings change the world, reports are facts on their
 * way to the orchestrator. Of one instant happenings come first, then reports, each in the order in
 * which they were put in.
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

/** The entries, the next one last. */
export type Agenda = Entry[]

/** Puts an entry in. */
export const putEntry = (agenda: Agenda, entry: Entry): void => {
  let i = agenda.length
  while (i > 0 && isEarlier(agenda[i - 1]!, entry)) i--
  agenda.splice(i, 0, entry)
}

/** Whether an entry comes before one that is put in later. */
const isEarlier = (entry: Entry, added: Entry): boolean =>
  entry.at < added.at || (entry.at === added.at && ('happening' in entry || 'report' in added))

/** Takes out the next entry when it is a happening of that instant. */
export const takeHappening = (agenda: Agenda, at: Instant): HappeningEntry | undefined => {
  const last = agenda.at(-1)
  if (last?.at !== at || !('happening' in last)) return undefined
  agenda.pop()
  return last
}

/** Takes out the reports of that instant, when no happening is left before them. */
export const takeReports = (agenda: Agenda, at: Instant): readonly ReportEntry[] => {
  const reports: ReportEntry[] = []
  for (let last = agenda.at(-1); last?.at === at && 'report' in last; last = agenda.at(-1)) {
    reports.push(last)
    agenda.pop()
  }
  return reports
}
