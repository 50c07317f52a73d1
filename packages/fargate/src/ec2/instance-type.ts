/**
 * Describes EC2 instance types (sizes of virtual machines). Also assigns names, and zones in turn
 * (round robin), to new machines of a type. The ECS and the Kubernetes adapter each build their own
 * kind of node from this description.
 */

/** An EC2 instance type: what planning reads of it. Amounts are of one whole machine. */
export interface Ec2InstanceType {
  /** As EC2 writes it, such as `m5.large`. */
  readonly name: string
  readonly vcpus: number
  readonly memoryMiB: number
  readonly architecture: 'x86_64' | 'arm64'
  /** Network interfaces of the default network card, at most. */
  readonly interfaces: number
  /** IPv4 addresses on each interface. */
  readonly addressesPerInterface: number
  readonly gpus: number
  /** Interfaces for tasks where the type has a trunk; absent when it supports none. */
  readonly trunkInterfaces?: number
  /**
   * EBS volumes that a machine can attach, its root volume among them. Where volumes share their
   * places with network interfaces, one interface is attached.
   */
  readonly ebsVolumes: number
}

/** A taint of new nodes. */
export interface MachineTaint {
  readonly key: string
  readonly value: string | undefined
  readonly effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute'
}

/** What tells some new machines from others of their type. */
export interface MachineGroup {
  /** Labels of a node, custom attributes of a container instance. */
  readonly labels?: ReadonlyMap<string, string>
  readonly taints?: readonly MachineTaint[]
  /** Names are numbered through all machines of a type: how many come before, and in all. */
  readonly numbering?: { readonly before: number; readonly total: number }
}

/** A machine that does not exist yet. */
export interface NewMachine {
  /** The type and a number from 1, padded with zeros, so that names sort in order of creation. */
  readonly name: string
  /** `undefined` when the caller names no zones. */
  readonly zone: string | undefined
}

/**
 * `count` machines of one type over the zones in turn (round robin). `before` is the number of
 * machines that other types have already put there: the first machine takes the zone after theirs.
 */
export const newMachines = (
  { name: type }: Pick<Ec2InstanceType, 'name'>,
  count: number,
  zones: readonly string[],
  before = 0,
  { numbering = { before: 0, total: count } }: MachineGroup = {},
): readonly NewMachine[] => {
  const width = String(numbering.total).length
  return Array.from({ length: count }, (_, i) => ({
    name: `${type}-${String(numbering.before + i + 1).padStart(width, '0')}`,
    zone: zones[(before + i) % zones.length],
  }))
}
