/**
 * Recognises a kustomization, the file that tells Kustomize which manifests to combine and what to
 * change in them. Only Kustomize can compute the resulting objects, so a plan cannot use such a
 * file.
 *
 * Source: Kubernetes documentation, "Declarative Management of Kubernetes Objects Using Kustomize".
 */
import { isObject, own } from '@stowage/documents'

/** The fields that change objects or add some, so that a plan without them is another one. */
const changingFields: readonly string[] = [
  ...['bases', 'components', 'resources', 'helmCharts', 'helmChartInflationGenerator'],
  ...['namespace', 'namePrefix', 'nameSuffix', 'commonLabels', 'labels', 'replicas'],
  ...['patches', 'patchesJson6902', 'patchesStrategicMerge', 'replacements', 'transformers'],
]

/** The fields of a kustomization that have a say in a plan; `undefined` for anything else. */
export const kustomizationFields = (value: unknown): readonly string[] | undefined =>
  isObject(value) && (hasOwnKind(value) || isUntyped(value))
    ? changingFields.filter((name) => Object.hasOwn(value, name))
    : undefined

const hasOwnKind = (value: object): boolean => {
  const apiVersion = own(value, 'apiVersion')
  return (
    typeof apiVersion === 'string' &&
    apiVersion.startsWith('kustomize.config.k8s.io/') &&
    ['Kustomization', 'Component'].includes(own(value, 'kind') as string)
  )
}

/** A kustomization may leave out its kind; then it lists files. */
const isUntyped = (value: object): boolean =>
  !Object.hasOwn(value, 'kind') &&
  !Object.hasOwn(value, 'apiVersion') &&
  ['resources', 'bases', 'components'].some((name) => {
    const files = own(value, name)
    return (
      Array.isArray(files) && files.length > 0 && files.every((each) => typeof each === 'string')
    )
  })
