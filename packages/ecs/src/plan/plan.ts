/**
 * Planning: on instances, with what runs on Fargate by its own words vended beside them, or all of it on Fargate.
 */
import {
  batch,
  byCodeUnit,
  empty,
  inOrderOfText,
  plan,
  wordPlan,
  type Warning,
  type WordedPlan,
} from '@stowage/kernel'
import type { Vended } from '@stowage/fargate'
import { countOf, type Workload } from '../lower/workload.js'
import { externalRefusal, instanceTexts, noInstanceText } from '../raise/instances.js'
import type { ContainerInstance } from '../words/container-instance.js'
import { onFargate, type Refused } from './fargate.js'
import type { EcsInput } from './input.js'
import { suppliedBy, wanting } from './supplied.js'
import { worldOf } from './world.js'

export interface EcsPlan {
  readonly plan: WordedPlan
  readonly vended: readonly Vended[]
  /** By name, in code-unit order. */
  readonly refused: readonly Refused[]
  /** Those of the input, and those of the plan. */
  readonly warnings: readonly Warning[]
}

export interface InstanceOptions {
  /** Besides those of the input. */
  readonly instances: readonly ContainerInstance[]
  /** Decides where the strategy is random. */
  readonly seed: number
}

export const planOnInstances = (input: EcsInput, options: InstanceOptions): EcsPlan => {
  const here = suppliedBy(input, 'instances')
  const [placed] = batch(empty, (draft) => {
    const instances = [...input.instances, ...options.instances]
    const { requests, nowhere, vocabulary } = worldOf(draft, here, instances, options.seed)
    return { plan: wordPlan(plan(draft, requests, new Map()), vocabulary), nowhere }
  })
  const vended = onFargate(suppliedBy(input, 'fargate'))
  const outside = suppliedBy(input, 'external').map((workload) => ({
    name: workload.name,
    count: countOf(workload),
    reason: externalRefusal,
  }))
  return {
    plan: placed.plan,
    vended: vended.vended,
    refused: [...vended.refused, ...outside].sort((a, b) => byCodeUnit(a.name, b.name)),
    warnings: inOrderOfText([
      ...input.warnings,
      ...here.flatMap((workload) => warningsOf(workload, instanceTexts(workload.definition))),
      ...placed.nowhere.flatMap((workload) => warningsOf(workload, [noInstanceText])),
      ...vended.warnings,
    ]),
  }
}

/** All of it on Fargate, whatever its launch type says. */
export const planOnFargate = (input: EcsInput): EcsPlan => {
  const { vended, refused, warnings } = onFargate(wanting(input))
  return {
    plan: { nodes: [], unplaced: [] },
    vended,
    refused,
    warnings: inOrderOfText([...input.warnings, ...warnings]),
  }
}

const warningsOf = ({ from, subject }: Workload, texts: readonly string[]): readonly Warning[] =>
  texts.map((text) => ({ from, subject, text }))
