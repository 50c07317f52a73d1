/**
 * Defines the interface that Kubernetes and Amazon ECS each implement, so that every question
 * treats them alike. A platform recognizes its own documents, reads them, and returns a planner,
 * which computes plans and explanations from them.
 */
import type { IgnoredDocument, SourceDocument } from '@stowage/documents'
import type { TemplateParameters } from '@stowage/ecs'
import type { Ec2InstanceType, FargateOptions } from '@stowage/fargate'
import type { Drain, DrainOptions } from '@stowage/kubernetes'
import type { MalformedValue } from '@stowage/kernel'
import type {
  provisionBesideProfiles,
  releaseAsMinds,
  releaseBesideProfiles,
} from '@stowage/kubernetes'
import type { Either } from 'fp-ts/lib/Either.js'
import type { Option } from 'fp-ts/lib/Option.js'
import type { Machines } from '../machines/fleet.js'
import type { Faults } from '../text/fault.js'
import type { Headroom, NodeExplanation, Note } from './explanation.js'
import type { BillTerms, PlatformPlan } from './plan.js'
import type { RawObjects } from './raw-object.js'
import type { Worlds } from './worlds.js'

/** Quotas and refusals of Fargate that a caller sets; each platform has defaults for the others. */
export type FargateQuotas = Partial<
  Pick<FargateOptions, 'vcpusAtOnce' | 'launchRate' | 'windowsStorage' | 'tmpfs'>
>

/** What a platform reads beside its documents. */
export interface PlatformOptions extends Pick<Machines, 'fleet' | 'typeNamed' | 'typeNames'> {
  /** Availability zones that new machines take in turn. */
  readonly zones: readonly string[]
  /** Whether new container instances have a trunk. */
  readonly trunking: boolean
  /** The cluster that new container instances join; each of the documents when it is absent. */
  readonly cluster?: string
  /** Breaks ties where the platform draws lots. */
  readonly seed: number
  readonly fargate: FargateQuotas
  /** Names of nodes that are taken away. */
  readonly withoutNodes: readonly string[]
  /** Whether pods of an older template are replaced. */
  readonly rollouts: boolean
  /** Names of admission plugins that the cluster has on beside those that are on by default. */
  readonly admissionPlugins: readonly string[]
  /** For CloudFormation templates. */
  readonly parameters: TemplateParameters
}

/** The platforms, in the order in which answers show them. */
export const platformIds = ['kubernetes', 'ecs'] as const

/** More replicas than this are not counted. */
export const headroomMax = 1_000_000

/** Amounts of resources, each in the platform's words and in the unit of its gauges. */
export type Offer = readonly {
  readonly resource: string
  readonly unit: string
  readonly amount: number
}[]

/** Machines of one type in one zone, and what one costs an hour, in millionths. */
export interface MachineOffer {
  readonly type: Ec2InstanceType
  readonly zone: string
  /** Whether AWS may take one back. */
  readonly capacityType: 'on-demand' | 'spot'
  readonly price: number
}

/** Whose way of choosing machines is asked for, and how far ours looks for cheaper ones. */
export type ProvisionMinds = Parameters<typeof provisionBesideProfiles>[3]

/** The machines to open, as one mind has it. */
export type MindSupply = Extract<
  ReturnType<typeof provisionBesideProfiles>,
  { readonly _tag: 'Right' }
>['right']['supplies'][number]

/** Whose way of letting machines go is asked for beside ours. */
export type ReleaseMinds = Parameters<typeof releaseAsMinds>[3]

/** What another mind does with machines. */
export type MindRelease = Extract<
  ReturnType<typeof releaseAsMinds>,
  { readonly _tag: 'Right' }
>['right']['releases'][number]

/** What decides which machines go. */
export type ReleaseOptions = Parameters<typeof releaseBesideProfiles>[2]

/** Which machines can go. */
export type Release = Extract<
  ReturnType<typeof releaseBesideProfiles>,
  { readonly _tag: 'Right' }
>['right']

