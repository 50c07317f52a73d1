/** The same workloads in three worlds, side by side. */
import { byCodeUnit, inOrderOfText, type Warning } from '@stowage/kernel'
import { worldIds, type Vocabulary, type WorldId, type Worlds } from '../vocabulary/vocabulary.js'
import { billsOf, type Bills } from './bill.js'
import type { PriceList } from './price-list.js'
import { countIn, standingOf, type Standing } from './standing.js'
import { summaryOf, type Summary } from './summary.js'

export interface Compared extends Readonly<Record<WorldId, Standing>> {
  readonly name: string
  /** How many it asks for, as it is. */
  readonly wanted: number
  /** The fields that would have to be written otherwise before Fargate took it. */
  readonly changes: readonly string[]
}

export interface Comparison {
  readonly vocabulary: Vocabulary
  /** By name, in code-unit order. */
  readonly workloads: readonly Compared[]
  readonly worlds: Readonly<Record<WorldId, Summary>>
  readonly bills?: Bills
  readonly warnings: readonly Warning[]
}

export const comparisonOf = (
  vocabulary: Vocabulary,
  worlds: Worlds,
  prices: PriceList | undefined,
): Comparison => ({
  vocabulary,
  workloads: [...worlds.terms]
    .sort(([a], [b]) => byCodeUnit(a, b))
    .map(([name]) => comparedOf(worlds, name)),
  worlds: {
    ec2: summaryOf(worlds.ec2),
    fargate: summaryOf(worlds.fargate),
    mixed: summaryOf(worlds.mixed),
  },
  ...(prices === undefined ? {} : { bills: billsOf(worlds, prices) }),
  warnings: once(worldIds.flatMap((id) => worlds[id].warnings)),
})

const comparedOf = (worlds: Worlds, name: string): Compared => {
  const [ec2, fargate, mixed] = worldIds.map((id) => standingOf(worlds[id], name)) as [
    Standing,
    Standing,
    Standing,
  ]
  return {
    ...{ name, ec2, fargate, mixed },
    wanted: countIn(mixed),
    changes: worlds.changes.get(name) ?? [],
  }
}

/** What is said in several worlds is said once. */
const once = (warnings: readonly Warning[]): readonly Warning[] =>
  inOrderOfText([...new Map(warnings.map((one) => [JSON.stringify(one), one])).values()])
