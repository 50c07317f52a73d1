/** Comparisons as JSON: what the tables say, with every number in its unit. */
import type { Ignored } from '@stowage/kernel'
import { hoursPerMonth, type Amount, type Bills } from '../compare/bill.js'
import type { Comparison } from '../compare/comparison.js'
import { worldIds, type WorldId } from '../vocabulary/vocabulary.js'

export const comparisonsJson = (all: readonly Comparison[], ignored: readonly Ignored[]): string =>
  JSON.stringify({ comparisons: all.map(comparisonJson), ignored }, null, 2)

const comparisonJson = ({
  vocabulary,
  workloads,
  worlds,
  bills,
  warnings,
}: Comparison): unknown => ({
  vocabulary: vocabulary.id,
  workloads: workloads.map(({ name, wanted, changes, ec2, fargate, mixed }) => ({
    ...{ name, wanted, ec2, fargate, mixed },
    changesForFargate: changes,
  })),
  worlds: Object.fromEntries(
    worldIds.map((id) => {
      const { placed, unplaced, instances, gauges, fargate, asked } = worlds[id]
      return [
        id,
        {
          replicas: { placed, unplaced },
          ...{ instances, gauges, fargate, asked },
          ...(bills === undefined ? {} : { bill: billJson(bills, id) }),
        },
      ]
    }),
  ),
  warnings,
})

const billJson = (bills: Bills, id: WorldId): unknown => {
  const { total, instances, allInstances, fargate } = bills[id]
  return {
    currency: bills.currency,
    ...amountJson(total),
    ...{ instances: amountJson(instances), allInstances: amountJson(allInstances) },
    fargate: amountJson(fargate),
  }
}

/** Without a sum where something has no price. */
const amountJson = ({ priced, missing }: Amount): object =>
  missing.length > 0
    ? { missing }
    : { perHour: rounded(priced), perMonth: rounded(priced * hoursPerMonth) }

/** To a millionth: what is beyond is of the arithmetic, not of the prices. */
const rounded = (amount: number): number => Math.round(amount * 1e6) / 1e6
