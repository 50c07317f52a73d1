/**
 * Finds objects of unknown kinds that hold containers, such as custom resources with a pod
 * template: something will make pods of them, and these pods are not planned.
 */
import { isObject, own, type SourceDocument } from '@stowage/documents'
import { pathOf } from '@stowage/kernel'
import type { Metadata } from '../words/metadata.js'
import type { KubernetesObject } from '../words/object.js'
import type { KubernetesWarning } from '../words/warning.js'
import { fullName, titleOf } from '../workload/workload.js'

/**
 * A warning for each object with containers that is not among the objects that were read, unless
 * one of these is owned by it and so stands for its pods.
 */
export const unknownWorkloads = (
  documents: readonly SourceDocument[],
  objects: readonly KubernetesObject[],
): readonly KubernetesWarning[] => {
  const known = new Set(objects.map(({ raw }) => raw))
  const owners = new Set(objects.flatMap(({ object: { metadata } }) => ownerTitles(metadata)))
  return documents.flatMap(({ from, value }) =>
    itemsIn(value)
      .filter((item) => !known.has(item))
      .flatMap((item) => warningOf(from, item))
      .filter(({ subject }) => !owners.has(subject)),
  )
}

const ownerTitles = ({ namespace, ownerReferences }: Metadata): readonly string[] =>
  ownerReferences.map(({ kind, name }) => titleOf({ kind, name: fullName({ namespace, name }) }))

/** The objects of a list of any depth. */
const itemsIn = (value: unknown): readonly unknown[] => {
  if (Array.isArray(value)) return value.flatMap(itemsIn)
  const items = isObject(value) ? own(value, 'items') : undefined
  return Array.isArray(items) ? items.flatMap(itemsIn) : [value]
}

/** A PodTemplate makes no pods by itself. */
const warningOf = (from: string, item: unknown): readonly KubernetesWarning[] => {
  const kind = isObject(item) ? own(item, 'kind') : undefined
  if (!isObject(item) || typeof kind !== 'string' || kind === 'PodTemplate') return []
  const path = containersIn(item, depthMax)
  if (path === undefined) return []
  return [
    {
      code: 'WorkloadKindUnknown',
      from,
      subject: titleOf({ kind, name: nameOf(item) }),
      text: 'its kind is not known: the pods that are made of it are not planned',
      detail: `it has ${pathOf(path)}`,
    },
  ]
}

const nameOf = (item: object): string => {
  const metadata = own(item, 'metadata')
  if (!isObject(metadata)) return ''
  const [name, namespace] = [own(metadata, 'name'), own(metadata, 'namespace')]
  return fullName({
    name: typeof name === 'string' ? name : '',
    namespace: typeof namespace === 'string' ? namespace : undefined,
  })
}

/** Deeper than any pod template of a known custom resource. */
const depthMax = 16

/** The path of the first list of containers, or of one container with an image. */
const containersIn = (value: unknown, depth: number): readonly (string | number)[] | undefined => {
  if (depth === 0 || typeof value !== 'object' || value === null) return undefined
  const steps: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((inner: unknown, i) => [i, inner] as const)
    : Object.entries(value)
  for (const [step, inner] of steps) {
    if (isContainers(step, inner)) return [step]
    const path = containersIn(inner, depth - 1)
    if (path !== undefined) return [step, ...path]
  }
  return undefined
}

const isContainers = (step: string | number, value: unknown): boolean =>
  (step === 'containers' && Array.isArray(value) && value.length > 0 && value.every(isObject)) ||
  (step === 'container' && isObject(value) && typeof own(value, 'image') === 'string')
