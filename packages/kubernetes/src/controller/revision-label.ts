/**
 * Finds the value of the label `controller-revision-hash` of a pod of a StatefulSet or a DaemonSet:
 * the hash of the template that the pod was made from.
 */
import type { PodSlot, SlottedRecord } from '../memory/memory.js'

/** The key of the label. */
export const revisionLabelKey = 'controller-revision-hash'

/** The label of the version of a template that a pod has. */
export const revisionLabel = (
  { revisions = [] }: Pick<SlottedRecord, 'revisions'>,
  { text }: Pick<PodSlot, 'text'>,
): string =>
  /^(label|revision) /.test(text)
    ? text.slice(text.indexOf(' ') + 1)
    : (revisions.find((one) => one.text === text)?.label ?? '')
