/**
 * Defines the type and codec of a pod's volumes: claims, ephemeral claims, images, and disks that
 * the pod names directly.
 */
import { flag, isObject, listOrEmpty, optional, record, text, type Codec } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as t from 'io-ts'
import { disks, type Disks } from './disk.js'
import { ClaimTemplate } from './persistent-volume.js'

/** One volume; the field that is set says which kind it is. */
export interface Volume extends VolumeFields {
  /** The name of that field, such as `hostPath`; a volume without one is an `emptyDir`. */
  readonly source: string | undefined
}

/** The fields of a volume that scheduling reads. */
interface VolumeFields extends Disks {
  readonly name: string | undefined
  readonly image: { readonly reference: string | undefined } | undefined
  readonly emptyDir: { readonly medium: string | undefined } | undefined
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

const VolumeFields: Codec<VolumeFields> = record<VolumeFields>('an object', {
  name: optional(text),
  image: optional(record('an object', { reference: optional(text) })),
  emptyDir: optional(record('an object', { medium: optional(text) })),
  persistentVolumeClaim: optional(record('an object', { claimName: text })),
  ephemeral: optional(record('an object', { volumeClaimTemplate: optional(ClaimTemplate) })),
  iscsi: optional(record('an object', { iqn: text, readOnly: optional(flag) })),
  rbd: optional(
    record('an object', {
      monitors: listOrEmpty(text),
      pool: optional(text),
      image: text,
      readOnly: optional(flag),
    }),
  ),
  ...disks,
})

export const Volume: Codec<Volume> = new t.Type<Volume, unknown>(
  VolumeFields.name,
  (value): value is Volume => VolumeFields.is(value),
  (value, context) =>
    pipe(
      VolumeFields.validate(value, context),
      E.map((volume): Volume => ({ ...volume, source: sourceOf(value) })),
    ),
  t.identity,
)

/** The first field beside `name` that is set, among them those that scheduling does not read. */
const sourceOf = (volume: unknown): string | undefined =>
  isObject(volume)
    ? Object.entries(volume).find(
        ([key, value]) => key !== 'name' && value !== undefined && value !== null,
      )?.[0]
    : undefined
