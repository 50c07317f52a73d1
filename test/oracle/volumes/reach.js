/**
 * Defines scenarios (Kubernetes objects and pods to schedule) about disks of in-tree types, such as
 * `awsElasticBlockStore`, that a CSI driver has taken over: which nodes reach the disk, with and
 * without the migration to that driver.
 */
import {
  bound,
  csiNode,
  node,
  pod,
  reachedBy,
  scenario,
  using,
  volume,
} from '../lowering/objects.js'

const zone = 'topology.kubernetes.io/zone'
const region = 'topology.kubernetes.io/region'
const olderZone = 'failure-domain.beta.kubernetes.io/zone'
const olderRegion = 'failure-domain.beta.kubernetes.io/region'
const ofAws = 'topology.ebs.csi.aws.com/zone'
const ofGce = 'topology.gke.io/zone'

const migrating = (name, ...plugins) => {
  const { metadata, ...rest } = csiNode(name)
  const annotations = { 'storage.alpha.kubernetes.io/migrated-plugins': plugins.join(',') }
  return { ...rest, metadata: { ...metadata, annotations } }
}
const [aws, gce] = ['kubernetes.io/aws-ebs', 'kubernetes.io/gce-pd']
/** `a` and `b` by the drivers' labels alone, `c` and `d` by those of Kubernetes. */
const nodes = [
  node('a', { labels: { [ofAws]: 'a', [ofGce]: 'b', [region]: 'r' } }),
  node('b', { labels: { [ofAws]: 'b', [ofGce]: 'a', [region]: 's' } }),
  node('c', { labels: { [zone]: 'a', [olderZone]: 'b', [region]: 'r', [olderRegion]: 's' } }),
  node('d', { labels: { [zone]: 'b', [olderZone]: 'a', [region]: 's', [olderRegion]: 'r' } }),
  ...[migrating('a', aws, gce), migrating('b', aws), migrating('c', gce), migrating('d')],
]

const term = (...expressions) => ({
  matchExpressions: expressions.map(([key, ...values]) => ({ key, operator: 'In', values })),
})
const disk = { awsElasticBlockStore: { volumeID: 'vol-1' } }
const affinities = [
  ['of-none', [], {}],
  ['of-zone', [term([zone, 'a'])], { [olderZone]: 'b' }],
  ['of-older-zone', [term([olderZone, 'a'])], { [zone]: 'b' }],
  ['of-older-region', [term([olderZone, 'a', 'b'], [olderRegion, 'r'])], {}],
  ['of-either', [term([olderRegion, 'r'], [olderZone, 'a']), term([olderZone, 'b'])], {}],
  ['of-both', [term([olderZone, 'a']), term([zone, 'b'])], {}],
  ['labelled', [], { [zone]: 'b' }],
  ['labelled-older', [], { [olderZone]: 'b', [olderRegion]: 'r' }],
  ['labelled-both', [], { [zone]: 'a', [olderZone]: 'b' }],
  ['labelled-of-region', [term([olderRegion, 's'])], { [olderZone]: 'a' }],
  ['labelled-with-spaces', [], { [zone]: ' a __ b' }],
  ['labelled-with-gaps', [], { [zone]: 'b__' }],
].map(([name, terms, labels]) =>
  scenario(`reach-${name}`, [
    ...[...nodes, bound('c', 'v')],
    volume('v', { ...disk, ...(terms.length === 0 ? {} : reachedBy(...terms)) }, { labels }),
    pod('p', using('c')),
  ]),
)

const two = scenario('reach-of-two-kinds', [
  ...[...nodes, bound('one', 'v1'), bound('two', 'v2')],
  volume('v1', { ...disk, ...reachedBy(term([zone, 'a', 'b'])) }),
  volume('v2', { gcePersistentDisk: { pdName: 'd' } }),
  pod('p', using('one', 'two')),
])

export const reachScenarios = [...affinities, two]
