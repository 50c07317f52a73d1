/**
 * Warns of objects of unknown kinds for which an operator probably creates pods, because these pods
 * are not planned. Any of these signs suffices:
 * 1. The object has containers, or parts with images, as custom resources with a pod template have.
 * 2. It has fields that state a number of replicas, resource requests, or the nodes that pods may
 *    use.
 * 3. It is of a kind whose operator is known to run pods.
 */
import { isObject, own, type SourceDocument } from '@stowage/documents'
import { pathOf } from '@stowage/kernel'
import { gatewayControllers, operatorOf, type GatewayControllers } from './operator-kind.js'
import { itemsIn } from './items.js'
import { isScaledObject } from './scaled-object.js'
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
  const items = documents.flatMap(({ from, value }) =>
    itemsIn(value).map((item) => [from, item] as const),
  )
  const controllers = gatewayControllers(items.map(([, item]) => item))
  return items
    .filter(([, item]) => !known.has(item))
    .flatMap(([from, item]) => warningOf(from, item, controllers))
    .filter(({ subject }) => !owners.has(subject))
}

const ownerTitles = ({ namespace, ownerReferences }: Metadata): readonly string[] =>
  ownerReferences.map(({ kind, name }) => titleOf({ kind, name: fullName({ namespace, name }) }))

/** Kinds that make no pods by themselves: the schema of a definition names all their fields. */
const podless: readonly string[] = ['PodTemplate', 'CustomResourceDefinition']

const warningOf = (
  from: string,
  item: unknown,
  controllers: GatewayControllers,
): readonly KubernetesWarning[] => {
  const kind = isObject(item) ? own(item, 'kind') : undefined
  if (!isObject(item) || typeof kind !== 'string' || podless.includes(kind)) return []
  if (isScaledObject(item)) return []
  const path = pathTo(isContainers, item, depthMax) ?? pathTo(isOfPods, item, depthMax)
  const detail = path === undefined ? operatorOf(item, controllers) : `it has ${pathOf(path)}`
  if (detail === undefined) return []
  return [
    {
      code: 'WorkloadKindUnknown',
      from,
      subject: titleOf({ kind, name: nameOf(item) }),
      text: 'its kind is not known: pods that are made of it are not planned',
      detail,
    },
  ]
}

const nameOf = (item: object): string => {
  const metadata = own(item, 'metadata')
  if (!isObject(metadata)) return ''
  const [name, namespace] = [
    own(metadata, 'name') ?? own(metadata, 'generateName'),
    own(metadata, 'namespace'),
  ]
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

/** A list of containers or of steps that have a name and an image, or one container. */
const isContainers: Sign = (step, value) =>
  (step === 'containers' && isListOfObjects(value)) ||
  (step === 'container' && isObject(value) && holdsText(value, 'image')) ||
  (isListOfObjects(value) && value.some((one) => holdsText(one, 'name') && holdsText(one, 'image')))

const holdsText = (value: object, name: string): boolean => typeof own(value, name) === 'string'

/** How many members something has, such as `clusterSize`; a maximum alone starts none. */
const countName =
  /^(?!max)(?:count|size|clusterSize|.*(?:replicas|replicas?Count|instances|members|workers|nodes|servers|brokers|runners|shardsCount))$/i

/** Names of bounds, which are no requests. */
const boundName = /limit|hard|max|min|allowed|capacity|allocatable|quota/i

/** A count, or what a pod template has beside its containers. */
const isOfPods: Sign = (step, value) => {
  if (typeof value === 'number') return value > 0 && countName.test(String(step))
  switch (step) {
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
      return isMachine(step, value)
  }
}

/** What says both CPU and memory, as a virtual machine does. */
const isMachine: Sign = (step, value) =>
  isObject(value) &&
  ['cpu', 'memory'].every((name) => Object.hasOwn(value, name)) &&
  !boundName.test(String(step))

const isListOfObjects = (value: unknown): value is readonly object[] =>
  Array.isArray(value) && value.length > 0 && value.every(isObject)

const hasSome = (value: unknown, names: readonly string[]): boolean =>
  isObject(value) && names.some((name) => Object.hasOwn(value, name))
