/**
 * Summarizes a plan by workload, for the comparison of two plans: which machines the replicas of
 * the workload are on, how many replicas have no machine, and why.
 */
import { unplacedText, type PlatformPlan } from '../platform/plan.js'

/** Where the replicas of one workload are. */
export interface WorkloadPlaces {
  /** By machine, or by size on Fargate: how many replicas are there. */
  readonly places: ReadonlyMap<string, number>
  readonly placed: number
  readonly unplaced: number
  /** Why replicas have no place. */
  readonly reasons: readonly string[]
}

/** A workload that a plan does not have. */
export const noPlaces: WorkloadPlaces = { places: new Map(), placed: 0, unplaced: 0, reasons: [] }

interface MutablePlaces {
  readonly places: Map<string, number>
  placed: number
  unplaced: number
  readonly reasons: string[]
}

/** The places of every workload of a plan, by its name. */
export const placesIn = (plan: PlatformPlan): ReadonlyMap<string, WorkloadPlaces> => {
  const found = new Map<string, MutablePlaces>()
  const placesOf = (name: string): MutablePlaces => {
    const known = found.get(name)
    if (known !== undefined) return known
    const fresh = { places: new Map<string, number>(), placed: 0, unplaced: 0, reasons: [] }
    found.set(name, fresh)
    return fresh
  }
  const add = (name: string, place: string, count: number): void => {
    const own = placesOf(name)
    own.places.set(place, (own.places.get(place) ?? 0) + count)
    own.placed += count
  }
  const refuse = (name: string, count: number, reason: string): void => {
    const own = placesOf(name)
    own.unplaced += count
    own.reasons.push(reason)
  }
  for (const node of plan.plan.nodes)
    for (const { name, count } of node.holds) add(name, node.name, count)
  for (const { name, count, size } of plan.vended)
    add(name, `Fargate ${size.cpu / 1024} vCPU ${size.memory / 1024} GB`, count)
  for (const row of plan.plan.unplaced) refuse(row.name, row.count, unplacedText(row))
  for (const { name, count, reason } of [...plan.refused, ...plan.held]) refuse(name, count, reason)
  return found
}
