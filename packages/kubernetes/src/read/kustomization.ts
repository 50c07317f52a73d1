/**
 * Warns of kustomizations among the input documents, because they are not built. The files beside
 * them are read as they are, so a plan lacks what a kustomization adds or changes.
 */
import type { DocumentFault, IgnoredDocument, SourceDocument } from '@stowage/documents'
import { kustomizationFields } from '../schema/kustomization.js'
import type { KubernetesWarning } from '../words/warning.js'

/** Whether a document is a kustomization. */
export const isKustomization = ({ value }: SourceDocument): boolean =>
  kustomizationFields(value) !== undefined

const remedy = 'kubectl kustomize FOLDER | stowage plan -'

/** A warning for each kustomization, with what it would add or change. */
export const kustomizationWarnings = (
  kustomizations: readonly SourceDocument[],
): readonly KubernetesWarning[] =>
  kustomizations.map(({ from, value }) => ({
    code: 'KustomizationNotBuilt',
    from,
    subject: from,
    text: `a kustomization is not built, so what it adds or changes is not planned: ${remedy}`,
    detail: (kustomizationFields(value) ?? []).join(', '),
  }))

/**
 * The fault to add to others, as files for Kustomize, such as patches, are no objects; none without
 * others.
 */
export const kustomizationFaults = (
  kustomizations: readonly SourceDocument[],
  others: readonly DocumentFault[],
): readonly DocumentFault[] => {
  const [first] = kustomizations
  if (first === undefined || others.length === 0) return []
  const { from } = first
  const expected = `objects: build it first, as in ${remedy}`
  return [{ from, at: [], found: 'a kustomization, which may change these files', expected }]
}

/** What is left of kustomizations in a plan. */
export const ignoredKustomizations = (
  kustomizations: readonly SourceDocument[],
): readonly IgnoredDocument[] => kustomizations.map(({ from }) => ({ from, kind: 'Kustomization' }))
