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
  const { accessModes: modes = [], storageClassName = '' } = spec
  const storage = spec.resources?.requests?.['storage']
  const where = [...at, 'resources', 'requests', 'storage']
  const field = [...at, 'resources', { key: 'storage' }]
  return [
    ...unless(modes.length > 0, [...at, 'accessModes'], spec.accessModes, 'an access mode'),
    ...wrongSelector(spec.selector, [...at, 'selector']),
    ...modes.flatMap((mode, i) =>
      unlessOneOf(accessModes, mode, [...at, 'accessModes', i], [...at, 'accessModes']),
    ),
    ...unless(
      !modes.includes('ReadWriteOncePod') || modes.every((mode) => mode === 'ReadWriteOncePod'),
      [...at, 'accessModes'],
      modes,
      'ReadWriteOncePod alone',
    ),
    ...(storage === undefined
      ? [cause(where, undefined, 'a request of storage', field)]
      : unless(quantityOf(storage) > 0n, where, storage, 'a quantity above 0', field)),
    ...(storageClassName === ''
      ? []
      : unlessDnsSubdomain(storageClassName, [...at, 'storageClassName'])),
    ...unlessOneOf(['Block', 'Filesystem'], spec.volumeMode, [...at, 'volumeMode']),
  ]
}
