/**
 * Finds the Kubernetes objects in a document, each with a key that identifies it (group, kind,
 * namespace and name), so that an object of a change can replace the object that the cluster has.
 * Lists, such as `kubectl get` prints, are searched item by item.
 *
 * How an object replaces another depends on where both come from. If an API server stored the old
 * object (it has a `uid` or a status, for example) and the new object is a manifest, the manifest
 * is merged into it as `kubectl apply` does: fields that the manifest leaves out stay. In all other
 * cases, the new object replaces the whole old one.
 */
import { isObject, own, type Path, type SourceDocument } from '@stowage/documents'
import { replaceObject } from '@stowage/kubernetes'
import * as E from 'fp-ts/lib/Either.js'
import type { RawObject, RawObjects } from './raw-object.js'

/** Every object of the name is replaced: one that is there twice, word for word, is one. */
export const kubernetesObjects: RawObjects = {
  objectsIn: (document) => objectsAt(document, document.value, [], undefined),
  replacedBy: (_, alike) => E.right(alike),
  inPlaceOf: ({ value }, { value: before }) => replaceObject(value, before).object,
  valueOfAll: (alike) => {
    // Equal objects are one; of more than two different ones, what is read says which contradict.
    const values = [...new Map(alike.map(({ value }) => [JSON.stringify(value), value])).values()]
    const [one, other] = values
    if (values.length !== 2) return undefined
    return appliedTo(one, other) ?? appliedTo(other, one)
  },
  keepsFile: () => false,
}

/** What a manifest makes of a stored object; `undefined` when it replaces the object. */
const appliedTo = (stored: unknown, manifest: unknown): unknown => {
  const { object } = replaceObject(manifest, stored)
  return object === manifest ? undefined : object
}

/** The version and the kind of the items of a typed list, which need not say them. */
interface ItemType {
  readonly apiVersion: string
  readonly kind: string
}

const objectsAt = (
  document: SourceDocument,
  value: unknown,
  at: Path,
  itemType: ItemType | undefined,
): readonly RawObject[] => {
  if (Array.isArray(value))
    return value.flatMap((item: unknown, i) => objectsAt(document, item, [...at, i], itemType))
  if (!isObject(value)) return [nameless(document, at, value)]
  const profile = own(value, 'fargateProfile')
  if (isObject(profile)) return [profileAt(document, at, value, profile)]
  const kind = textIn(value, 'kind') ?? itemType?.kind
  const apiVersion = textIn(value, 'apiVersion') ?? itemType?.apiVersion ?? ''
  const items = own(value, 'items')
  if (kind?.endsWith('List') === true && Array.isArray(items)) {
    const type = kind === 'List' ? undefined : { apiVersion, kind: kind.slice(0, -'List'.length) }
    return items.flatMap((item: unknown, i) => objectsAt(document, item, [...at, 'items', i], type))
  }
  if (kind === undefined) return [nameless(document, at, value)]
  if (kind === configurationKind)
    return [{ ...{ document, at, value }, title: kind, keys: [configurationKind] }]
  const metadata = own(value, 'metadata')
  const name = isObject(metadata) ? textIn(metadata, 'name') : undefined
  if (!isObject(metadata) || name === undefined) return [nameless(document, at, value, kind)]
  const namespace = textIn(metadata, 'namespace')
  const group = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : ''
  const title = `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`
  return [
    {
      ...{ document, at, value, title },
      keys: [[group, kind, namespace ?? 'default', name].join(' ')],
    },
  ]
}

/** There is one of them at most. */
const configurationKind = 'KubeSchedulerConfiguration'

const textIn = (value: object, key: string): string | undefined => {
  const text = own(value, key)
  return typeof text === 'string' && text !== '' ? text : undefined
}

const nameless = (
  document: SourceDocument,
  at: Path,
  value: unknown,
  title = 'an object',
): RawObject => ({
  ...{ document, at, value, title, keys: [] },
  lack: 'an object with kind and metadata.name, by which a change finds the one that it replaces',
})

const profileAt = (
  document: SourceDocument,
  at: Path,
  value: object,
  profile: object,
): RawObject => {
  const name = textIn(profile, 'fargateProfileName')
  return name === undefined
    ? nameless(document, at, value, 'a Fargate profile')
    : {
        ...{ document, at, value },
        title: `Fargate profile ${name}`,
        keys: [`Fargate profile ${name}`],
      }
}
