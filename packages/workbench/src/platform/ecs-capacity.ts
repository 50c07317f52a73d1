/**
 * Finds the capacity providers whose Auto Scaling groups a rollout scales: managed scaling is on,
 * and the group is described with its instance types. Others keep the instances that they have.
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
import type { Ec2InstanceType } from '@stowage/fargate'
import * as E from 'fp-ts/lib/Either.js'
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

/** The capacity of an input that is scaled. */
export const scaledCapacity = (
  { providers, autoScalingGroups, workloads }: EcsInput,
  { typeNamed, zones, trunking }: Pick<PlatformOptions, 'typeNamed' | 'zones' | 'trunking'>,
): E.Either<Faults, ScaledCapacity> => {
  const named = new Set(
    workloads.flatMap(({ service }) =>
      (service?.capacityProviderStrategy ?? []).map(({ capacityProvider }) => capacityProvider),
    ),
  )
  const all = collectAll(
    providers
      .filter(({ name }) => named.has(name))
      .map((provider): E.Either<Faults, ScaledCapacity> => {
        const { autoScalingGroupProvider: own } = provider
        if ((own?.managedScaling?.status ?? 'DISABLED') === 'DISABLED' || own === undefined)
          return E.right(nothingScaled)
        const name = groupNameIn(own.autoScalingGroupArn)
        const group = autoScalingGroups.find((one) => one.AutoScalingGroupName === name)
        if (group === undefined)
          return E.right(unscaled(provider, `Auto Scaling group ${name} is not described`))
        const types = typesOfGroup(group)
        if (types.length === 0)
          return E.right(unscaled(provider, `Auto Scaling group ${name} lists no instance type`))
        const found = collectAll(
          types.map((type) =>
            E.map((known: Ec2InstanceType | undefined) => [known])(typeNamed(type)),
          ),
        )
        if (E.isLeft(found)) return found
        const unknown = types.find((_, i) => found.right.flat()[i] === undefined)
        if (unknown !== undefined)
          return E.right(unscaled(provider, `instance type ${unknown} is not known`))
        const ownZones = zonesOfGroup(group)
        const places = ownZones.length > 0 ? ownZones : zones.length > 0 ? zones : [undefined]
        const offerings = places.flatMap((zone) =>
          found.right.flat().flatMap((type) =>
            type === undefined
              ? []
              : containerInstances(type, 1, zone === undefined ? [] : [zone], 0, { trunking }).map(
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
      })
      .map((one) => E.map((capacity: ScaledCapacity) => [capacity])(one)),
  )
  return E.map((parts: readonly (readonly ScaledCapacity[])[]) =>
    parts.flat().reduce(joined, nothingScaled),
  )(all)
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
