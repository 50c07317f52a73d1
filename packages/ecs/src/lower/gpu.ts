/**
 * GPUs: so many of an instance, or all that it has. The kernel adds up amounts and knows no "all":
 * a task that takes all is asked for one at least, keeps every other task with GPUs off its
 * instance, and is kept off by them.
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

export const gpu = (draft: Draft): DimensionId => internDimension(draft, 'gpu')

const someFact = (draft: Draft): WordId => internWord(draft, 'GPU')
export const allGpusFact = (draft: Draft): WordId => internWord(draft, 'GPU ALL')

/** What a task says of itself that has these. */
export const gpuFacts = (draft: Draft, gpus: Gpus): readonly WordId[] => {
  if (gpus === 0) return []
  return gpus === 'ALL' ? [someFact(draft), allGpusFact(draft)] : [someFact(draft)]
}

/** What has to be free at least. */
export const gpusMin = (gpus: Gpus): number => (gpus === 'ALL' ? 1 : gpus)

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
