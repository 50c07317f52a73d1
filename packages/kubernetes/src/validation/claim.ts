/**
 * Validates the spec of a PersistentVolumeClaim as the API server does.
 *
 * Source: Kubernetes API reference, PersistentVolumeClaimSpec.
 */
import type { WireClaimSpec } from '../wire/objects.js'
import { cause, unless, unlessOneOf, type Cause, type Place } from './cause.js'
import { unlessDnsSubdomain } from './name.js'
import { quantityOf } from './resources.js'
import { wrongSelector } from './selector.js'

const accessModes = ['ReadOnlyMany', 'ReadWriteMany', 'ReadWriteOnce', 'ReadWriteOncePod']

/** Errors in a claim's spec. */
export const wrongClaimSpec = (spec: WireClaimSpec, at: Place): readonly Cause[] => {
  const { storageClassName = '' } = spec
  const storage = spec.resources?.requests?.['storage']
  const where = [...at, 'resources', 'requests', 'storage']
  const field = [...at, 'resources', { key: 'storage' }]
  return [
    ...wrongAccessModes(spec.accessModes, [...at, 'accessModes']),
    ...wrongSelector(spec.selector, [...at, 'selector']),
    ...(storage === undefined
      ? [cause(where, undefined, 'a request of storage', field)]
      : unless(quantityOf(storage) > 0n, where, storage, 'a quantity above 0', field)),
    ...(storageClassName === ''
      ? []
      : unlessDnsSubdomain(storageClassName, [...at, 'storageClassName'])),
    ...unlessOneOf(['Block', 'Filesystem'], spec.volumeMode, [...at, 'volumeMode']),
  ]
}

/** Errors in the access modes of a claim or a volume. */
export const wrongAccessModes = (
  found: readonly string[] | undefined,
  at: Place,
): readonly Cause[] => {
  const modes = found ?? []
  return [
    ...unless(modes.length > 0, at, found, 'an access mode'),
    ...modes.flatMap((mode, i) => unlessOneOf(accessModes, mode, [...at, i], at)),
    ...unless(
      !modes.includes('ReadWriteOncePod') || modes.every((mode) => mode === 'ReadWriteOncePod'),
      at,
      modes,
      'ReadWriteOncePod alone',
    ),
  ]
}
