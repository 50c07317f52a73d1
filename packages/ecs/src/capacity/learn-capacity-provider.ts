/**
 * Handles a report about a capacity provider in the format of CreateCapacityProvider: validates the
 * provider, and adds or updates it in the controller's state. The capacity is an Auto Scaling group
 * or Managed Instances. A report of `null` deletes the provider.
 *
 * Source: Amazon ECS API Reference, CreateCapacityProvider and DeleteCapacityProvider.
 */
import { decodeValue, record, text, type Codec } from '@stowage/documents'
import { instant, type Draft, type Instant, type MalformedValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'
import { checkCapacityProvider } from '../provider/check-provider.js'
import { nodeSpecOf } from '../lower/instance.js'
import type { AutoScalingGroup } from '../memory/auto-scaling-group.js'
import {
  withManaged,
  withProviders,
  type ManagedRecord,
  type OfferedType,
  type ProviderRecord,
} from '../memory/capacity-memory.js'
import type { EcsMemory } from '../memory/memory.js'
import type { EcsControllerOptions } from '../memory/options.js'
import { quietAlarms } from '../supply/capacity-minute.js'
import {
  CapacityProvider,
  groupNameIn,
  withProviderDefaults,
  type AutoScalingGroupProvider,
} from '../provider/capacity-provider.js'
import { checkManagedInstances, ManagedInstancesProvider } from '../provider/managed-instances.js'
import { completeComplaint } from '../words/complaint.js'
import { attributeOf, instanceTypeOf, type ContainerInstance } from '../words/container-instance.js'

/** A report about a capacity provider. */
export interface ProviderFact {
  readonly name: string
  readonly report: unknown
  readonly now: Instant
}

/** The memory after the report. */
export const learnCapacityProvider = (
  draft: Draft,
  memory: EcsMemory,
  { name, report, now }: ProviderFact,
  options: EcsControllerOptions,
): E.Either<MalformedValue, EcsMemory> => {
  const before = memory.capacity.providers.get(name)
  if (report === null) return deleteProvider(memory, name)
  const decoded = decodeValue(CapacityProvider, report)
  if (E.isLeft(decoded)) return E.left(decoded.left[0]!)
  const { autoScalingGroupProvider: provider, managedInstancesProvider } = decoded.right
  if (managedInstancesProvider !== undefined)
    return learnManagedProvider(draft, memory, { name, report, now }, options)
  if (provider === undefined)
    return E.left(
      completeComplaint(report, {
        ...{ at: ['autoScalingGroupProvider'] },
        expected: 'an Auto Scaling group, or a managedInstancesProvider',
      }),
    )
  const groupName = groupNameIn(provider.autoScalingGroupArn)
  const group = options.groups.find(({ AutoScalingGroupName: one }) => one === groupName)
  const [wrong] = [
    ...(decoded.right.name === name ? [] : [{ at: ['name'], expected: name }]),
    ...checkCapacityProvider(decoded.right),
    ...(group === undefined ? [unknownGroup(options)] : []),
    ...takenBy(memory, name, groupName),
    ...(memory.capacity.managed.has(name) ? [otherKind] : []),
  ]
  if (wrong !== undefined || group === undefined)
    return E.left(completeComplaint(report, wrong ?? unknownGroup(options)))
  const record = providerRecord(draft, name, provider, group)
  const known = before?.group === record.group ? withoutAlarms(before, record) : record
  return E.right({
    ...memory,
    capacity: {
      ...withProviders(memory.capacity, [[name, known]]),
      nextMinute: memory.capacity.nextMinute ?? minuteAfter(now),
    },
  })
}

/** The start of the next whole minute. */
export const minuteAfter = (now: Instant): Instant =>
  instant((Math.floor(now / minuteLength) + 1) * minuteLength)
const minuteLength = 60_000

const otherKind = { at: ['name'], expected: 'another name, as this provider is of another kind' }

const unknownGroup = ({ groups }: EcsControllerOptions) => ({
  at: ['autoScalingGroupProvider', 'autoScalingGroupArn'],
  expected:
    groups.length === 0
      ? 'the ARN of a group of the option groups, which names none'
      : `the ARN of one of ${groups.map((one) => one.AutoScalingGroupName).join(', ')}`,
})

/** A group is of one provider. */
const takenBy = ({ capacity }: EcsMemory, name: string, group: string) => {
  const owner = [...capacity.providers.values()].find((one) => one.group === group)
  return owner === undefined || owner.name === name
    ? []
    : [
        {
          at: ['autoScalingGroupProvider', 'autoScalingGroupArn'],
          expected: `another group, as ${group} is of capacity provider ${owner.name}`,
        },
      ]
}

const offeredType = (draft: Draft, instance: ContainerInstance): OfferedType => ({
  instanceType: instanceTypeOf(instance) ?? '',
  zone: attributeOf(instance, 'ecs.availability-zone') ?? '',
  capacity: nodeSpecOf(draft, instance).capacity,
})

/** The memory after a report about a provider of Managed Instances. */
const learnManagedProvider = (
  draft: Draft,
  memory: EcsMemory,
  { name, report }: ProviderFact,
  { managedInstances }: EcsControllerOptions,
): E.Either<MalformedValue, EcsMemory> => {
  const at = 'managedInstancesProvider'
  const decoded = decodeValue(ManagedProviderReport, report)
  if (E.isLeft(decoded)) return E.left(decoded.left[0]!)
  const { managedInstancesProvider: provider, autoScalingGroupProvider } = decoded.right
  const own = managedInstances.find((one) => one.name === name)
  const [wrong] = [
    ...(decoded.right.name === name ? [] : [{ at: ['name'], expected: name }]),
    ...checkCapacityProvider({ name }),
    ...(autoScalingGroupProvider === undefined
      ? []
      : [{ at: ['autoScalingGroupProvider'], expected: `nothing beside a ${at}` }]),
    ...checkManagedInstances(provider).map((one) => ({ ...one, at: [at, ...one.at] })),
    ...(memory.capacity.providers.has(name) ? [otherKind] : []),
    ...(own === undefined ? [{ at: [at], expected: launchableText(managedInstances) }] : []),
  ]
  if (wrong !== undefined || own === undefined)
    return E.left(completeComplaint(report, wrong ?? { at: [], expected: name }))
  const record: ManagedRecord = {
    ...(memory.capacity.managed.get(name) ?? newManaged),
    ...{ name, provider, types: own.offerings.map((one) => offeredType(draft, one)) },
  }
  return E.right({ ...memory, capacity: withManaged(memory.capacity, [[name, record]]) })
}

const newManaged: Omit<ManagedRecord, 'name' | 'provider' | 'types'> = {
  ...{ idle: new Map(), served: new Map(), messages: [], messageCount: 0 },
}

interface ManagedProviderReport {
  readonly name: string
  readonly managedInstancesProvider: ManagedInstancesProvider
  readonly autoScalingGroupProvider?: unknown
}
const ManagedProviderReport: Codec<ManagedProviderReport> = record<ManagedProviderReport>(
  'a capacity provider of Managed Instances',
  {
    name: text,
    managedInstancesProvider: ManagedInstancesProvider,
    autoScalingGroupProvider: t.unknown,
  },
)

const launchableText = (all: EcsControllerOptions['managedInstances']): string =>
  all.length === 0
    ? 'a provider of the option managedInstances, which names none'
    : `a provider of the option managedInstances: ${all.map(({ name }) => name).join(', ')}`

const providerRecord = (
  draft: Draft,
  name: string,
  provider: AutoScalingGroupProvider,
  group: AutoScalingGroup,
): ProviderRecord => ({
  ...{ name, provider: withProviderDefaults(provider) },
  ...{ group: group.AutoScalingGroupName, min: group.MinSize, max: group.MaxSize },
  types: group.offerings.map((instance) => offeredType(draft, instance)),
  ...{ alarms: quietAlarms, leaving: new Map(), decisions: [], decisionCount: 0 },
})

/** An update begins the minutes of the low alarm anew; what warms up goes on. */
const withoutAlarms = (before: ProviderRecord, record: ProviderRecord): ProviderRecord => ({
  ...before,
  provider: record.provider,
  alarms: { ...before.alarms, lowMinutes: 0 },
})

const deleteProvider = (memory: EcsMemory, name: string): E.Either<MalformedValue, EcsMemory> => {
  const { capacity, services } = memory
  if (!capacity.providers.has(name) && !capacity.managed.has(name))
    return E.left({
      ...{ at: [], found: 'null' },
      expected: `a capacity provider: no ${name} is there to delete`,
    })
  const user = [...services.values()].find(({ deployments }) =>
    deployments.some(({ workload }) =>
      (workload.service?.capacityProviderStrategy ?? []).some(
        ({ capacityProvider }) => capacityProvider === name,
      ),
    ),
  )
  return user === undefined
    ? E.right({
        ...memory,
        capacity: withManaged(withProviders(capacity, [[name, undefined]]), [[name, undefined]]),
      })
    : E.left({
        ...{ at: [], found: `null for ${name}` },
        expected: `no service that uses it: ${user.service.serviceName} does`,
      })
}
