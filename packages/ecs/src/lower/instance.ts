/**
 * Translates a container instance to a node of the kernel, and the tasks that run there to replicas
 * (placed tasks). For tasks without a record, the describe calls report only totals, so one replica
 * carries the total.
 */
import {
  amountMax,
  cpu,
  memory,
  internWord,
  type ClassSpec,
  type DimensionId,
  type Draft,
  type NodeSpec,
  type Vector,
  type WordId,
} from '@stowage/kernel'
import { bytesFromMiB, cpuUnits, mebibytes, ticksFromCpuUnits } from '@stowage/fargate'
import {
  amountOf,
  instanceName,
  setOf,
  type ContainerInstance,
} from '../words/container-instance.js'
import {
  attributeKey,
  capabilitiesKey,
  dockerVersionKey,
  fieldKey,
  statusKey,
  type InstanceField,
} from './attribute.js'
import { isCapability, newestDockerVersion } from './capability.js'
import { taskFact } from './group.js'
import { allGpusFact, gpu, gpuFacts } from './gpu.js'
import { portFacts, reservedPort, reservedPortsMax, unique } from './port.js'
import { taskInterfacesOf, type TaskInterfaces } from './interface.js'
import { eni } from './task.js'

/**
 * The node of an instance: its registered resources, task network interfaces, status and
 * attributes.
 */
export const nodeSpecOf = (
  draft: Draft,
  instance: ContainerInstance,
  interfaces: TaskInterfaces = {},
): NodeSpec => {
  const { status = 'ACTIVE', attributes = [] } = instance
  const dockerVersion = newestDockerVersion(attributes)
  return {
    name: instanceName(instance),
    capacity: [
      ...vector(draft, (name) => amountOf(instance.registeredResources, name) ?? 0),
      [eni(draft), taskInterfacesOf(instance, interfaces) ?? unlimitedInterfaces],
      [reservedPort(draft), reservedPortsMax - agentPorts(draft, instance).length],
    ],
    attributes: [
      [statusKey(draft), internWord(draft, status)],
      ...instanceFields(instance).flatMap(([field, value]) =>
        value === undefined ? [] : [[fieldKey(draft, field), internWord(draft, value)] as const],
      ),
      ...(attributes.some(({ name }) => isCapability(name))
        ? [[capabilitiesKey(draft), internWord(draft, 'listed')] as const]
        : []),
      ...(dockerVersion === undefined
        ? []
        : [[dockerVersionKey(draft), internWord(draft, dockerVersion)] as const]),
      ...attributes.map(
        ({ name, value = '' }) => [attributeKey(draft, name), internWord(draft, value)] as const,
      ),
    ],
    marks: [],
  }
}

const instanceFields = ({
  agentConnected = true,
  ec2InstanceId,
  registeredAt,
  versionInfo,
}: ContainerInstance): readonly (readonly [InstanceField, string | undefined])[] => [
  ['agentConnected', String(agentConnected)],
  ['agentVersion', versionInfo?.agentVersion],
  ['ec2InstanceId', ec2InstanceId],
  ['registeredAt', registeredAt],
]

/**
 * The capacity when the number of network interfaces is unknown: no task is refused for want of
 * one.
 */
const unlimitedInterfaces = amountMax

const vector = (draft: Draft, amount: (resource: string) => number): Vector => [
  [cpu, ticksFromCpuUnits(cpuUnits(amount('CPU')))],
  [memory, bytesFromMiB(mebibytes(amount('MEMORY')))],
  [gpu(draft), amount('GPU')],
]

/**
 * A task that is known to be on the instance; `isWanted` when its desired status is not STOPPED.
 */
export interface ResidentTask {
  readonly class: ClassSpec
  readonly isNeeded: boolean
}

const withoutResidents = (
  dimension: DimensionId,
  amount: number,
  known: readonly ResidentTask[],
): number =>
  known.reduce(
    (left, task) =>
      Math.max(
        0,
        left -
          task.class.occupies.reduce((sum, [of, some]) => (of === dimension ? sum + some : sum), 0),
      ),
    amount,
  )

/**
 * The unknown load of an instance as replicas: what is taken beyond the `known` tasks. There are as
 * many as `runningTasksCount` reports beyond the known ones, and the first carries everything.
 * Without a count the load is one task, but taken ports alone are none, because the agent takes
 * some. A resource without a remaining amount is unused.
 */
export const residentsOf = (
  draft: Draft,
  instance: ContainerInstance,
  known: readonly ResidentTask[] = [],
  interfaces: TaskInterfaces = {},
): readonly ClassSpec[] => {
  const takes = takenBeside(draft, instance, known, interfaces)
  const facts = new Set(known.flatMap((each) => each.class.facts))
  const ports = portsOf(draft, instance).filter((port) => !facts.has(port))
  const own = new Set(agentPorts(draft, instance))
  const isBusy = takes.some(([, amount]) => amount > 0)
  const { runningTasksCount } = instance
  const wantedKnown = known.filter(({ isNeeded }) => isNeeded).length
  const count =
    runningTasksCount === undefined ? Number(isBusy) : Math.max(0, runningTasksCount - wantedKnown)
  const task = taskFact(draft)
  const gpus = takes.find(([of]) => of === gpu(draft))?.[1] ?? 0
  const first = resident(
    [...(count > 0 ? [task] : []), ...ports, ...gpuFacts(draft, gpus)],
    [...takes, [reservedPort(draft), ports.filter((port) => !own.has(port)).length]],
  )
  const others = Array.from({ length: Math.max(0, count - 1) }, () => resident([task], []))
  return first.facts.length > 0 || isBusy ? [first, ...others] : []
}

/**
 * Registered less remaining amounts, less what the known tasks take. GPUs that are taken belong to
 * a known task with all GPUs.
 */
const takenBeside = (
  draft: Draft,
  instance: ContainerInstance,
  known: readonly ResidentTask[],
  interfaces: TaskInterfaces,
): Vector => {
  const { registeredResources: registered, remainingResources: remaining = [] } = instance
  const used = (name: string, all = amountOf(registered, name) ?? 0): number =>
    all - (amountOf(remaining, name) ?? all)
  const ofInterfaces = Math.max(0, used('ENI', taskInterfacesOf(instance, interfaces) ?? 0))
  const hasAllGpus = known.some((each) => each.class.facts.includes(allGpusFact(draft)))
  return [...vector(draft, used), [eni(draft), ofInterfaces] as const].map(([of, amount]) => [
    of,
    hasAllGpus && of === gpu(draft) ? 0 : withoutResidents(of, amount, known),
  ])
}

/** The registered ports: those of the agent, Docker and SSH, which no task leaves. */
const agentPorts = (draft: Draft, { registeredResources }: ContainerInstance): readonly WordId[] =>
  portFacts(draft, {
    TCP: unique(setOf(registeredResources, 'PORTS')),
    UDP: unique(setOf(registeredResources, 'PORTS_UDP')),
  })

const portsOf = (
  draft: Draft,
  { registeredResources, remainingResources = [] }: ContainerInstance,
): readonly WordId[] => {
  const taken = (name: string) =>
    unique([...setOf(registeredResources, name), ...setOf(remainingResources, name)])
  return portFacts(draft, { TCP: taken('PORTS'), UDP: taken('PORTS_UDP') })
}

const resident = (facts: readonly WordId[], occupies: Vector): ClassSpec => ({
  facts,
  occupies,
  filters: [],
  choice: { _tag: 'Chain', keys: [], tie: 'rank' },
  priority: 0,
})
