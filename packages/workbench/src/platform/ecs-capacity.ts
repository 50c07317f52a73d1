/**
 * Finds the capacity providers that may launch and terminate instances during a simulated rollout,
 * with the instance types and zones that each may use: Auto Scaling groups with managed scaling,
 * and Managed Instances. A group whose instance types the input does not describe is not scaled,
 * and a warning says so.
 */
import { collectAll, type Warning } from '@stowage/documents'
import {
  containerInstances,
  groupNameIn,
  managedTypes,
  typesOfGroup,
  zonesOfGroup,
  type AutoScalingGroup,
  type CapacityProvider,
  type EcsInput,
  type ManagedInstances,
} from '@stowage/ecs'
import type { Ec2InstanceType } from '@stowage/fargate'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Faults } from '../text/fault.js'
import type { PlatformOptions } from './platform.js'

/** What is scaled, and what is described and cannot be. */
export interface ScaledCapacity {
  readonly providers: readonly CapacityProvider[]
  readonly groups: readonly AutoScalingGroup[]
  /** What providers of Managed Instances may launch. */
  readonly managed: readonly ManagedInstances[]
  /** The names of the groups, by the names of the providers. */
  readonly groupOf: ReadonlyMap<string, string>
  readonly warnings: readonly Warning[]
}

type ScaledOptions = Pick<PlatformOptions, 'typeNamed' | 'typeNames' | 'zones' | 'trunking'>

/** The capacity of an input that is scaled: that of the providers which a service names. */
export const scaledCapacity = (
  { providers, autoScalingGroups, workloads }: EcsInput,
  options: ScaledOptions,
): E.Either<Faults, ScaledCapacity> => {
  const named = new Set(
    workloads.flatMap(({ service }) =>
      (service?.capacityProviderStrategy ?? []).map(({ capacityProvider }) => capacityProvider),
    ),
  )
  const own = providers.filter(({ name }) => named.has(name))
  return pipe(
    collectAll(own.map((provider) => scaledProvider(provider, autoScalingGroups, options))),
    E.map((parts) => parts.reduce(joinCapacity, nothingScaled)),
  )
}

const scaledProvider = (
  provider: CapacityProvider,
  groups: EcsInput['autoScalingGroups'],
  options: ScaledOptions,
): E.Either<Faults, ScaledCapacity> => {
  if (provider.managedInstancesProvider !== undefined) return managedProvider(provider, options)
  const { typeNamed, zones } = options
  const { autoScalingGroupProvider: own } = provider
  if ((own?.managedScaling?.status ?? 'DISABLED') === 'DISABLED' || own === undefined)
    return E.right(nothingScaled)
  const name = groupNameIn(own.autoScalingGroupArn)
  const group = groups.find((one) => one.AutoScalingGroupName === name)
  if (group === undefined)
    return E.right(unscaledCapacity(provider, `Auto Scaling group ${name} is not described`))
  const names = typesOfGroup(group)
  if (names.length === 0)
    return E.right(unscaledCapacity(provider, `Auto Scaling group ${name} lists no instance type`))
  const found = collectAll(names.map(typeNamed))
  if (E.isLeft(found)) return found
  const types = found.right.flatMap((type) => type ?? [])
  const unknown = names.find((_, i) => found.right[i] === undefined)
  if (unknown !== undefined)
    return E.right(unscaledCapacity(provider, `instance type ${unknown} is not known`))
  const ownZones = zonesOfGroup(group)
  const offerings = offeringsOf(provider, types, ownZones.length > 0 ? ownZones : zones, options)
  const { MinSize, MaxSize } = group
  return E.right({
    ...nothingScaled,
    providers: [provider],
    groups: [{ AutoScalingGroupName: name, MinSize, MaxSize, offerings }],
    groupOf: new Map([[provider.name, name]]),
  })
}

/** An instance of each type in each zone. */
const offeringsOf = (
  { name: capacityProviderName }: CapacityProvider,
  types: readonly Ec2InstanceType[],
  zones: readonly string[],
  { trunking }: ScaledOptions,
): AutoScalingGroup['offerings'] => {
  const places = zones.length > 0 ? zones : [undefined]
  return places.flatMap((zone) =>
    types.flatMap((type) =>
      containerInstances(type, 1, zone === undefined ? [] : [zone], 0, { trunking }).map(
        ({ ec2InstanceId: _, ...instance }) => ({ ...instance, capacityProviderName }),
      ),
    ),
  )
}

/** Types with the same amounts are alike to tasks: one of them stands for all. */
const managedProvider = (
  provider: CapacityProvider,
  options: ScaledOptions,
): E.Either<Faults, ScaledCapacity> => {
  const known = collectAll(options.typeNames.map(options.typeNamed))
  if (E.isLeft(known)) return known
  const found = managedTypes(
    provider,
    known.right.flatMap((type) => type ?? []),
  )
  if (found === undefined)
    return E.right(unscaledCapacity(provider, 'its launch template has no instanceRequirements'))
  if (found.types.length === 0)
    return E.right(
      unscaledCapacity(provider, 'no known instance type meets its instanceRequirements'),
    )
  const unlike = new Map<string, Ec2InstanceType>()
  for (const type of found.types) {
    const { name: _, ...amounts } = type
    const key = JSON.stringify(amounts)
    if (!unlike.has(key)) unlike.set(key, type)
  }
  const { name } = provider
  const offerings = offeringsOf(provider, [...unlike.values()], options.zones, options)
  return E.right({
    ...{ ...nothingScaled, providers: [provider], managed: [{ name, offerings }] },
    groupOf: new Map([[name, name]]),
    warnings:
      found.unread.length === 0
        ? []
        : [
            {
              ...{ code: 'FieldNotHonoured', from: `capacity provider ${name}` },
              subject: `capacity provider ${name}`,
              text: `read but not honoured yet: ${found.unread.join(', ')} of instanceRequirements`,
            },
          ],
  })
}

const nothingScaled: ScaledCapacity = {
  ...{ providers: [], groups: [], managed: [], groupOf: new Map(), warnings: [] },
}

const joinCapacity = (a: ScaledCapacity, b: ScaledCapacity): ScaledCapacity => ({
  providers: [...a.providers, ...b.providers],
  groups: [...a.groups, ...b.groups],
  managed: [...a.managed, ...b.managed],
  groupOf: new Map([...a.groupOf, ...b.groupOf]),
  warnings: [...a.warnings, ...b.warnings],
})

const unscaledCapacity = ({ name }: CapacityProvider, why: string): ScaledCapacity => ({
  ...nothingScaled,
  warnings: [
    {
      ...{ code: 'NotSimulated', from: `capacity provider ${name}` },
      subject: `capacity provider ${name}`,
      text: `what it buys is not simulated, so that it keeps the instances that it has: ${why}`,
    },
  ],
})
