/**
 * Defines the types and codecs of PersistentVolumes, and of the PersistentVolumeClaims through
 * which pods use these volumes.
 */
import {
  codecOf,
  dictionary,
  listOrEmpty,
  optional,
  record,
  text,
  type Codec,
} from '@stowage/documents'
import { disks, type Disks } from './disk.js'
import { LabelSelector } from './label-selector.js'
import { AnnotatedMetadata } from './metadata.js'
import { NodeSelector } from './node-selector.js'
import { parseQuantity, type Quantity } from './quantity.js'
import { texts } from './label.js'

/**
 * A storage size. It has no upper bound, unlike the amounts of a node, because file systems may
 * report a size larger than any node.
 */
export const Size: Codec<Quantity> = codecOf('a quantity of 0 or more, such as 10Gi', (value) => {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const quantity = parseQuantity(String(value))
  return quantity === undefined || quantity < 0n ? undefined : quantity
})

/** What a claim requires of a volume. */
export interface ClaimSpec {
  readonly accessModes: readonly string[]
  readonly selector: LabelSelector | undefined
  readonly resources: { readonly requests: ReadonlyMap<string, Quantity> } | undefined
  readonly volumeName: string | undefined
  readonly storageClassName: string | undefined
  readonly volumeMode: string | undefined
  readonly volumeAttributesClassName: string | undefined
}
export const ClaimSpec: Codec<ClaimSpec> = record<ClaimSpec>('an object', {
  accessModes: listOrEmpty(text),
  selector: optional(LabelSelector),
  resources: optional(record('an object', { requests: dictionary(Size) })),
  volumeName: optional(text),
  storageClassName: optional(text),
  volumeMode: optional(text),
  volumeAttributesClassName: optional(text),
})

/** The template of an ephemeral volume's claim, which has no name yet. */
export interface ClaimTemplate {
  readonly metadata: { readonly annotations: ReadonlyMap<string, string> } | undefined
  readonly spec: ClaimSpec
}
export const ClaimTemplate: Codec<ClaimTemplate> = record<ClaimTemplate>('an object', {
  metadata: optional(record('an object', { annotations: texts })),
  spec: ClaimSpec,
})

/** A claim with its binding phase. */
export interface PersistentVolumeClaim {
  readonly metadata: AnnotatedMetadata
  readonly spec: ClaimSpec
  readonly status: { readonly phase: string | undefined } | undefined
}
export const PersistentVolumeClaim: Codec<PersistentVolumeClaim> = record<PersistentVolumeClaim>(
  'an object',
  {
    metadata: AnnotatedMetadata,
    spec: ClaimSpec,
    status: optional(record('an object', { phase: optional(text) })),
  },
)

/** The claim for which a volume is reserved, by its name, and by its uid when that is set. */
export interface ClaimReference {
  readonly namespace: string | undefined
  readonly name: string | undefined
  readonly uid: string | undefined
}

/** What a volume offers, and the nodes that can reach it. */
export interface VolumeSpec extends Disks {
  readonly accessModes: readonly string[]
  readonly capacity: ReadonlyMap<string, Quantity>
  readonly claimRef: ClaimReference | undefined
  readonly storageClassName: string | undefined
  readonly volumeMode: string | undefined
  readonly volumeAttributesClassName: string | undefined
  readonly nodeAffinity: { readonly required: NodeSelector | undefined } | undefined
  readonly csi: { readonly driver: string; readonly volumeHandle: string | undefined } | undefined
}
const claimReference: Codec<ClaimReference> = record<ClaimReference>('an object', {
  namespace: optional(text),
  name: optional(text),
  uid: optional(text),
})
const VolumeSpec: Codec<VolumeSpec> = record<VolumeSpec>('an object', {
  accessModes: listOrEmpty(text),
  capacity: dictionary(Size),
  claimRef: optional(claimReference),
  storageClassName: optional(text),
  volumeMode: optional(text),
  volumeAttributesClassName: optional(text),
  nodeAffinity: optional(record('an object', { required: optional(NodeSelector) })),
  csi: optional(record('an object', { driver: text, volumeHandle: optional(text) })),
  ...disks,
})

/** A volume with its binding phase. */
export interface PersistentVolume {
  readonly metadata: AnnotatedMetadata
  readonly spec: VolumeSpec
  readonly status: { readonly phase: string | undefined } | undefined
}
export const PersistentVolume: Codec<PersistentVolume> = record<PersistentVolume>('an object', {
  metadata: AnnotatedMetadata,
  spec: VolumeSpec,
  status: optional(record('an object', { phase: optional(text) })),
})
