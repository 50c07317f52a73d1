/**
 * Converts the answer to `compare` to JSON. It has the same values as the tables, each number in a
 * fixed unit.
 */
import type { Comparison, Comparisons } from '../compare/comparison.js'
import { worldIds } from '../platform/worlds.js'
import { answerVersion } from '../schema/part.js'
import { billJson } from './bill-rows.js'

/** `{ version, comparisons, ignored }`, a comparison per platform. */
export const comparisonsJson = ({ comparisons, ignored }: Comparisons): object => ({
  version: answerVersion,
  comparisons: comparisons.map(comparisonJson),
  ignored,
})

const comparisonJson = ({ platform, workloads, worlds, bills, warnings }: Comparison): object => ({
  vocabulary: platform.id,
  workloads: workloads.map(({ name, cluster, count, changes, ec2, fargate, mixed }) => ({
    ...(cluster === undefined ? {} : { cluster }),
    ...{ name, wanted: count, ec2, fargate, mixed },
    changesForFargate: changes,
  })),
  worlds: Object.fromEntries(
    worldIds.map((id) => {
      const { placed, unplaced, instances, gauges, fargate, demand } = worlds[id]
      return [
        id,
        {
          replicas: { placed, unplaced },
          ...{ instances, gauges, fargate, asked: demand },
          ...(bills === undefined ? {} : { bill: billJson(bills[id]) }),
        },
      ]
    }),
  ),
  warnings,
})
