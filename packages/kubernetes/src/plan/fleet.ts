/**
 * Makes Node objects for new machines of an EC2 instance type, with the allocatable resources of an
 * EKS node.
 *
 * Sources: Amazon EKS AMI bootstrap (kube-reserved: 6 % of the first vCPU, 1 % of the next, 0.5 %
 * of the next two, 0.25 % of the rest; 255 MiB and 11 MiB per pod), kubelet defaults (100 MiB kept
 * free before eviction, 10 % of the root volume), amazon-vpc-cni (pods = interfaces * (addresses -
 * 1) + 2), Karpenter (the hypervisor and the operating system keep 7.5 % of memory; on arm64, 64
 * MiB are subtracted first).
 */
import type { SourceDocument } from '@stowage/documents'
import { newMachines, type Ec2InstanceType } from '@stowage/fargate'

/** The formula of `allocatable`, as text for users. */
export const kubeletAllocatableFormula = `Kubernetes, as on an EKS node:
  pods    interfaces * (IPv4 addresses per interface - 1) + 2
  cpu     vCPUs less 6 % of the first, 1 % of the second, 0.5 % of the next two, 0.25 % of the rest
  memory  92.5 % of the type's, on arm64 of 64 MiB less (the rest stays with the hypervisor and
          the operating system), less 255 MiB + 11 MiB per pod for the kubelet, less 100 MiB kept free before eviction
  ephemeral-storage  17 GiB of a root volume of 20 GiB`

/**
 * New nodes of a type as documents, in round robin over the zones. `before` machines exist already:
 * the first new one goes to the zone after the last of these. At least one zone is required.
 */
export const nodesOfType = (
  type: Ec2InstanceType,
  count: number,
  zones: readonly string[],
  before = 0,
): readonly SourceDocument[] =>
  newMachines(type, count, zones, before).map(({ name, zone }) => ({
    from: `--nodes ${type.name}`,
    value: nodeOfType(type, name, zone!),
  }))

const nodeOfType = (type: Ec2InstanceType, name: string, zone: string): unknown => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    name,
    labels: {
      'kubernetes.io/arch': type.architecture === 'x86_64' ? 'amd64' : 'arm64',
      'kubernetes.io/hostname': name,
      'kubernetes.io/os': 'linux',
      'node.kubernetes.io/instance-type': type.name,
      'topology.kubernetes.io/region': regionOf(zone),
      'topology.kubernetes.io/zone': zone,
    },
  },
  status: { allocatable: allocatable(type) },
})

/**
 * The region of a zone: `eu-west-1` for `eu-west-1a`, `us-east-1` for the local zone
 * `us-east-1-bos-1a`. A zone of another form is its own region.
 */
const regionOf = (zone: string): string => /^[a-z]+(?:-[a-z]+)+-\d+/.exec(zone)?.[0] ?? zone

/** The allocatable resources of a node, as Kubernetes quantities. */
export const allocatable = (type: Ec2InstanceType): Readonly<Record<string, string>> => {
  const pods = type.interfaces * (type.addressesPerInterface - 1) + 2
  const visible = type.memoryMiB - (type.architecture === 'arm64' ? 64 : 0)
  const memory = Math.floor((visible * 925) / 1000) - 255 - 11 * pods - 100
  return {
    cpu: `${type.vcpus * 1000 - cpuReserved(type.vcpus)}m`,
    memory: `${Math.max(0, memory)}Mi`,
    pods: String(pods),
    'ephemeral-storage': '17Gi',
    ...(type.gpus > 0 ? { 'nvidia.com/gpu': String(type.gpus) } : {}),
  }
}

/** CPU reserved for the kubelet in milliCPU, rounded down. */
const cpuReserved = (vcpus: number): number => {
  const shares = [60, 10, 5, 5]
  const first = shares.slice(0, vcpus).reduce((sum, share) => sum + share, 0)
  return Math.floor(first + Math.max(0, vcpus - shares.length) * 2.5)
}
