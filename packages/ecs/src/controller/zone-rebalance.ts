/**
 * Rebalances the tasks of a steady service over availability zones, one task at a time:
 *
 * 1. An extra task starts in the zone with the fewest tasks.
 * 2. Once that task is healthy, one task stops in the zone with the most tasks.
 *
 * A new deployment, or a zone without room for the extra task, cancels the move.
 *
 * Source: Amazon ECS Developer Guide, availability zone rebalancing.
 */
import { nodeIds, nodeSpec, type Instant, type NodeId, type View } from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import { isBalanceable, zoneMove } from '../deployment/zone-balance.js'
import { withEvent, type ServiceRecord } from '../memory/memory.js'
import { attributeTexts, zoneKey } from '../memory/node-attributes.js'

/** The instances of each zone that take tasks. */
const nodesByZone = (view: View): ReadonlyMap<string, readonly NodeId[]> => {
  const zones = new Map<string, NodeId[]>()
  for (const node of nodeIds(view)) {
    const spec = nodeSpec(view, node)
    const attributes = O.isSome(spec) ? attributeTexts(view, spec.value) : new Map<string, string>()
    const zone = attributes.get(zoneKey)
    if (zone === undefined || attributes.get('status') === 'DRAINING') continue
    const known = zones.get(zone)
    if (known === undefined) zones.set(zone, [node])
    else known.push(node)
  }
  return zones
}

/** The record with a move begun, when its zones are out of balance. */
export const withZoneMove = (record: ServiceRecord, view: View, now: Instant): ServiceRecord => {
  const { service, tasks } = record
  if (service.availabilityZoneRebalancing !== 'ENABLED' || !isBalanceable(service)) return record
  const zones = nodesByZone(view)
  const zoneOf = new Map([...zones].flatMap(([zone, nodes]) => nodes.map((node) => [node, zone])))
  const counts = new Map([...zones.keys()].map((zone) => [zone, 0]))
  for (const { node, phase } of tasks.values()) {
    const zone = zoneOf.get(node)
    if (zone !== undefined && phase !== 'leaving') counts.set(zone, counts.get(zone)! + 1)
  }
  const move = zoneMove(counts)
  if (move === undefined || move.start === record.fullZone) return record
  const { fullZone: _, ...others } = record
  return withEvent(
    { ...others, rebalancing: { zone: move.start, nodes: zones.get(move.start)! } },
    now,
    `is not balanced over availability zones: it starts a task in ${move.start}, to stop one in ${move.stop}.`,
  )
}

/** The record without its move, when the extra task is healthy or found no instance. */
export const withZoneMoveDone = (
  record: ServiceRecord,
  goodHealthy: number,
  now: Instant,
): ServiceRecord => {
  const { rebalancing, ...others } = record
  if (rebalancing === undefined) return record
  if (goodHealthy > (record.service.desiredCount ?? 0)) return others
  if (!record.isUnplaced) return record
  return withEvent(
    { ...others, fullZone: rebalancing.zone },
    now,
    `was unable to place a task in ${rebalancing.zone} to rebalance its availability zones.`,
  )
}
