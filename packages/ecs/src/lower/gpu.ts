/**
 * Translates the GPUs that a task requires (a number, or all GPUs of its instance) to rules of the
 * kernel. A task with all GPUs demands at least 1 GPU, and shares its instance with no other task
 * that requires GPUs.
 *
 * Source: Amazon ECS API Reference, ResourceRequirement.
 */
import {
  internDimension,
  internWord,
  type DimensionId,
  type Draft,
  type WordId,
  type Filter,
} from '@stowage/kernel'
import type { Gpus } from '../words/resource-requirement.js'
import { filterReason } from './reason.js'

/** The dimension of GPUs. */
export const gpu = (draft: Draft): DimensionId => internDimension(draft, 'gpu')

const someFact = (draft: Draft): WordId => internWord(draft, 'GPU')
/** The fact of a task that takes all GPUs. */
export const allGpusFact = (draft: Draft): WordId => internWord(draft, 'GPU ALL')

/** The facts of a task that takes these GPUs. */
export const gpuFacts = (draft: Draft, gpus: Gpus): readonly WordId[] => {
  if (gpus === 0) return []
  return gpus === 'ALL' ? [someFact(draft), allGpusFact(draft)] : [someFact(draft)]
}

/** The number of GPUs that must be free. The kernel has no amount "all", so all GPUs demand 1. */
export const gpusMin = (gpus: Gpus): number => (gpus === 'ALL' ? 1 : gpus)

/** Keeps a task off an instance whose GPUs conflict with its own. */
export const gpuLimits = (draft: Draft, gpus: Gpus): readonly Filter<'Limit'>[] => {
  if (gpus === 0) return []
  const other = gpus === 'ALL' ? someFact(draft) : allGpusFact(draft)
  return [
    {
      _tag: 'Limit',
      ...filterReason('gpu'),
      removable: true,
      tally: { facts: { _tag: 'Fact', word: other }, domain: 'node', absent: 'own' },
      self: 0,
      max: 0,
    },
  ]
}
