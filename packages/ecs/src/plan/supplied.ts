/** The workloads that want tasks at all, and those of one kind of supply. */
import { countOf, supplyOf, type Supply, type Workload } from '../lower/workload.js'
import type { EcsInput } from './input.js'

export const wanting = ({ workloads }: EcsInput): readonly Workload[] =>
  workloads.filter((workload) => countOf(workload) > 0)

export const suppliedBy = (input: EcsInput, supply: Supply): readonly Workload[] =>
  wanting(input).filter((workload) => supplyOf(workload) === supply)
