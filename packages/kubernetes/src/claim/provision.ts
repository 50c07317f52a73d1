/**
 * Builds the volume that the provisioner of a StorageClass will create for a claim. With immediate
 * binding, the StorageClass alone determines which nodes reach the volume: the nodes in its allowed
 * topologies, or all nodes if it lists none.
 *
 * Source: Kubernetes documentation, "Storage Classes" (provisioner, volume binding mode, allowed
 * topologies) and "Dynamic Volume Provisioning".
 */
import * as E from 'fp-ts/lib/Either.js'
import { driverOf } from '../surroundings/migrated.js'
import { classNameOf, type Storage } from '../surroundings/storage.js'
import { selectsAll } from '../words/label-selector.js'
import type {
  ClaimReference,
  ClaimSpec,
  PersistentVolume,
  PersistentVolumeClaim,
} from '../words/persistent-volume.js'
import type { StorageClass } from '../words/storage.js'

/** In-tree plugins that still provision, as CSI drivers took them over. */
const migratedProvisioners: readonly string[] = [
  'kubernetes.io/aws-ebs',
  'kubernetes.io/azure-disk',
  'kubernetes.io/azure-file',
  'kubernetes.io/cinder',
  'kubernetes.io/gce-pd',
  'kubernetes.io/portworx-volume',
  'kubernetes.io/vsphere-volume',
]

/** Why no volume is made for a claim. */
export type WhyNotProvisioned =
  /** `isExplicit`: the claim asks for the empty class, so it does not get the default one. */
  | { readonly _tag: 'NoClass'; readonly isExplicit: boolean }
  | { readonly _tag: 'UnknownClass'; readonly className: string }
  | { readonly _tag: 'NoProvisioner'; readonly className: string }
  | { readonly _tag: 'SelectorNotProvisioned'; readonly className: string }

/** The volume of this name that is made for a claim, or why none is. */
export const provisionFor = (
  claim: PersistentVolumeClaim,
  { classes }: Pick<Storage, 'classes'>,
  name: string,
  claimRef: ClaimReference,
): E.Either<WhyNotProvisioned, PersistentVolume> => {
  const className = classNameOf(claim)
  const { selector, storageClassName } = claim.spec
  if (className === '')
    return E.left({ _tag: 'NoClass', isExplicit: storageClassName !== undefined })
  const known = classes.get(className)
  if (known === undefined) return E.left({ _tag: 'UnknownClass', className })
  if (!provisions(known)) return E.left({ _tag: 'NoProvisioner', className })
  if (selector !== undefined && !selectsAll(selector))
    return E.left({ _tag: 'SelectorNotProvisioned', className })
  return E.right(provisionedVolume(name, known, claim.spec, claimRef))
}

/** Whether the class's provisioner makes volumes; `kubernetes.io/no-provisioner` makes none. */
const provisions = ({ provisioner }: StorageClass): boolean =>
  provisioner !== '' &&
  (!provisioner.startsWith('kubernetes.io/') || migratedProvisioners.includes(provisioner))

/** The volume that a provisioner makes for a claim, reserved for it and not bound yet. */
const provisionedVolume = (
  name: string,
  { metadata, provisioner, allowedTopologies }: StorageClass,
  { accessModes, resources, volumeMode, volumeAttributesClassName }: ClaimSpec,
  claimRef: ClaimReference,
): PersistentVolume => {
  const terms = allowedTopologies
    .filter(({ matchLabelExpressions }) => matchLabelExpressions.length > 0)
    .map(({ matchLabelExpressions }) => ({
      matchExpressions: matchLabelExpressions.map((one) => ({ ...one, operator: 'In' as const })),
      matchFields: [],
    }))
  const driver = driverOf(provisioner)?.driver
  return {
    metadata: {
      ...{ name, namespace: undefined, uid: undefined, labels: new Map() },
      ...{ annotations: new Map(), creationTimestamp: undefined },
      ...{ deletionTimestamp: undefined, ownerReferences: [] },
    },
    spec: {
      ...{ accessModes, claimRef, volumeMode, volumeAttributesClassName },
      capacity: resources?.requests ?? new Map(),
      storageClassName: metadata.name,
      nodeAffinity:
        allowedTopologies.length === 0 ? undefined : { required: { nodeSelectorTerms: terms } },
      csi: driver === undefined ? undefined : { driver, volumeHandle: name },
      ...{ gcePersistentDisk: undefined, awsElasticBlockStore: undefined, azureDisk: undefined },
      ...{ cinder: undefined, portworxVolume: undefined },
    },
    status: { phase: 'Available' },
  }
}
