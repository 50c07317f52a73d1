/**
 * What the command line asks of a vocabulary, so that it treats Kubernetes and ECS alike.
 */
import type { Vended } from '@stowage/fargate'
import type {
  BadDocument,
  Document,
  Ignored,
  Warning,
  WordedPlan,
  WordedReplay,
} from '@stowage/kernel'
import type { Either } from 'fp-ts/lib/Either.js'
import type { Option } from 'fp-ts/lib/Option.js'
import type { Fleet } from '../machines/fleet.js'

export interface Refused {
  readonly name: string
  readonly count: number
  readonly reason: string
}

/** One plan: what is on the machines, what was vended, and what found no place. */
export interface Planned {
  readonly plan: WordedPlan
  readonly vended: readonly Vended[]
  readonly refused: readonly Refused[]
  readonly warnings: readonly Warning[]
}

export interface Explained extends WordedReplay {
  readonly name: string
}

/** Documents that were read, ready to be planned in one way or another. */
export interface Planner {
  readonly ignored: readonly Ignored[]
  /** Names of workloads, for `explain`. */
  readonly names: readonly string[]
  /** Whether there is anything to plan. */
  readonly wants: boolean
  /** Whether there are machines; without any, only what asks for Fargate by itself can be planned on them. */
  readonly hasMachines: boolean
  readonly onMachines: () => Planned
  readonly onFargate: () => Planned
  readonly explainOnMachines: (name: string) => Option<Explained>
}

export interface Options {
  readonly fleet: readonly Fleet[]
  readonly zones: readonly string[]
  readonly seed: number
}

export interface Vocabulary {
  readonly id: 'kubernetes' | 'ecs'
  readonly title: string
  /** What it calls a replica and a machine. */
  readonly replica: readonly [one: string, many: string]
  readonly machine: readonly [one: string, many: string]
  readonly allocatableFormula: string
  /** How many CPU ticks make one of its CPU units, and what the unit is called. */
  readonly cpu: { readonly per: number; readonly unit: string }
  readonly recognises: (value: unknown) => boolean
  readonly read: (
    documents: readonly Document[],
    options: Options,
  ) => Either<readonly BadDocument[], Planner>
}
