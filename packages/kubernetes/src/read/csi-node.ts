/**
 * Builds the CSINode of an EKS node: the object that says how many EBS volumes the node can attach,
 * which depends on its instance type. It is built for new machines, and for input that has no
 * CSINodes, because a node without a CSINode could attach any number of volumes.
 *
 * Source: aws-ebs-csi-driver (topology key; the limit of the instance type without the root
 * volume).
 */
import { decodeValue } from '@stowage/documents'
import type { Ec2InstanceType } from '@stowage/fargate'
import * as E from 'fp-ts/lib/Either.js'
import { attachedBy } from '../surroundings/driver.js'
import type { PodLike } from '../surroundings/pod-like.js'
import type { Storage } from '../surroundings/storage.js'
import type { KubernetesObject } from '../words/object.js'
import { CSINode } from '../words/storage.js'
import type { KubernetesWarning } from '../words/warning.js'

/** How the names of the documents of new machines begin. */
export const machineOrigin = '--nodes'

const ebsDriver = 'ebs.csi.aws.com'

/** The in-tree plugins that CSI drivers took over, as the kubelet writes them. */
const pluginsTakenOver = [
  ...['aws-ebs', 'azure-disk', 'azure-file', 'cinder', 'gce-pd', 'portworx-volume'],
  'vsphere-volume',
].map((plugin) => `kubernetes.io/${plugin}`)

/**
 * The CSI drivers of a new node: that of EBS, with the volumes that it can attach beside the root
 * volume, at least one. Network interfaces that the VPC CNI attaches later take further places on
 * types that share them; the driver does not count those either.
 */
export const csiNodeOfType = (type: Ec2InstanceType, name: string): unknown => ({
  apiVersion: 'storage.k8s.io/v1',
  kind: 'CSINode',
  metadata: {
    name,
    annotations: { 'storage.alpha.kubernetes.io/migrated-plugins': pluginsTakenOver.join(',') },
  },
  spec: {
    drivers: [
      {
        name: ebsDriver,
        nodeID: name,
        topologyKeys: ['kubernetes.io/os', 'topology.ebs.csi.aws.com/zone'],
        allocatable: { count: volumesAttachable(type)[1] },
      },
    ],
  },
})

/** The driver of EBS, and how many of its volumes a node of the type attaches. */
export const volumesAttachable = ({
  ebsVolumes,
}: Ec2InstanceType): readonly [driver: string, count: number] => [
  ebsDriver,
  Math.max(1, ebsVolumes - 1),
]

/** The description of an instance type; `undefined` when it is not known. */
export type TypeNamed = (name: string) => Ec2InstanceType | undefined

/** Storage whose nodes have the CSINodes that the documents lack, and what was assumed. */
export interface AssumedNodes {
  readonly storage: Storage
  /** The nodes that lack one, by the instance type that was assumed; `undefined` when unknown. */
  readonly lacking: ReadonlyMap<string | undefined, readonly NodeObject[]>
}

type NodeObject = Extract<KubernetesObject, { readonly kind: 'Node' }>

/** Adds a CSINode to each node of a known type, if no node of the documents has one. */
export const withAssumedNodes = (
  storage: Storage,
  objects: readonly KubernetesObject[],
  typeNamed: TypeNamed,
): AssumedNodes => {
  const isDumped = objects.some(({ kind, from }) => kind === 'CSINode' && !isOfMachine(from))
  if (isDumped) return { storage, lacking: new Map() }
  const nodes = new Map(storage.nodes)
  const lacking = new Map<string | undefined, NodeObject[]>()
  for (const found of objects) {
    if (found.kind !== 'Node' || nodes.has(found.object.metadata.name)) continue
    const type = typeNamed(instanceTypeOf(found))
    const alike = lacking.get(type?.name)
    if (alike === undefined) lacking.set(type?.name, [found])
    else alike.push(found)
    const made = type && csiNodeOfType(type, found.object.metadata.name)
    const decoded = decodeValue(CSINode, made)
    if (E.isRight(decoded)) nodes.set(decoded.right.metadata.name, decoded.right)
  }
  return { storage: { ...storage, nodes }, lacking }
}

const isOfMachine = (from: string): boolean => from.startsWith(`${machineOrigin} `)

const instanceTypeOf = ({ object }: NodeObject): string =>
  object.metadata.labels.get('node.kubernetes.io/instance-type') ??
  object.metadata.labels.get('beta.kubernetes.io/instance-type') ??
  ''

/** A warning for each type, if any pod has a volume of EBS. */
export const assumedNodeWarnings = (
  { lacking }: AssumedNodes,
  pods: readonly PodLike[],
  storage: Storage,
): readonly KubernetesWarning[] =>
  lacking.size === 0 || !pods.some((pod) => hasEbsVolume(pod, storage))
    ? []
    : [...lacking].map(([type, nodes]) => ({
        code: 'VolumeLimitAssumed',
        from: nodes[0]!.from,
        subject: type === undefined ? 'nodes of an unknown type' : `nodes of type ${type}`,
        text: `${wayOf(type)}: add what kubectl get csinodes -o yaml prints`,
        detail: `${nodes.length} ${nodes.length === 1 ? 'node' : 'nodes'}, such as ${nodes[0]!.object.metadata.name}`,
      }))

const wayOf = (type: string | undefined): string =>
  type === undefined
    ? 'no CSINode is among the documents, so no limit of EBS volumes is known'
    : 'no CSINode is among the documents, so the limit of EBS volumes is assumed to be that of the type, less the root volume'

const hasEbsVolume = (pod: PodLike, storage: Storage): boolean =>
  attachedBy(pod, storage).some(({ driver }) => driver === ebsDriver)
