/**
 * Finds the platforms (Kubernetes or Amazon ECS) to which documents may belong, before the code of
 * any platform is loaded. Each loaded platform decides which documents are its own.
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
