/**
 * Builds the table that translates the numbers in the kernel's results to words of Amazon ECS: the
 * names of stages and strategies, of reasons, and of resources with their units.
 */
import { cpu, memory, type DimensionId, type Vocabulary } from '@stowage/kernel'
import { bytesFromMiB, cpuUnits, mebibytes, ticksFromCpuUnits } from '@stowage/fargate'
import { refusals, reasonTable, stages } from '../lower/reason.js'

/** `scores` are the names of all scores in the plan; `gpu` is the dimension of GPUs. */
export const vocabularyOf = (
  gpu: DimensionId,
  scores: readonly string[],
  distinctInstanceReason: string = reasonTable.distinctInstance.text,
): Vocabulary => ({
  pluginName: (plugin) => [...stages, ...scores][plugin] ?? '',
  reasonOf: (reason) => {
    const refusal = refusals[reason]
    if (refusal === undefined) return { plugin: '', reason: '' }
    const { stage, text } = reasonTable[refusal]
    return {
      plugin: stage,
      reason: refusal === 'distinctInstance' ? distinctInstanceReason : text,
    }
  },
  resources: [
    { dimension: cpu, resource: 'CPU', unit: 'units', per: ticksFromCpuUnits(cpuUnits(1)) },
    { dimension: memory, resource: 'MEMORY', unit: 'MiB', per: bytesFromMiB(mebibytes(1)) },
    { dimension: gpu, resource: 'GPU', unit: '', per: 1 },
  ],
})
