/**
 * Handles a report about a capacity provider over an Auto Scaling group, in the format of
 * CreateCapacityProvider: validates the provider, and adds or updates it in the controller's state.
 * A report of `null` deletes the provider.
 *
 * Source: Amazon ECS API Reference, CreateCapacityProvider and DeleteCapacityProvider.
 */
import { decodeValue } from '@stowage/documents'
import { instant, type Draft, type Instant, type Malformed } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { checkCapacityProvider } from '../provider/check-provider.js'
import { nodeSpecOf } from '../lower/instance.js'
import type { AutoScalingGroup } from '../memory/auto-scaling-group.js'
import { withProviders, type ProviderRecord } from '../memory/capacity-memory.js'
import type { EcsMemory } from '../memory/memory.js'
import type { EcsControllerOptions } from '../memory/options.js'
import { quietAlarms } from '../supply/capacity-minute.js'
import {
  CapacityProvider,
  groupNameIn,
  withProviderDefaults,
  type AutoScalingGroupProvider,
} from '../provider/capacity-provider.js'
import { malformed } from '../words/complaint.js'
import { attributeOf, instanceTypeOf } from '../words/container-instance.js'

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
): E.Either<Malformed, EcsMemory> => {
  const before = memory.capacity.providers.get(name)
  if (report === null) return deleteProvider(memory, name)
  const decoded = decodeValue(CapacityProvider, report)
  if (E.isLeft(decoded)) return E.left(decoded.left[0]!)
  const { autoScalingGroupProvider: provider } = decoded.right
  if (provider === undefined)
    return E.left(
      malformed(report, {
        ...{ at: ['autoScalingGroupProvider'] },
        expected: 'an Auto Scaling group: no other kind of provider is scaled here',
      }),
    )
  const groupName = groupNameIn(provider.autoScalingGroupArn)
  const group = options.groups.find(({ AutoScalingGroupName: one }) => one === groupName)
  const [wrong] = [
    ...(decoded.right.name === name ? [] : [{ at: ['name'], expected: name }]),
    ...checkCapacityProvider(decoded.right),
    ...(group === undefined ? [unknownGroup(options)] : []),
    ...takenBy(memory, name, groupName),
  ]
  if (wrong !== undefined || group === undefined)
    return E.left(malformed(report, wrong ?? unknownGroup(options)))
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

const providerRecord = (
  draft: Draft,
  name: string,
  provider: AutoScalingGroupProvider,
  group: AutoScalingGroup,
): ProviderRecord => ({
  ...{ name, provider: withProviderDefaults(provider) },
  ...{ group: group.AutoScalingGroupName, min: group.MinSize, max: group.MaxSize },
  types: group.offerings.map((instance) => ({
    instanceType: instanceTypeOf(instance) ?? '',
    zone: attributeOf(instance, 'ecs.availability-zone') ?? '',
    capacity: nodeSpecOf(draft, instance).capacity,
  })),
  ...{ alarms: quietAlarms, leaving: new Map(), decisions: [], decisionCount: 0 },
})

/** An update begins the minutes of the low alarm anew; what warms up goes on. */
const withoutAlarms = (before: ProviderRecord, record: ProviderRecord): ProviderRecord => ({
  ...before,
  provider: record.provider,
  alarms: { ...before.alarms, lowMinutes: 0 },
})

const deleteProvider = (memory: EcsMemory, name: string): E.Either<Malformed, EcsMemory> => {
  const { capacity, services } = memory
  if (!capacity.providers.has(name))
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
    ? E.right({ ...memory, capacity: withProviders(capacity, [[name, undefined]]) })
    : E.left({
        ...{ at: [], found: `null for ${name}` },
        expected: `no service that uses it: ${user.service.serviceName} does`,
      })
}
