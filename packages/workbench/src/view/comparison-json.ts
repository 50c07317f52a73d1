/**
 * Converts the answer to `compare` to JSON, with the same content as the tables and each number in
 * a fixed unit.
 */
import { hoursPerMonth, type Bills, type Cost } from '../compare/bill.js'
import type { Comparison, Comparisons } from '../compare/comparison.js'
import { worldIds, type WorldId } from '../platform/worlds.js'
import { answerVersion } from '../schema/part.js'

/** `{ version, comparisons, ignored }`, a comparison per platform. */
export const comparisonsJson = ({ comparisons, ignored }: Comparisons): object => ({
  version: answerVersion,
  comparisons: comparisons.map(comparisonJson),
  ignored,
})

const comparisonJson = ({ platform, workloads, worlds, bills, warnings }: Comparison): object => ({
  vocabulary: platform.id,
  workloads: workloads.map(({ name, cluster, wanted, changes, ec2, fargate, mixed }) => ({
    ...(cluster === undefined ? {} : { cluster }),
    ...{ name, wanted, ec2, fargate, mixed },
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
          ...(bills === undefined ? {} : { bill: billJson(bills, id) }),
        },
      ]
    }),
  ),
  warnings,
})

const billJson = (bills: Bills, id: WorldId): object => {
  const { total, instances, allInstances, fargate } = bills[id]
  return {
    currency: bills.currency,
    ...costJson(total),
    ...{ instances: costJson(instances), allInstances: costJson(allInstances) },
    fargate: costJson(fargate),
  }
}

/** No sum when an item has no price. */
const costJson = ({ priced, missing }: Cost): object =>
  missing.length > 0
    ? { missing }
    : { perHour: toMillionths(priced), perMonth: toMillionths(priced * hoursPerMonth) }

/** Rounded: further digits are errors of floating-point arithmetic. */
const toMillionths = (amount: number): number => Math.round(amount * 1e6) / 1e6
