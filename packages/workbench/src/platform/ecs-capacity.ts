/**
 * Finds the capacity providers that scale in a simulated rollout. A provider scales if a service
 * uses it, managed scaling is enabled, and the input describes its Auto Scaling group with instance
 * types. All other providers keep their instances.
 */
import { collectAll, type Warning } from '@stowage/documents'
import {
  containerInstances,
  groupNameIn,
  typesOfGroup,
  zonesOfGroup,
  type AutoScalingGroup,
  type CapacityProvider,
  type EcsInput,
} from '@stowage/ecs'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Faults } from '../text/fault.js'
import type { PlatformOptions } from './platform.js'

/** What is scaled, and what is described and cannot be. */
export interface ScaledCapacity {
  readonly providers: readonly CapacityProvider[]
  readonly groups: readonly AutoScalingGroup[]
  /** The names of the groups, by the names of the providers. */
  readonly groupOf: ReadonlyMap<string, string>
  readonly warnings: readonly Warning[]
}

type ScaledOptions = Pick<PlatformOptions, 'typeNamed' | 'zones' | 'trunking'>

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
    E.map((parts) => parts.reduce(joined, nothingScaled)),
  )
}

const scaledProvider = (
  provider: CapacityProvider,
  groups: EcsInput['autoScalingGroups'],
  { typeNamed, zones, trunking }: ScaledOptions,
): E.Either<Faults, ScaledCapacity> => {
  const { autoScalingGroupProvider: own } = provider
  if ((own?.managedScaling?.status ?? 'DISABLED') === 'DISABLED' || own === undefined)
    return E.right(nothingScaled)
  const name = groupNameIn(own.autoScalingGroupArn)
  const group = groups.find((one) => one.AutoScalingGroupName === name)
  if (group === undefined)
    return E.right(unscaled(provider, `Auto Scaling group ${name} is not described`))
  const names = typesOfGroup(group)
  if (names.length === 0)
    return E.right(unscaled(provider, `Auto Scaling group ${name} lists no instance type`))
  const found = collectAll(names.map(typeNamed))
  if (E.isLeft(found)) return found
  const types = found.right.flatMap((type) => type ?? [])
  const unknown = names.find((_, i) => found.right[i] === undefined)
  if (unknown !== undefined)
    return E.right(unscaled(provider, `instance type ${unknown} is not known`))
  const ownZones = zonesOfGroup(group)
  const places = ownZones.length > 0 ? ownZones : zones.length > 0 ? zones : [undefined]
  const offerings = places.flatMap((zone) =>
    types.flatMap((type) =>
      containerInstances(type, 1, zone === undefined ? [] : [zone], 0, { trunking }).map(
        ({ ec2InstanceId: _, ...instance }) => ({
          ...instance,
          capacityProviderName: provider.name,
        }),
      ),
    ),
  )
  const { MinSize, MaxSize } = group
  return E.right({
    providers: [provider],
    groups: [{ AutoScalingGroupName: name, MinSize, MaxSize, offerings }],
    groupOf: new Map([[provider.name, name]]),
    warnings: [],
  })
}

const nothingScaled: ScaledCapacity = {
  ...{ providers: [], groups: [], groupOf: new Map(), warnings: [] },
}

const joined = (a: ScaledCapacity, b: ScaledCapacity): ScaledCapacity => ({
  providers: [...a.providers, ...b.providers],
  groups: [...a.groups, ...b.groups],
  groupOf: new Map([...a.groupOf, ...b.groupOf]),
  warnings: [...a.warnings, ...b.warnings],
})

const unscaled = ({ name }: CapacityProvider, why: string): ScaledCapacity => ({
  ...nothingScaled,
  warnings: [
    {
      ...{ code: 'NotSimulated', from: `capacity provider ${name}` },
      subject: `capacity provider ${name}`,
      text: `its managed scaling is not simulated, so that it keeps the instances that it has: ${why}`,
    },
  ],
})
