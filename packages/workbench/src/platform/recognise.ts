/**
 * Finds the platforms to which documents may belong, before any platform is loaded: this file needs
 * only little of the code that reads or plans documents. A loaded platform then recognises its own
 * documents itself.
 */
import type { SourceDocument } from '@stowage/documents'
import { isEcs, isTemplate } from '@stowage/ecs'
import { platformIds, type Platform } from './platform.js'

/** The platforms that may recognise a document, in the order of answers. */
export const platformsNamedIn = (
  documents: readonly SourceDocument[],
): readonly Platform['id'][] => {
  const isOfEcs = ({ value }: SourceDocument): boolean => isTemplate(value) || isEcs(value)
  const mayBe: Readonly<Record<Platform['id'], boolean>> = {
    kubernetes: documents.some((one) => hasKind(one.value) || !isOfEcs(one)),
    ecs: documents.some(isOfEcs),
  }
  return platformIds.filter((id) => mayBe[id])
}

const hasKind = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'kind' in value
