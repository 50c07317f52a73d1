/** The workloads that want tasks at all, those of one kind of supply, and those that instances can be asked for. */
import { countOf, supplyOf, type Supply, type Workload } from '../lower/workload.js'
import { deviceRefusal } from '../raise/instances.js'
import type { EcsInput } from './input.js'

export const wanting = ({ workloads }: EcsInput): readonly Workload[] =>
  workloads.filter((workload) => countOf(workload) > 0)

export const suppliedBy = (input: EcsInput, supply: Supply): readonly Workload[] =>
  wanting(input).filter((workload) => supplyOf(workload) === supply)

/** Those of which no device is asked that instances have not, or that is not counted. */
export const askable = (workloads: readonly Workload[]): readonly Workload[] =>
  workloads.filter((workload) => deviceRefusal(workload) === undefined)
