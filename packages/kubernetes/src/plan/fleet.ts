/**
 * Builds the Node and CSINode objects of new machines of an EC2 instance type, with the labels and
 * the allocatable resources of EKS nodes:
 * 1. CPU: the kubelet reserves 6 % of the first vCPU, 1 % of the second, 0.5 % of the next two, and
 *    0.25 % of all others.
 * 2. Memory: 7.5 % stay with the hypervisor and the operating system (on arm64, 64 MiB are
 *    subtracted first). The kubelet reserves 255 MiB, 11 MiB per pod, and 100 MiB to keep free
 *    before eviction.
 * 3. Pods: interfaces * (addresses per interface - 1) + 2.
 *
 * Source: Amazon EKS AMI bootstrap (reserved CPU and memory), kubelet (eviction, 10 % of the root
 * volume), Karpenter (7.5 %, arm64), amazon-vpc-cni (pods), cloud provider of AWS (labels).
 */
import type { SourceDocument } from '@stowage/documents'
import { newMachines, type Ec2InstanceType, type MachineGroup } from '@stowage/fargate'
import { csiNodeOfType, machineOrigin } from '../read/csi-node.js'

/** The formula of `allocatable`, as text for users. */
export const kubeletAllocatableFormula = `Kubernetes, as on an EKS node:
  pods    interfaces * (IPv4 addresses per interface - 1) + 2
  cpu     vCPUs less 6 % of the first, 1 % of the second, 0.5 % of the next two, 0.25 % of the rest
  memory  92.5 % of the type's, on arm64 of 64 MiB less (the rest stays with the hypervisor and
          the operating system), less 255 MiB + 11 MiB per pod for the kubelet, less 100 MiB kept free before eviction
  ephemeral-storage  17 GiB of a root volume of 20 GiB`

/**
 * New nodes of a type as documents, in round robin over the zones: the Nodes, then the CSINode of
 * each. `before` machines exist already: the first new one goes to the zone after the last of
 * these. At least one zone is required. Labels of the group replace those of the platform.
 */
export const nodesOfType = (
  type: Ec2InstanceType,
  count: number,
  zones: readonly string[],
  before = 0,
  group: MachineGroup = {},
): readonly SourceDocument[] => {
  const from = `${machineOrigin} ${type.name}`
  const machines = newMachines(type, count, zones, before, group)
  return [
    ...machines.map(({ name, zone }) => ({ from, value: nodeOfType(type, name, zone!, group) })),
    ...machines.map(({ name }) => ({ from, value: csiNodeOfType(type, name) })),
  ]
}

const nodeOfType = (
  type: Ec2InstanceType,
  name: string,
  zone: string,
  { labels = new Map(), taints = [] }: MachineGroup,
): unknown => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    name,
    labels: { ...platformLabels(type, name, zone), ...Object.fromEntries(labels) },
  },
  ...(taints.length > 0 ? { spec: { taints } } : {}),
  status: { allocatable: allocatable(type) },
})

/**
 * The labels that every Linux node of EKS has. Left out are those whose values only the account or
 * the cluster knows (`topology.k8s.aws/zone-id`, `k8s.io/cloud-provider-aws`), and those of node
 * groups (`eks.amazonaws.com/nodegroup`, `capacityType`).
 */
const platformLabels = (
  type: Ec2InstanceType,
  name: string,
  zone: string,
): Readonly<Record<string, string>> => {
  const architecture = type.architecture === 'x86_64' ? 'amd64' : 'arm64'
  return {
    'beta.kubernetes.io/arch': architecture,
    'beta.kubernetes.io/instance-type': type.name,
    'beta.kubernetes.io/os': 'linux',
    'failure-domain.beta.kubernetes.io/region': regionOf(zone),
    'failure-domain.beta.kubernetes.io/zone': zone,
    'kubernetes.io/arch': architecture,
    'kubernetes.io/hostname': name,
    'kubernetes.io/os': 'linux',
    'node.kubernetes.io/instance-type': type.name,
    'topology.ebs.csi.aws.com/zone': zone,
    'topology.kubernetes.io/region': regionOf(zone),
    'topology.kubernetes.io/zone': zone,
  }
}

/**
 * The region of a zone: `eu-west-1` for `eu-west-1a`, `us-east-1` for the local zone
 * `us-east-1-bos-1a`. A zone of another form is its own region.
 */
export const regionOf = (zone: string): string => /^[a-z]+(?:-[a-z]+)+-\d+/.exec(zone)?.[0] ?? zone

/** Pods on a node of the type, each with an address of its own but for two. */
export const podsByInterfaces = (type: Ec2InstanceType): number =>
  type.interfaces * (type.addressesPerInterface - 1) + 2

/** The memory that the operating system of a machine sees, in MiB. */
export const visibleMemory = ({ memoryMiB, architecture }: Ec2InstanceType): number =>
  ((memoryMiB - (architecture === 'arm64' ? 64 : 0)) * 925) / 1000

/** The allocatable resources of a node, as Kubernetes quantities. */
export const allocatable = (type: Ec2InstanceType): Readonly<Record<string, string>> => {
  const pods = podsByInterfaces(type)
  const memory = Math.floor(visibleMemory(type)) - 255 - 11 * pods - 100
  return {
    cpu: `${type.vcpus * 1000 - cpuReserved(type.vcpus)}m`,
    memory: `${Math.max(0, memory)}Mi`,
    pods: String(pods),
    'ephemeral-storage': '17Gi',
    ...(type.gpus > 0 ? { 'nvidia.com/gpu': String(type.gpus) } : {}),
  }
}

/** CPU reserved for the kubelet in milliCPU, rounded down. */
export const cpuReserved = (vcpus: number): number => {
  const shares = [60, 10, 5, 5]
  const first = shares.slice(0, vcpus).reduce((sum, share) => sum + share, 0)
  return Math.floor(first + Math.max(0, vcpus - shares.length) * 2.5)
}
