/**
 * Defines the types and codecs of the disks of former in-tree volume plugins, such as
 * `awsElasticBlockStore`. A pod's volume and a PersistentVolume have the same fields for such a
 * disk.
 */
import { flag, optional, record, text, type Codec } from '@stowage/documents'

/** The fields that name such a disk; a volume sets at most one of them. */
export interface Disks {
  readonly gcePersistentDisk:
    | { readonly pdName: string; readonly readOnly: boolean | undefined }
    | undefined
  readonly awsElasticBlockStore: { readonly volumeID: string } | undefined
  readonly azureDisk: { readonly diskURI: string } | undefined
  readonly cinder: { readonly volumeID: string } | undefined
  readonly portworxVolume: { readonly volumeID: string } | undefined
}

/** The codec of each field of `Disks`. */
export const disks: { readonly [K in keyof Disks]: Codec<Disks[K]> } = {
  gcePersistentDisk: optional(record('an object', { pdName: text, readOnly: optional(flag) })),
  awsElasticBlockStore: optional(record('an object', { volumeID: text })),
  azureDisk: optional(record('an object', { diskURI: text })),
  cinder: optional(record('an object', { volumeID: text })),
  portworxVolume: optional(record('an object', { volumeID: text })),
}
