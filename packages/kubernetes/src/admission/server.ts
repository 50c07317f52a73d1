/**
 * Simulates an API server that stores objects in memory. It decodes, admits and stores each
 * submitted object, or refuses it. If an object of the same kind, namespace and name is stored, the
 * submitted object is merged into it.
 */
import type { Path } from '@stowage/documents'
import { isObject } from '@stowage/documents'
import { pathOf, type MalformedValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { causesIn, jobLabels } from '../object-rule/validate.js'
import { decodeShape } from '../wire/decode.js'
import { withDefaults } from '../wire/defaults.js'
import { mergePatch } from '../wire/json.js'
import type { WireJobSpec, WireObject, WirePod } from '../wire/objects.js'
import { admitObject, defaultOptions, type AdmissionOptions } from './admit.js'
import { admissionCluster, namespaceIn } from './cluster.js'
import { admittedVersions, isAdmittedKind } from './kind.js'
import { withDefaultTolerations } from './tolerations.js'
import { withinQuotas, type QuotaUsage } from './quota.js'
import { badRequest, forbiddenObject, invalidObject, type AdmissionRefusal } from './refusal.js'
import { wrongUpdate } from './update.js'

/** What the server does with fields that do not exist: refuses them, or drops them. */
export type FieldValidation = 'Strict' | 'Warn' | 'Ignore'

/** What is stored, and what is used of quotas. */
interface ApiServer {
  readonly stored: ReadonlyMap<string, WireObject>
  readonly used: QuotaUsage
  readonly options: AdmissionOptions
}

/** A server that stores nothing yet. */
const openApiServer = (options: AdmissionOptions): ApiServer => ({
  stored: new Map(),
  used: new Map(),
  options,
})

/** The answer to one object, and the server after it. */
interface Submission {
  readonly answer: E.Either<AdmissionRefusal, WireObject>
  readonly isUpdate: boolean
  readonly server: ApiServer
}

/** One object to submit, as JSON parses it. */
interface SubmittedObject {
  readonly value: unknown
  /** The paths of keys that its text has twice, of which a parser keeps the last value. */
  readonly repeated?: readonly Path[]
}

/**
 * Submits objects in order to a new server, and returns its answer to each: the object as it is
 * stored, with its defaults and what admission added, or the refusal, with the code, the message
 * and, for an invalid object, the field of each cause. An object of a kind, namespace and name that
 * is stored already is merged into it. Kinds that are not known are refused with code 400.
 *
 * Source: Kubernetes documentation, "Admission Controllers", and the API conventions.
 */
export const submitObjects = (
  objects: readonly SubmittedObject[],
  validation: FieldValidation = 'Strict',
  options: AdmissionOptions = defaultOptions,
): readonly Pick<Submission, 'answer' | 'isUpdate'>[] => {
  let server = openApiServer(options)
  return objects.map(({ value, repeated = [] }) => {
    const { server: after, ...answered } = submitObject(server, value, validation, repeated)
    server = after
    return answered
  })
}

const submitObject = (
  server: ApiServer,
  value: unknown,
  validation: FieldValidation,
  repeated: readonly Path[],
): Submission => {
  const key = objectKey(value)
  const before = server.stored.get(key)
  const isUpdate = before !== undefined
  const decoded = decodeObject(value, before, validation, repeated)
  if (E.isLeft(decoded)) return { answer: decoded, isUpdate, server }
  const object = withJobLabels(withName(decoded.right), before)
  const answer = isUpdate ? updateObject(server, object, before) : createObject(server, object)
  if (E.isLeft(answer)) return { answer, isUpdate, server }
  const { stored, used } = answer.right
  const after = { ...server, used, stored: new Map([...server.stored, [key, stored]]) }
  return { answer: E.right(stored), isUpdate, server: after }
}

const objectKey = (value: unknown): string => {
  const object = (isObject(value) ? value : {}) as Partial<WireObject>
  return `${object.kind ?? ''} ${namespaceIn(object)}/${object.metadata?.name ?? ''}`
}

/** Decodes an object, merged into the one that is stored, and fills in its defaults. */
const decodeObject = (
  value: unknown,
  before: WireObject | undefined,
  validation: FieldValidation,
  repeated: readonly Path[],
): E.Either<AdmissionRefusal, WireObject> => {
  const { kind = '', apiVersion = '' } = (isObject(value) ? value : {}) as Partial<WireObject>
  if (!isAdmittedKind(kind) || admittedVersions[kind] !== apiVersion)
    return E.left(badRequest(kind, apiVersion, 'no such kind is known'))
  const merged = before === undefined ? value : mergePatch(before, value)
  const { value: object, malformed, unknown } = decodeShape(merged)
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1)
  const [first] = malformed
  if (first !== undefined) return E.left(badRequest(kind, version, malformedText(first)))
  if (unknown.length + repeated.length > 0 && validation === 'Strict')
    return E.left(badRequest(kind, version, strictText(unknown, repeated)))
  return E.right(withDefaults(object as WireObject))
}

