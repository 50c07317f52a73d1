/**
 * Type and codec of a pod's volumes: claims, ephemeral claims, images, and disks that the pod names
 * directly.
 */
import { flag, listOrEmpty, optional, text, type Codec } from '@stowage/documents'
import * as t from 'io-ts'
import { disks, type Disks } from './disk.js'
import { ClaimTemplate } from './persistent-volume.js'

/** One volume; the field that is set says which kind it is. */
export interface Volume extends Disks {
  readonly name: string | undefined
  readonly image: { readonly reference: string | undefined } | undefined
  readonly persistentVolumeClaim: { readonly claimName: string } | undefined
  /** A controller creates this claim for the pod, under the name `pod-volume`. */
  readonly ephemeral: { readonly volumeClaimTemplate: ClaimTemplate | undefined } | undefined
  readonly iscsi: { readonly iqn: string; readonly readOnly: boolean | undefined } | undefined
  readonly rbd:
    | {
        readonly monitors: readonly string[]
        readonly pool: string | undefined
        readonly image: string
        readonly readOnly: boolean | undefined
      }
    | undefined
}

export const Volume: Codec<Volume> = t.type(
  {
    name: optional(text),
    image: optional(t.type({ reference: optional(text) }, 'an object')),
    persistentVolumeClaim: optional(t.type({ claimName: text }, 'an object')),
    ephemeral: optional(t.type({ volumeClaimTemplate: optional(ClaimTemplate) }, 'an object')),
    iscsi: optional(t.type({ iqn: text, readOnly: optional(flag) }, 'an object')),
    rbd: optional(
      t.type(
        {
          monitors: listOrEmpty(text),
          pool: optional(text),
          image: text,
          readOnly: optional(flag),
        },
        'an object',
      ),
    ),
    ...disks,
  },
  'an object',
)
