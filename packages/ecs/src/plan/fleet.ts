/**
 * Creates new container instances of an EC2 instance type such as `m5.large`, with the resources
 * that each would register: CPU, memory, GPUs, ports and network interfaces.
 *
 * Sources: Amazon ECS Developer Guide, container agent configuration and port mappings; for memory,
 * which AWS does not publish, Karpenter (7.5 % is kept by the hypervisor and the operating system).
 */
import {
  bytesFromMiB,
  mebibytes,
  newMachines,
  type Ec2InstanceType,
  type MachineGroup,
  type NewMachine,
} from '@stowage/fargate'
import { documentedInterfaces, type TaskInterfaces } from '../lower/interface.js'
import type { ContainerInstance } from '../words/container-instance.js'
import { unitsPerVcpu } from '../words/task-size.js'
import type { EcsWarning } from '../words/warning.js'

/**
 * An instance type without its network and volumes, on which registered resources do not depend.
 */
type InstanceSize = Omit<
  Ec2InstanceType,
  'interfaces' | 'addressesPerInterface' | 'trunkInterfaces' | 'ebsVolumes'
>

const mebibyte: number = bytesFromMiB(mebibytes(1))

/**
 * The memory that an agent registers, in MiB: the bytes that the operating system reports, rounded
 * down to MiB, less ECS_RESERVED_MEMORY.
 */
export const registeredMemory = (bytes: number, reservedMiB = 0): number =>
  Math.floor(bytes / mebibyte) - reservedMiB

/** A text for users that says what a new instance of a type registers. */
export const registeredResourcesFormula = `Amazon ECS, as on a container instance:
  CPU     1024 units per vCPU
  MEMORY  92.5 % of the type's MiB, rounded down (the rest stays with the hypervisor and the
          operating system), less ECS_RESERVED_MEMORY, which is 0
  GPU     as many as the type has
  ENI     as many tasks in awsvpc mode as the type has interfaces, less one; with --trunking what
          the table of ENI trunking says of the type
  PORTS   all but 22, 2375, 2376 and 51678 to 51680 (TCP)`

const reservedPorts: readonly string[] = ['22', '2375', '2376', '51678', '51679', '51680']

/**
 * How many tasks in awsvpc mode an instance of each type holds: without a trunk one for each
 * network interface but the first; with a trunk those of the documented table, or else those that
 * the type has.
 */
export const taskInterfacesOfTypes = (types: readonly Ec2InstanceType[]): TaskInterfaces =>
  Object.fromEntries(
    types.map(({ name, interfaces, trunkInterfaces }) => [
      name,
      {
        without: interfaces - 1,
        ...(trunkInterfaces === undefined || documentedInterfaces(name) !== undefined
          ? {}
          : { trunked: trunkInterfaces }),
      },
    ]),
  )

/**
 * Makes `count` new container instances of a type. They are spread over the zones in turn, after
 * the `before` machines that already exist. With `trunking` each has a trunk network interface.
 * Labels of the group are custom attributes, but `capacityProvider` names the provider of the
 * machines; taints are no matter of ECS.
 */
export const containerInstances = (
  type: InstanceSize,
  count: number,
  zones: readonly string[],
  before = 0,
  { trunking = false, ...group }: MachineGroup & { readonly trunking?: boolean } = {},
): readonly ContainerInstance[] => {
  const labels = new Map(group.labels ?? [])
  const provider = labels.get(providerLabel)
  labels.delete(providerLabel)
  const custom = [...labels].map(([name, value]) => ({ name, value }))
  const own = provider === undefined ? {} : { capacityProviderName: provider }
  return newMachines(type, count, zones, before, group).map((machine) => ({
    ...instanceOf(type, machine, trunking, custom),
    ...own,
  }))
}

/** The label of new machines that names their capacity provider. */
const providerLabel = 'capacityProvider'

const instanceOf = (
  { name: type, vcpus, memoryMiB, architecture, gpus }: InstanceSize,
  { name: ec2InstanceId, zone }: NewMachine,
  trunking: boolean,
  custom: NonNullable<ContainerInstance['attributes']>,
): ContainerInstance => ({
  ec2InstanceId,
  status: 'ACTIVE',
  agentConnected: true,
  registeredResources: [
    { name: 'CPU', integerValue: vcpus * unitsPerVcpu },
    { name: 'MEMORY', integerValue: registeredMemory((memoryMiB * mebibyte * 925) / 1000) },
    { name: 'PORTS', stringSetValue: reservedPorts },
    { name: 'PORTS_UDP', stringSetValue: [] },
    ...(gpus > 0 ? [{ name: 'GPU', integerValue: gpus }] : []),
  ],
  attributes: [
    { name: 'ecs.instance-type', value: type },
    { name: 'ecs.os-type', value: 'linux' },
    { name: 'ecs.os-family', value: 'LINUX' },
    { name: 'ecs.cpu-architecture', value: architecture },
    ...(trunking ? [{ name: 'ecs.awsvpc-trunk-id', value: `trunk-of-${ec2InstanceId}` }] : []),
    ...(zone === undefined ? [] : [{ name: 'ecs.availability-zone', value: zone }]),
    ...custom,
  ],
})

/** A warning for each taint of new machines: tasks go to them all the same. */
export const taintWarnings = (
  { name }: Pick<Ec2InstanceType, 'name'>,
  { taints = [] }: MachineGroup = {},
): readonly EcsWarning[] =>
  taints.map(({ key, effect }) => ({
    code: 'MachineTaintsIgnored',
    from: '--nodes',
    subject: name,
    text: 'Amazon ECS has no taints: tasks are placed on the machine all the same',
    detail: `${key}:${effect}`,
  }))
