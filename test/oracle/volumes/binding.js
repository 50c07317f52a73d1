/**
 * Defines scenarios (Kubernetes objects and pods to schedule) about PersistentVolumeClaims: which
 * volume an unbound claim gets, and what a bound claim requires of nodes.
 */
import {
  bound,
  claim,
  having,
  mounting,
  node,
  pod,
  reachedBy,
  scenario,
  storageClass,
  using,
  volume,
  without,
} from '../lowering/objects.js'

const zone = 'topology.kubernetes.io/zone'
const zoned = ['a', 'b'].map((name) => node(name, { labels: { zone: name, [zone]: name } }))
const inA = reachedBy(having('zone', 'a'))
const inB = reachedBy(having('zone', 'b'))

/** One pod that uses all claims, in their order. */
const wanting = (id, objects, rest) => {
  const claims = objects.filter(({ kind }) => kind === 'PersistentVolumeClaim')
  const uses = using(...claims.map(({ metadata }) => metadata.name))
  return scenario(id, [...zoned, ...objects, pod('p', uses)], rest)
}

const held = [bound('one', 'v1'), volume('v1', inA)]
const gone = bound('two', 'v2')
const bindings = [
  ['gone-last', [...held, gone]],
  ['gone-first', [gone, ...held]],
  ['gone-between', [...held, gone, bound('three', 'v3'), volume('v3', inB)]],
].map(([name, objects]) => wanting(`bound-${name}`, objects, without('VolumeZone')))

const local = storageClass('local')
const asking = (storage, accessModes = ['ReadWriteOnce']) => ({
  ...{ storageClassName: 'local', accessModes },
  resources: { requests: { storage } },
})
const there = (storage, rest = {}) => ({
  ...{ storageClassName: 'local', capacity: { storage } },
  ...rest,
})
const shared = { accessModes: ['ReadWriteOnce', 'ReadWriteMany'] }
const small = claim('small', asking('1Gi'))
const many = (storage) => claim('many', asking(storage, ['ReadWriteMany']))
const volumes = [volume('v1', there('5Gi', shared)), volume('v2', there('9Gi'))]
const matches = [
  ['smaller-takes-first', [many('2Gi'), small, ...volumes]],
  ['smaller-is-first', [small, many('2Gi'), ...volumes]],
  ['smaller-of-many', [claim('large', asking('2Gi')), many('1Gi'), ...volumes]],
  ['alike-in-order', [many('1Gi'), small, ...volumes]],
  ['alike-out-of-order', [small, many('1Gi'), ...volumes]],
  [
    'reserved-of-another-class',
    [
      ...[small, volume('v1', { claimRef: { namespace: 'default', name: 'small' } })],
      volume('v2', there('1Gi', inB)),
    ],
  ],
  [
    'completed-without-volume',
    [
      claim('one', asking('1Gi'), { annotations: { 'pv.kubernetes.io/bind-completed': 'yes' } }),
      volume('v1', there('1Gi', inB)),
    ],
  ],
  [
    'part-of-a-byte',
    [claim('one', asking('1500m')), volume('v1', there('3', inA)), volume('v2', there('4', inB))],
  ],
].map(([name, objects]) => wanting(`match-${name}`, [local, ...objects]))

const template = { accessModes: ['ReadWriteOnce'], storageClassName: 'local' }
const ephemeral = { ephemeral: { volumeClaimTemplate: { spec: template } } }
const ownedBy = (name) => ({
  ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name, uid: `u-${name}`, controller: true }],
})
const boundFor = (owner, name, volumeName, spec = {}) => {
  const { metadata, ...rest } = bound(name, volumeName, spec)
  return { ...rest, metadata: { ...metadata, ...ownedBy(owner) } }
}
const alone = { accessModes: ['ReadWriteOncePod'] }
const ephemerals = [
  scenario('ephemeral-nameless', [
    ...[...zoned, local, claim('p-', asking('1Gi'), ownedBy('p')), volume('v1', there('1Gi', inB))],
    pod('p', { volumes: [ephemeral] }),
  ]),
  scenario('ephemeral-in-another-zone', [
    ...[...zoned, boundFor('p', 'p-v0', 'v1'), volume('v1', {}, { labels: { [zone]: 'a' } })],
    pod('p', mounting(ephemeral)),
  ]),
  scenario('ephemeral-used-by-name', [
    ...[...zoned, boundFor('there', 'there-v0', 'v1', alone), volume('v1', alone)],
    pod('there', { nodeName: 'a', ...mounting(ephemeral) }),
    pod('p', using('there-v0')),
    pod('q', using('there-v0')),
  ]),
  ...[['VolumeBinding'], ['VolumeBinding', 'NodeVolumeLimits']].map((plugins) =>
    scenario(
      `ephemeral-missing-without-${plugins.join('-')}`,
      [...zoned, local, pod('p', mounting(ephemeral))],
      without(...plugins),
    ),
  ),
]

export const bindingScenarios = [...bindings, ...matches, ...ephemerals]
