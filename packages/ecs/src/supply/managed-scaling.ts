/**
 * Computes how many instances an Auto Scaling group should have, as managed scaling of an ECS
 * capacity provider does once a minute:
 *
 * 1. It computes how many instances are needed. If tasks wait, these are the running instances and
 *    the new ones that the waiting tasks need, at least the minimum step size and at most the
 *    maximum. If no task waits, these are the instances with a task that is not a daemon.
 * 2. It divides this number by the target capacity, for example by 80%, and rounds it up.
 * 3. It limits the result to the minimum and the maximum size of the group.
 *
 * A group without instances starts with at least 2, without step 2. Tasks wait in groups with equal
 * requirements; the group that needs the most instances decides (`capacity/instance-needs.ts`).
 *
 * Source: Amazon ECS Developer Guide, cluster auto scaling; API Reference, ManagedScaling.
 */

/** The setting of a provider, with the defaults of the API. */
export interface ManagedScalingSetting {
  /** Percent of the instances that should be in use: 100 when it is absent. */
  readonly targetCapacity?: number | undefined
  readonly minimumScalingStepSize?: number | undefined
  readonly maximumScalingStepSize?: number | undefined
}

/** The instances that run, and what waits for others. */
export interface GroupLoad {
  readonly running: number
  /** Those of them with a task that is no daemon. */
  readonly busy: number
  /** For each group of waiting tasks the instances it needs; null when none could hold it. */
  readonly groups: readonly (number | null)[]
  /** The bounds of the Auto Scaling group. */
  readonly min: number
  readonly max: number
}

/** A decision, with what it was computed from. */
export interface ManagedScalingDecision {
  /** M. */
  readonly needed: number
  /** N. */
  readonly running: number
  /** CapacityProviderReservation, in percent: 100 M / N. */
  readonly reservation: number
  /** The position of the group of tasks that decided; absent when none did. */
  readonly group?: number
  /** The instances that the Auto Scaling group should have. */
  readonly desired: number
  /** What moved the number on its way: a step size, or a bound of the group. */
  readonly clamps: readonly ('minimumScalingStepSize' | 'maximumScalingStepSize' | 'min' | 'max')[]
}

/** What an empty group of instances begins with. */
const firstInstances = 2

/**
 * Decides on a group of instances. The need of a group is null, and is ignored, when its tasks do
 * not fit the smallest type.
 */
export const managedScaling = (
  { running, busy, groups, min, max }: GroupLoad,
  setting: ManagedScalingSetting = {},
): ManagedScalingDecision => {
  const { targetCapacity = 100 } = setting
  const need = groups.reduce<number>((most, one) => Math.max(most, one ?? 0), 0)
  const step = need === 0 ? { delta: 0, clamps: [] } : stepOf(need, setting)
  const isFirst = running === 0 && need > 0
  const needed =
    need === 0 ? busy : isFirst ? Math.max(firstInstances, step.delta) : running + step.delta
  const target = isFirst ? needed : Math.ceil((100 * needed) / targetCapacity)
  const desired = Math.min(max, Math.max(min, target))
  return {
    ...{ needed, running, desired },
    reservation: running === 0 ? (needed === 0 ? 100 : 200) : (100 * needed) / running,
    ...(need === 0 ? {} : { group: groups.indexOf(need) }),
    clamps: [
      ...step.clamps,
      ...(desired > target ? (['min'] as const) : []),
      ...(desired < target ? (['max'] as const) : []),
    ],
  }
}

const stepOf = (
  need: number,
  {
    minimumScalingStepSize: least = 1,
    maximumScalingStepSize: most = 10_000,
  }: ManagedScalingSetting,
): { readonly delta: number; readonly clamps: ManagedScalingDecision['clamps'] } => {
  if (need < least) return { delta: least, clamps: ['minimumScalingStepSize'] }
  return need > most
    ? { delta: most, clamps: ['maximumScalingStepSize'] }
    : { delta: need, clamps: [] }
}