/** A platform: its names for things, and its reader. */
export interface Platform {
  readonly id: (typeof platformIds)[number]
  readonly title: string
  /** Its words for a replica and a machine. */
  readonly replica: readonly [one: string, many: string]
  readonly machine: readonly [one: string, many: string]
  /** What a new machine leaves to workloads, for `--help`. */
  readonly allocatableFormula: string
  /** Whether the best node is the one with the highest sum of scores. */
  readonly sums: boolean
  /** What a new machine of a type leaves to workloads. */
  readonly offerOf: (type: Ec2InstanceType) => Offer
  /** What follows a refusal; `removable`: removing replicas could help. */
  readonly refusalMark: (removable: boolean) => string
  /** Its CPU unit: how many CPU ticks it has, and its suffix. */
  readonly cpu: { readonly per: number; readonly unit: string }
  /** What a score is an amount of, when it is no number of points. */
  readonly scoreAmount: (plugin: string) => 'cpu' | 'memory' | undefined
  readonly recognises: (value: unknown) => boolean
  /** Why an object may not replace one that is there; absent: any of its kind may. */
  readonly wrongReplacement?: (after: unknown, before: unknown) => readonly MalformedValue[]
  /** How its objects are told apart before they are decoded. */
  readonly objects: RawObjects
  /** The namespace of a workload, by its name in plans; absent when the platform has none. */
  readonly namespaceOf?: (name: string) => string
  /** The availability zones that its documents name. */
  readonly zonesIn: (documents: readonly SourceDocument[]) => readonly string[]
  /** Whether new machines can have trunks for the interfaces of what they run (`--trunking`). */
  readonly hasTrunks: boolean
  /** Whether an option is only for its documents: `read` refuses it when there are none. */
  readonly hasOwnOptions: (options: PlatformOptions) => boolean
  readonly read: (
    documents: readonly SourceDocument[],
    options: PlatformOptions,
  ) => Either<Faults, Planner>
}

/** Documents that were read, ready to be planned in several ways. */
export interface Planner {
  readonly ignored: readonly IgnoredDocument[]
  /** Full names of all workloads that a text may mean. */
  readonly find: (text: string) => readonly string[]
  /** Names to suggest for a text that means nothing. */
  readonly near: (text: string) => readonly string[]
  /** The name in plans of what `find` has named. */
  readonly planNameOf: (name: string) => string
  /** Whether there is anything to plan. */
  readonly wants: boolean
  /** Whether there are machines. Without any, only workloads that ask for Fargate get a place. */
  readonly hasMachines: boolean
  readonly onMachines: () => PlatformPlan
  /** The machines with what runs on them; nothing that waits is placed. */
  readonly state: () => PlatformPlan
  /** How many more replicas of a workload fit on the machines, after the plan of everything. */
  readonly headroom: (name: string) => Headroom | Note | undefined
  /** Everything that waits for a place; of the workload `name` also what runs already. */
  readonly onFargate: (name?: string) => PlatformPlan
  /** What decides the price of its plans. */
  readonly billTerms: () => BillTerms
  /** Drains machines; a `Left` names those that are unknown. Absent when it cannot be asked. */
  readonly drain?: (options: DrainOptions) => Either<Faults, Drain>
  /** Which machines of the offers to open, as each mind has it; absent where it is not known. */
  readonly provision?: (
    offers: readonly MachineOffer[],
    minds: ProvisionMinds,
  ) => ReturnType<typeof provisionBesideProfiles>
  /** Which machines can go, and which of the offers to open instead; absent where unknown. */
  readonly release?: (
    offers: readonly MachineOffer[],
    options: ReleaseOptions,
  ) => ReturnType<typeof releaseBesideProfiles>
  /** What other minds would do with the machines; absent where it is not known. */
  readonly releaseAs?: (
    offers: readonly MachineOffer[],
    minds: ReleaseMinds,
  ) => ReturnType<typeof releaseAsMinds>
  /** Absent when the platform compares no worlds. */
  readonly worlds?: () => Worlds
  /** Explains what runs already, with or without machines; absent: `explainOnMachines` does it. */
  readonly explainThere?: (name: string) => Option<NodeExplanation | Note>
  readonly explainOnMachines: (name: string) => Option<NodeExplanation | Note>
}
