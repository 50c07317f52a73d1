/**
 * Writes the messages (refusals and warnings) about tasks on container instances, and about tasks
 * for machines outside AWS.
 */
import type { CapacityProviderStrategyItem } from '../words/placement.js'
import { isNeuron } from '../words/resource-requirement.js'
import {
  canRunOn,
  requirementsIn,
  systemOf,
  type TaskDefinition,
} from '../words/task-definition.js'
import type { EcsWarningCode, WarningText } from '../words/warning.js'

/** A task with the launch type EXTERNAL. */
export const externalRefusal =
  'EXTERNAL is for machines outside AWS (ECS Anywhere), which are not planned'

/** A task whose containers share GPUs. */
export const sharedGpusRefusal =
  'its containers share GPUs, by the memory of each, which is not planned'

/** A task with Neuron devices outside managed instances. */
export const managedOnlyRefusal =
  'NeuronDevice is to be had on managed instances alone, by a capacity provider of theirs'

export const interfacesUnknown: WarningText = {
  code: 'InterfacesUnknown',
  text: 'how many tasks in awsvpc mode it can hold is not known for its type, so that none is refused for want of a network interface',
}

export const daemonWithoutInstance: WarningText = {
  code: 'DaemonWithoutInstance',
  text: 'no ACTIVE instance suits it, so this DAEMON service has no task',
}

/** A task whose capacity provider launches Managed Instances for it. */
export const managedRefusal = (
  strategy: readonly Pick<CapacityProviderStrategyItem, 'capacityProvider'>[],
): string => {
  const names = strategy.map(({ capacityProvider }) => capacityProvider).join(', ')
  const one = strategy[0]?.capacityProvider ?? 'NAME'
  return `the capacity provider ${names} is of Managed Instances, which AWS chooses by its requirements and launches for the tasks: that is not planned, and no other instance is used; to plan on types that you choose, write --nodes TYPE=COUNT,capacityProvider=${one}`
}

/** The event of a service, and the stop reason of its tasks, when a provider has no instances. */
export const emptyProvider = (provider: string): string =>
  `EMPTY CAPACITY PROVIDER: no container instance is of the capacity provider ${provider}`

/** Machines that were written by hand, or made up, say of no provider that they are its own. */
export const providerAssumed = (providers: readonly string[]): WarningText => ({
  code: 'ProviderAssumed',
  text: `capacityProviderStrategy: instances that name no capacity provider are taken for ones of ${providers.join(' and ')}`,
})

export const platformNotNamed = (what: string, values: readonly string[]): WarningText => ({
  code: 'PlatformNotNamed',
  text: `its tasks may be on instances of several ${what}: ${values.join(', ')}; neither its runtimePlatform nor a constraint names one, so that they may start where their image can not run`,
})

export const providerWithoutInstance = (provider: string): WarningText => ({
  code: 'ProviderWithoutInstance',
  text: `capacityProviderStrategy: no instance is of ${provider}, so that its share of the tasks finds no place`,
})

/**
 * What AWS would refuse in a definition, or what is planned differently. `zones` are those of its
 * subnets, if known; `ephemeral` are the host ports that a host may assign to another task.
 */
export const instanceTexts = (
  definition: TaskDefinition,
  zones: readonly string[] | undefined,
  ephemeral: readonly string[],
): readonly WarningText[] => {
  const { networkMode, cpu, memory } = definition
  const isForInstances = canRunOn(definition, 'EC2') || canRunOn(definition, 'MANAGED_INSTANCES')
  const texts: readonly (readonly [holds: boolean, code: EcsWarningCode, text: string])[] = [
    [
      networkMode === 'awsvpc' && zones === undefined,
      'SubnetZonesUnknown',
      'networkMode awsvpc: in which zones its subnets are is not known, so that any will do; what describe-subnets prints tells',
    ],
    [
      !isForInstances,
      'CompatibilityMissing',
      'AWS would refuse it on instances as written: requiresCompatibilities must list EC2',
    ],
    [
      systemOf(definition) === 'windows' && (cpu ?? memory) !== undefined,
      'WindowsTaskSizeIgnored',
      'task-level cpu and memory are ignored on Windows instances: its containers are counted',
    ],
    [
      requirementsIn(definition).some(isNeuron),
      'NeuronDevicesNotCounted',
      'Neuron devices are not counted, so that none is refused for want of them',
    ],
    [
      ephemeral.length > 0,
      'EphemeralHostPort',
      `the host port ${ephemeral.join(', ')} is one of those that a host assigns by itself, unless it names others`,
    ],
  ]
  return texts.flatMap(([holds, code, text]) => (holds ? [{ code, text }] : []))
}
