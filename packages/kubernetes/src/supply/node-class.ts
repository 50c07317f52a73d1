/**
 * Defines the types and codecs of EC2NodeClasses, which are the AWS settings of NodePools, and
 * reads them from the input documents. Only two settings are used: those of the kubelet, and the
 * zones of the subnets, if the status lists them.
 *
 * Source: Karpenter documentation for AWS, "NodeClasses" (karpenter.k8s.aws/v1).
 */
import {
  codecOf,
  dictionary,
  listOrEmpty,
  optional,
  record,
  text,
  whole,
  type Codec,
  type DocumentFault,
  type SourceDocument,
} from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { readCustomObjects } from '../node-pool/custom-object.js'
import { AnnotatedMetadata } from '../words/metadata.js'
import { parseQuantity } from '../words/quantity.js'

const podLimit = whole('a whole number from 0 to 1000000', 0, 1_000_000)

const reservedText: Codec<string> = codecOf('a quantity, such as 500m or 1Gi', (value) => {
  const written = typeof value === 'number' ? String(value) : value
  return typeof written === 'string' && (parseQuantity(written) ?? -1n) >= 0n ? written : undefined
})

const signalText: Codec<string> = codecOf('a quantity or a share, such as 100Mi or 5%', (value) =>
  typeof value === 'string' && (/^\d+(\.\d+)?%$/.test(value) || (parseQuantity(value) ?? -1n) >= 0n)
    ? value
    : undefined,
)

/** Settings of a kubelet that decide what a node leaves to pods; quantities are texts. */
export interface KubeletSettings {
  readonly maxPods: number | undefined
  readonly podsPerCore: number | undefined
  readonly kubeReserved: ReadonlyMap<string, string>
  readonly systemReserved: ReadonlyMap<string, string>
  readonly evictionHard: ReadonlyMap<string, string>
}
const KubeletSettings: Codec<KubeletSettings> = record<KubeletSettings>('an object', {
  maxPods: optional(podLimit),
  podsPerCore: optional(podLimit),
  kubeReserved: dictionary(reservedText),
  systemReserved: dictionary(reservedText),
  evictionHard: dictionary(signalText),
})

/** What nodes of several NodePools have in common. */
export interface NodeClass {
  readonly metadata: AnnotatedMetadata
  readonly spec: {
    readonly kubelet: KubeletSettings | undefined
    readonly subnetSelectorTerms: readonly object[]
  }
  readonly status:
    | { readonly subnets: readonly { readonly id: string; readonly zone: string }[] }
    | undefined
}
const NodeClass: Codec<NodeClass> = record<NodeClass>('an object', {
  metadata: AnnotatedMetadata,
  spec: record('an object', {
    kubelet: optional(KubeletSettings),
    subnetSelectorTerms: listOrEmpty(record('an object', {})),
  }),
  status: optional(
    record('an object', { subnets: listOrEmpty(record('an object', { id: text, zone: text })) }),
  ),
})

/** The EC2NodeClasses of documents by name. */
export const readNodeClasses = (
  documents: readonly SourceDocument[],
): E.Either<readonly DocumentFault[], ReadonlyMap<string, NodeClass>> =>
  pipe(
    readCustomObjects(documents, {
      ...{ group: 'karpenter.k8s.aws', version: 'v1', kind: 'EC2NodeClass', codec: NodeClass },
    }),
    E.map((found) => new Map(found.map(({ value }) => [value.metadata.name, value]))),
  )