const malformedText = ({ at, found, expected }: MalformedValue): string =>
  `${pathOf(at)}: found ${found}, expected ${expected}`

const strictText = (unknown: readonly Path[], repeated: readonly Path[]): string =>
  `strict decoding error: ${[
    ...repeated.map((at) => `duplicate field "${pathOf(at)}"`),
    ...unknown.map((at) => `unknown field "${pathOf(at)}"`),
  ].join(', ')}`

/** A LimitRange without a name gets one. */
const withName = (object: WireObject): WireObject =>
  object.kind === 'LimitRange' && (object.metadata?.name ?? '') === ''
    ? { ...object, metadata: { ...object.metadata, name: 'generated' } }
    : object

/** A Job gets labels and a selector of its own, unless it is to keep those that it has. */
const withJobLabels = (object: WireObject, before: WireObject | undefined): WireObject => {
  const spec = (object.spec ?? {}) as WireJobSpec
  if (object.kind !== 'Job' || before !== undefined || spec.manualSelector === true) return object
  const identified = { ...object, metadata: { ...object.metadata, uid: 'UID' } }
  const labels = jobLabels(identified.metadata.name ?? '', 'UID')
  const { template = {}, selector } = spec
  const templateLabels = { ...template.metadata?.labels, ...labels }
  return {
    ...identified,
    spec: {
      ...spec,
      selector: {
        ...selector,
        matchLabels: { 'batch.kubernetes.io/controller-uid': 'UID', ...selector?.matchLabels },
      },
      template: {
        ...template,
        metadata: { ...template.metadata, labels: templateLabels },
      },
    },
  }
}

interface StoredObject {
  readonly stored: WireObject
  readonly used: QuotaUsage
}

const createObject = (
  { stored, used, options }: ApiServer,
  object: WireObject,
): E.Either<AdmissionRefusal, StoredObject> => {
  const cluster = admissionCluster([...stored.values()])
  const admitted = admitObject(object, cluster, options)
  if (E.isLeft(admitted)) return admitted
  const counted = withinQuotas(admitted.right, cluster, used)
  return E.isLeft(counted)
    ? E.left(forbiddenObject(object, counted.left))
    : E.right({ stored: admitted.right, used: counted.right })
}

/** On an update most plugins look away; quotas do not count again. */
const updateObject = (
  { used, options }: ApiServer,
  object: WireObject,
  before: WireObject,
): E.Either<AdmissionRefusal, StoredObject> => {
  const changed =
    object.kind === 'Pod'
      ? E.getOrElse<string, WirePod>(() => object as WirePod)(
          withDefaultTolerations(object as WirePod, admissionCluster([])),
        )
      : object
  const causes = [...causesIn(changed, options.gates), ...wrongUpdate(changed, before)]
  return causes.length > 0
    ? E.left(invalidObject(changed, causes))
    : E.right({ stored: changed, used })
}
