/**
 * Validates the spec of a PersistentVolume: its capacity, its access modes, its source and the
 * nodes that reach it. The claim for which it is reserved is not checked.
 *
 * Source: Kubernetes API reference, PersistentVolumeSpec.
 */
import type { WireVolumeSpec } from '../wire/objects.js'
import { cause, unless, unlessOneOf, type Cause, type Place } from '../validation/cause.js'
import { wrongAccessModes } from '../validation/claim.js'
import { unlessDnsSubdomain } from '../validation/name.js'
import { wrongNodeTerms } from '../validation/node-affinity.js'
import { quantityOf } from '../validation/resources.js'
import { wrongVolumeSource } from './volume-source.js'

/** Errors in a volume's spec. */
export const wrongVolumeSpec = (spec: WireVolumeSpec, at: Place): readonly Cause[] => {
  const { storageClassName = '', nodeAffinity, local, hostPath } = spec
  const { persistentVolumeReclaimPolicy: policy } = spec
  const isRoot = hostPath?.path !== undefined && isRootPath(hostPath.path)
  return [
    ...wrongAccessModes(spec.accessModes, [...at, 'accessModes']),
    ...wrongCapacity(spec, [...at, 'capacity']),
    ...unlessOneOf(['Delete', 'Recycle', 'Retain'], policy, [
      ...at,
      'persistentVolumeReclaimPolicy',
    ]),
    ...wrongReach(spec, [...at, 'nodeAffinity']),
    ...wrongVolumeSource(spec, at),
    ...unless(
      local === undefined || nodeAffinity !== undefined,
      [...at, 'nodeAffinity'],
      undefined,
      'the nodes that have the local volume',
    ),
    ...unless(
      !isRoot || policy !== 'Recycle',
      [...at, 'persistentVolumeReclaimPolicy'],
      policy,
      'another policy, as Recycle would empty the root of a node',
    ),
    ...(storageClassName === ''
      ? []
      : unlessDnsSubdomain(storageClassName, [...at, 'storageClassName'])),
    ...unlessOneOf(['Block', 'Filesystem'], spec.volumeMode, [...at, 'volumeMode']),
    ...wrongAttributesClass(spec, at),
  ]
}

/** A volume states its storage and nothing else. */
const wrongCapacity = ({ capacity = {} }: WireVolumeSpec, at: Place): readonly Cause[] => [
  ...unless(
    Object.keys(capacity).length === 1 && capacity['storage'] !== undefined,
    at,
    capacity,
    'an amount of storage alone',
  ),
  ...Object.entries(capacity).flatMap(([name, text]) =>
    unless(quantityOf(text) > 0n, [...at, { key: name }], text, 'a quantity above 0'),
  ),
]

const wrongReach = ({ nodeAffinity }: WireVolumeSpec, at: Place): readonly Cause[] => {
  if (nodeAffinity === undefined) return []
  const { required } = nodeAffinity
  return required === undefined
    ? [cause([...at, 'required'], undefined, 'terms that select nodes')]
    : wrongNodeTerms(required.nodeSelectorTerms ?? [], [...at, 'required', 'nodeSelectorTerms'])
}

const wrongAttributesClass = (
  { volumeAttributesClassName: name, csi }: WireVolumeSpec,
  at: Place,
): readonly Cause[] => {
  if (name === undefined) return []
  const where = [...at, 'volumeAttributesClassName']
  return [
    ...(name === '' ? [cause(where, name, 'a name')] : unlessDnsSubdomain(name, where)),
    ...unless(csi !== undefined, [...at, 'csi'], undefined, 'a source of CSI'),
  ]
}

/** Whether a path is that of the root once its steps are taken. */
const isRootPath = (path: string): boolean =>
  path.startsWith('/') &&
  path.split('/').reduce((depth, step) => {
    if (step === '' || step === '.') return depth
    return step === '..' ? Math.max(0, depth - 1) : depth + 1
  }, 0) === 0
