/**
 * Lists the kinds of Kubernetes objects that are read (such as Deployments), each with its readers
 * and its fields, for the page `docs/fields.md`.
 */
import { apiKinds, decodeByKind, type Kind } from '../../packages/kubernetes/src/words/object.js'
import { admissionCluster } from '../../packages/kubernetes/src/admission/cluster.js'
import { admitObject, defaultOptions } from '../../packages/kubernetes/src/admission/admit.js'
import { withinQuotas } from '../../packages/kubernetes/src/admission/quota.js'
import { schemaFields } from '../../packages/kubernetes/src/schema/fields.js'
import { typeOfKind } from '../../packages/kubernetes/src/schema/table.js'
import {
  notHonouredInPod,
  notHonouredInTemplate,
} from '../../packages/kubernetes/src/workload/not-honoured.js'
import type { WireObject } from '../../packages/kubernetes/src/wire/objects.js'
import { readKubernetes } from '@stowage/kubernetes'
import type { DocumentKind, DocumentKinds } from './page.js'
import type { Reader, TypeFields } from './specimen.js'

const fieldsOf: TypeFields = (type) =>
  new Map([...schemaFields(type)].map(([name, field]) => [name, field.type]))

const resources = { requests: { cpu: '1' }, limits: { cpu: '2' } }
const container = { name: 'a', image: 'a', resources }
const metadata = { name: 'a', namespace: 'a' }

/** Objects that admission judges by the classes, limits and quotas named `a`. */
const judged = [
  ...[{}, { runtimeClassName: 'a' }].map((spec) => ({
    ...{ apiVersion: 'v1', kind: 'Pod', metadata },
    spec: { ...spec, containers: [container] },
  })),
  {
    ...{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata },
    spec: { resources: { requests: { storage: '1Gi' } } },
  },
] as readonly WireObject[]

/** Admits objects beside the document; what is no valid value of a field may make it throw. */
const admitBeside: Reader = (document) => {
  for (const object of judged)
    try {
      const cluster = admissionCluster([document as WireObject])
      admitObject(object, cluster, defaultOptions)
      withinQuotas(object, cluster, new Map())
    } catch {
      // Looked up is what was looked up before.
    }
}

/** What admission reads as it was written, with values without which it would not look further. */
const readByAdmission: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>> = {
  LimitRange: ['Container', 'Pod', 'PersistentVolumeClaim'].flatMap((type) => [
    { 'spec.limits.type': type },
    {
      'spec.limits.type': type,
      ...{ 'spec.limits.default': undefined, 'spec.limits.defaultRequest': undefined },
    },
  ]),
  ResourceQuota: [{}, { 'spec.hard': { pods: '9' } }],
  RuntimeClass: [{}],
}

const kindOf = (apiKind: string): DocumentKind => {
  const [apiVersion = '', kind = ''] = apiKind.split(' ')
  const fixed = { apiVersion, kind }
  const byAdmission = (readByAdmission[kind] ?? []).map((values) => ({
    read: admitBeside,
    fixed: { ...fixed, metadata, ...values },
  }))
  return {
    name: kind,
    type: typeOfKind[apiKind]!,
    readers: [
      { read: (raw) => decodeByKind(kind as Kind, raw), fixed },
      { read: (value) => readKubernetes([{ from: 'a', value }]), fixed },
      ...byAdmission,
    ],
  }
}

const warnedOf = [...schemaFields('PodSpec').keys()].filter(
  (field) =>
    notHonouredInPod({ [field]: 'a' }).length + notHonouredInTemplate({ [field]: 'a' }).length > 0,
)

/** The kinds of Kubernetes, in the order in which they are declared. */
export const kubernetesKinds: DocumentKinds = {
  kinds: apiKinds.map(kindOf),
  fieldsOf,
  forms: new Map(),
  warnings: new Map([['PodSpec', warnedOf]]),
}
