/**
 * Plans and explanations as JSON: what the tables say, with every number in its unit.
 */
import type { Ignored } from '@stowage/kernel'
import type { Vended } from '@stowage/fargate'
import type { Planned, Vocabulary } from '../vocabulary/vocabulary.js'
import type { WorkloadExplanation } from './explanation.js'
import { tallied, type Plans } from './plan-text.js'

export const plansJson = (all: readonly Plans[], ignored: readonly Ignored[]): string =>
  text({
    plans: all.flatMap(({ vocabulary, machines, fargate }) => [
      ...(machines === undefined ? [] : [planJson(vocabulary, 'nodes', machines)]),
      ...(fargate === undefined ? [] : [planJson(vocabulary, 'fargate', fargate)]),
    ]),
    ignored,
  })

/** What can be said of each workload: node by node, or its size on Fargate. */
export const explanationsJson = (all: readonly WorkloadExplanation[]): string =>
  text({ explanations: all.map(explanationJson) })

const explanationJson = (one: WorkloadExplanation): unknown => {
  const { vocabulary, name } = one
  if (one._tag === 'Note')
    return { vocabulary: vocabulary.id, name, note: one.text, placed: one.placed }
  if (one._tag === 'OnMachines')
    return {
      vocabulary: vocabulary.id,
      name,
      replica: one.replica,
      on: one.on,
      message: one.message,
      ...one.explanation,
      preemption: one.nominations,
      remedies: one.remedies,
      verdict: one.verdict,
    }
  const { vended, launched, profile, refused, warnings } = one
  return {
    ...{ vocabulary: vocabulary.id, name, fargate: vended.map(vendedJson), launched },
    ...{ fargateProfileName: profile, refused, warnings },
  }
}

const text = (value: unknown): string => JSON.stringify(value, null, 2)

const planJson = (
  vocabulary: Vocabulary,
  supply: 'nodes' | 'fargate',
  planned: Planned,
): unknown => {
  const [placed, unplaced] = tallied(planned)
  return {
    vocabulary: vocabulary.id,
    supply,
    replicas: { placed, unplaced },
    nodes: planned.plan.nodes,
    unplaced: planned.plan.unplaced,
    fargate: planned.vended.map(vendedJson),
    launched: planned.launched,
    ...(planned.onFargate === undefined || planned.onFargate.length === 0
      ? {}
      : { fargateNodes: planned.onFargate }),
    refused: planned.refused,
    held: planned.held,
    preemption: planned.preemptions,
    warnings: planned.warnings,
  }
}

/**
 * In milliCPU (1/1000 vCPU) and bytes; the size in CPU units (1/1024 vCPU) and MiB, as Fargate
 * writes it.
 */
const vendedJson = ({ name, count, asked, overhead, size, wasted }: Vended): unknown => ({
  name,
  count,
  asked: inMilli(asked),
  overhead: { memory: overhead },
  size,
  wasted: inMilli(wasted),
})

const ticksPerMilli = 128

const inMilli = ({ cpu, memory }: Vended['asked']): unknown => ({
  cpu: cpu / ticksPerMilli,
  memory,
})
