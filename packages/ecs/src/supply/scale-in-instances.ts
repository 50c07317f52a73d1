/**
 * Chooses the instances that an Auto Scaling group terminates when it scales in. Again and again,
 * it takes the oldest instance of the zone with the most instances. With managed termination
 * protection, it keeps every instance that has a task other than a daemon.
 *
 * AWS also compares launch templates, prices and billing hours, which are not known here.
 *
 * Source: Amazon EC2 Auto Scaling User Guide, default termination policy; Amazon ECS Developer
 * Guide, managed termination protection.
 */
import { byCodeUnit } from '@stowage/kernel'

/** An instance of a group. */
export interface GroupInstance {
  readonly name: string
  readonly zone: string
  /** Whether it has a task that is no daemon. */
  readonly isBusy: boolean
}

/** Up to `count` of the instances, which are in the order in which they joined. */
export const instancesToScaleIn = <Instance extends GroupInstance>(
  instances: readonly Instance[],
  count: number,
  isProtected: boolean,
): readonly Instance[] => {
  const sizes = new Map<string, number>()
  const rows = new Map<string, Instance[]>()
  for (const instance of instances) {
    const { zone, isBusy } = instance
    sizes.set(zone, (sizes.get(zone) ?? 0) + 1)
    if (isBusy && isProtected) continue
    const row = rows.get(zone)
    if (row === undefined) rows.set(zone, [instance])
    else row.push(instance)
  }
  const zones = [...rows.keys()].sort(byCodeUnit)
  const chosen: Instance[] = []
  while (chosen.length < count) {
    const zone = zones.reduce<string | undefined>((best, one) => {
      if (rows.get(one)!.length === 0) return best
      return best === undefined || sizes.get(one)! > sizes.get(best)! ? one : best
    }, undefined)
    if (zone === undefined) break
    chosen.push(rows.get(zone)!.shift()!)
    sizes.set(zone, sizes.get(zone)! - 1)
  }
  return chosen
}
