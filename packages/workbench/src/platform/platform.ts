/**
 * What the command line asks of a vocabulary, so that it treats Kubernetes and ECS alike.
 */
import type { FargateTerms, Launched, Parameters } from '@stowage/ecs'
import type { FargateOptions, Vended } from '@stowage/fargate'
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
import type { Machine } from '../machines/machine.js'

export interface Refused {
  readonly name: string
  readonly count: number
  readonly reason: string
  /** Of which it was to be had; Fargate, where it is left out. */
  readonly supply?: 'instances' | 'fargate' | 'external'
}

/** If these made way on the machine, a replica that found no place would have one. */
export interface Preemption {
  readonly node: string
  readonly victims: readonly string[]
}

/** One plan: what is on the machines, what was vended, and what found no place. */
export interface Planned {
  readonly plan: WordedPlan
  readonly vended: readonly Vended[]
  /**
   * Where the vended replicas are: so many of each provider in each subnet, as far as these are
   * known.
   */
  readonly launched: readonly Launched[]
  readonly refused: readonly Refused[]
  /** What no scheduler looks at. */
  readonly held: readonly Refused[]
  readonly preemptions: readonly (Preemption & { readonly name: string })[]
  readonly warnings: readonly Warning[]
  /** Replicas that are on Fargate because a profile took them, each with its node. */
  readonly onFargate?: readonly FargateReplica[]
}

export interface FargateReplica {
  readonly name: string
  /** From 1. */
  readonly replica: number
  readonly fargateProfileName: string
  readonly subnet: string
  readonly node: string
  /** When its launch begins, in milliseconds after the first. */
  readonly at: number
  /** Of the node, as the API server has them. */
  readonly labels: Readonly<Record<string, string>>
  readonly taints: readonly object[]
  readonly allocatable: Readonly<Record<string, string>>
}

export interface Explained extends WordedReplay {
  readonly _tag: 'Explained'
  readonly name: string
  /** What is explained, where that is not one replica of several. */
  readonly title?: string
  /** Where it is already. */
  readonly on?: { readonly node: string; readonly isKnown: boolean; readonly leaving: boolean }
  /** What the platform itself would say of a replica that finds no place. */
  readonly message?: string
  /** All ways that are equally good. */
  readonly nominations?: readonly Preemption[]
  /** The same decision in the platform's own form. */
  readonly verdict?: object
}

/** One sentence says all that there is to say; `placed` when nothing is missing. */
export interface Note {
  readonly _tag: 'Note'
  readonly name: string
  readonly text: string
  readonly placed: boolean
}

/**
 * The same workloads in three worlds: all on machines of EC2, all on Fargate, and each where it
 * asks to be.
 */
export const worldIds = ['ec2', 'fargate', 'mixed'] as const
export type WorldId = (typeof worldIds)[number]

export interface Worlds extends Readonly<Record<WorldId, Planned>> {
  /** By workload, the fields that would have to be written otherwise before Fargate took it. */
  readonly changes: ReadonlyMap<string, readonly string[]>
  /** The types of machines by name, of those that say what they are. */
  readonly types: ReadonlyMap<string, string>
  /** By workload, what it is billed by on Fargate, beside its size. */
  readonly terms: ReadonlyMap<string, FargateTerms>
}

/** Documents that were read, ready to be planned in one way or another. */
export interface Planner {
  readonly ignored: readonly Ignored[]
  /** The names of all that a text may mean, for `explain`, each in full. */
  readonly find: (text: string) => readonly string[]
  /** Names in the way of the text, for one that means nothing. */
  readonly near: (text: string) => readonly string[]
  /** What plans call that which is meant by such a name. */
  readonly planNameOf: (name: string) => string
  /** Whether there is anything to plan. */
  readonly wants: boolean
  /**
   * Whether there are machines; without any, only what asks for Fargate by itself can be planned on
   * them.
   */
  readonly hasMachines: boolean
  readonly onMachines: () => Planned
  readonly onFargate: () => Planned
  /** Absent where worlds are not compared. */
  readonly worlds?: () => Worlds
  /**
   * Of what is there already, whether or not there are machines; absent where `explainOnMachines`
   * does it.
   */
  readonly explainThere?: (name: string) => Option<Explained | Note>
  readonly explainOnMachines: (name: string) => Option<Explained | Note>
}

export interface Options {
  readonly fleet: readonly Fleet[]
  /** An instance type by its name; nothing, where nobody knows it. */
  readonly typeNamed: (name: string) => Either<readonly BadDocument[], Machine | undefined>
  readonly zones: readonly string[]
  /** Whether new container instances have a trunk. */
  readonly trunking: boolean
  readonly seed: number
  /** Quotas of Fargate that the caller names; the others are those of each vocabulary. */
  readonly fargate: Partial<Pick<FargateOptions, 'vcpusAtOnce' | 'launchRate'>>
  /** For CloudFormation templates. */
  readonly parameters: Parameters
}

/** What is wrong with a document, and the name that the platform itself has for that. */
export interface Problem extends BadDocument {
  readonly exception?: string
}

export interface Vocabulary {
  readonly id: 'kubernetes' | 'ecs'
  readonly title: string
  /** What it calls a replica and a machine. */
  readonly replica: readonly [one: string, many: string]
  readonly machine: readonly [one: string, many: string]
  readonly allocatableFormula: string
  /**
   * Whether the best is the one of the highest sum, and how a refusal is marked that removing
   * replicas could undo, or could not.
   */
  readonly sums: boolean
  readonly refusalMark: (removable: boolean) => string
  /** How many CPU ticks make one of its CPU units, and what the unit is called. */
  readonly cpu: { readonly per: number; readonly unit: string }
  readonly recognises: (value: unknown) => boolean
  readonly read: (
    documents: readonly Document[],
    options: Options,
  ) => Either<readonly Problem[], Planner>
}

/** The name itself, or else all that it is the last part of. */
export const namesLike = (text: string, names: readonly string[]): readonly string[] =>
  names.includes(text) ? [text] : names.filter((full) => full.endsWith(`/${text}`))
