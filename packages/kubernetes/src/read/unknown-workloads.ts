/**
 * Finds objects of unknown kinds of which something makes pods, as these pods are not planned. Such
 * an object holds containers, as custom resources with a pod template do, or else says how many
 * replicas there are, what they request, or which nodes they may have.
 */
import { isObject, own, type SourceDocument } from '@stowage/documents'
import { pathOf } from '@stowage/kernel'
import type { Metadata } from '../words/metadata.js'
import type { KubernetesObject } from '../words/object.js'
import type { KubernetesWarning } from '../words/warning.js'
import { fullName, titleOf } from '../workload/workload.js'

/**
 * A warning for each object that shows pods and is not among the objects that were read, unless
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

/** Kinds that make no pods by themselves: the schema of a definition names all their fields. */
const podless: readonly string[] = ['PodTemplate', 'CustomResourceDefinition']

const warningOf = (from: string, item: unknown): readonly KubernetesWarning[] => {
  const kind = isObject(item) ? own(item, 'kind') : undefined
  if (!isObject(item) || typeof kind !== 'string' || podless.includes(kind)) return []
  const path = pathTo(isContainers, item, depthMax) ?? pathTo(isOfPods, item, depthMax)
  if (path === undefined) return []
  return [
    {
      code: 'WorkloadKindUnknown',
      from,
      subject: titleOf({ kind, name: nameOf(item) }),
      text: 'its kind is not known: pods that are made of it are not planned',
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

/** Whether a field shows that there are pods. */
type Sign = (step: string | number, value: unknown) => boolean

/** The path of the first field that is such a sign; what an object is like now is none. */
const pathTo = (
  isSign: Sign,
  value: unknown,
  depth: number,
): readonly (string | number)[] | undefined => {
  if (depth === 0 || typeof value !== 'object' || value === null) return undefined
  const steps: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((inner: unknown, i) => [i, inner] as const)
    : Object.entries(value).filter(([name]) => name !== 'status')
  for (const [step, inner] of steps) {
    if (isSign(step, inner)) return [step]
    const path = pathTo(isSign, inner, depth - 1)
    if (path !== undefined) return [step, ...path]
  }
  return undefined
}

/** A list of containers, or one container with an image. */
const isContainers: Sign = (step, value) =>
  (step === 'containers' && isListOfObjects(value)) ||
  (step === 'container' && isObject(value) && typeof own(value, 'image') === 'string')

/** A count, or what a pod template has beside its containers. */
const isOfPods: Sign = (step, value) => {
  switch (step) {
    case 'replicas':
    case 'instances':
    case 'numberOfInstances':
    case 'count':
    case 'minReplicaCount':
      return typeof value === 'number' && value > 0
    case 'tolerations':
      return isListOfObjects(value)
    case 'nodeSelector':
      return isObject(value) && Object.values(value).some((each) => typeof each === 'string')
    case 'affinity':
      return hasSome(value, ['nodeAffinity', 'podAffinity', 'podAntiAffinity'])
    case 'resources':
      return ['requests', 'limits'].some(
        (name) => isObject(value) && hasSome(own(value, name), ['cpu', 'memory']),
      )
    default:
      return false
  }
}

const isListOfObjects = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every(isObject)

const hasSome = (value: unknown, names: readonly string[]): boolean =>
  isObject(value) && names.some((name) => Object.hasOwn(value, name))
