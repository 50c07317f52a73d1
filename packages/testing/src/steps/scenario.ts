/**
 * Generates random scenarios for controllers: the nodes and objects at the start, later changes of
 * the wanted counts, and the rates of faults.
 */
import { instant } from '@stowage/kernel'
import type { FaultRates } from '@stowage/simulator'
import * as fc from 'fast-check'

/** A world as plain data, which means the same to every controller. */
export interface StepScenario {
  readonly seed: number
  /** The capacity of each node, in replicas of size 1. */
  readonly nodes: readonly number[]
  readonly objects: readonly ScenarioObject[]
  /** How many replicas of an object, by its position, are wanted from an instant on. */
  readonly changes: readonly {
    readonly at: number
    readonly object: number
    readonly count: number
  }[]
  readonly faults: Partial<FaultRates>
}

/** So many replicas of a size are wanted. */
export interface ScenarioObject {
  readonly count: number
  readonly size: number
}

/** When everything begins. */
export const scenarioStart = instant(1000)
/** When nothing goes wrong any more. */
export const healedAt = 60_000
/** When the last answer has come, whatever was lost or delayed. */
export const scenarioEnd = instant(300_000)

/** The name of an object by its position. */
export const objectName = (position: number): string => `object-${position}`
/** The name of a node by its position. */
export const nodeNameAt = (position: number): string => `node-${position}`

const anyRate = fc.constantFrom(0, 0.1, 0.3, 0.6)
const anyFaults: fc.Arbitrary<Partial<FaultRates>> = fc.record({
  ...{ lost: anyRate, delayed: anyRate, repeated: anyRate, reordered: anyRate },
  ...{ nodeDeaths: anyRate, replicaDeaths: anyRate },
  until: fc.constant(healedAt),
})

/** Up to four nodes, three objects and four changes. */
export const anyScenario: fc.Arbitrary<StepScenario> = fc.record({
  seed: fc.nat(999),
  nodes: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 4 }),
  objects: fc.array(fc.record({ count: fc.nat(4), size: fc.integer({ min: 1, max: 2 }) }), {
    minLength: 1,
    maxLength: 3,
  }),
  changes: fc
    .array(
      fc.record({
        at: fc.integer({ min: 1000, max: healedAt }),
        ...{ object: fc.nat(2), count: fc.nat(5) },
      }),
      { maxLength: 4 },
    )
    .map((changes) => [...changes].sort((a, b) => a.at - b.at)),
  faults: anyFaults,
})
