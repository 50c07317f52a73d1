/**
 * Deletes ControllerRevisions of StatefulSets and DaemonSets beyond the history limit, the oldest
 * first. Revisions that pods use stay. If a workload is deleted but its pods stay, its revisions
 * stay for the next workload that adopts them.
 *
 * Source: Kubernetes documentation, "ControllerRevision" and "StatefulSets" (revision history).
 */
import { slottedIn, slottedPods, type MemoryEdit } from '../memory/edit.js'
import type { OrphanRevision, SlottedRecord, TemplateRevision } from '../memory/memory.js'
import { revisionLabel } from './revision-label.js'

/** Forgets the versions beyond the limit. */
export const clearRevisions = (edit: MemoryEdit, title: string): void => {
  const record = slottedIn(edit, title)!
  const { revisions = [], revisionHistoryLimit, template, current, ordinals } = record
  if (revisionHistoryLimit === undefined || revisions.length <= revisionHistoryLimit) return
  const labels = new Set([
    revisionLabel(record, template),
    ...(ordinals === undefined ? [] : [revisionLabel(record, current)]),
    ...slottedPods(edit, record).map(([, { slot }]) => revisionLabel(record, slot!)),
    ...[...record.waiting.values()].map((slot) => revisionLabel(record, slot)),
  ])
  const isUsed = ({ label }: TemplateRevision): boolean => labels.has(label)
  const unused = revisions.filter((one) => !isUsed(one))
  const counted = ordinals === undefined ? revisions.length - 1 : unused.length
  const gone = unused.slice(0, Math.max(0, counted - revisionHistoryLimit))
  if (gone.length === 0) return
  edit.slotted.set(title, { ...record, revisions: revisions.filter((one) => !gone.includes(one)) })
  edit.writes++
}

/** The name of the ControllerRevision of a version. */
export const revisionName = (
  { name, namespace, ordinals }: Pick<SlottedRecord, 'name' | 'namespace' | 'ordinals'>,
  { label }: Pick<TemplateRevision, 'label'>,
): string => (ordinals === undefined ? `${name.slice(namespace.length + 1)}-${label}` : label)

/** Leaves the versions of a workload behind. */
export const orphanRevisions = (edit: MemoryEdit, record: SlottedRecord): void => {
  const { namespace, template, title, revisions = [] } = record
  for (const revision of revisions) {
    const name = `${namespace}/${revisionName(record, revision)}`
    const orphan: OrphanRevision = {
      ...{ ...revision, name, namespace, kind: title.slice(0, title.indexOf(' ')) },
      labels: template.labels,
    }
    edit.orphans.set(name, orphan)
  }
}
