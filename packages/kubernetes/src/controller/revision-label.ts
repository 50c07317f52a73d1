/** Finds the label by which the pods of a StatefulSet or a DaemonSet say their version. */
import type { PodSlot, SlottedRecord } from '../memory/memory.js'

/** The key of the label. */
export const revisionLabelKey = 'controller-revision-hash'

/** The label of the version of a template that a pod has. */
export const revisionLabel = (
  { revisions = [] }: Pick<SlottedRecord, 'revisions'>,
  { text }: Pick<PodSlot, 'text'>,
): string =>
  text.startsWith('label ')
    ? text.slice('label '.length)
    : (revisions.find((one) => one.text === text)?.label ?? '')
