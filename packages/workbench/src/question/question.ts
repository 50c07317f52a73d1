/**
 * Reads a question: sorts documents by platform (Kubernetes or ECS), and builds for each platform a
 * planner that answers about its documents. The platforms are an argument, so that a user interface
 * may load only one of them.
 */
import {
  collectAll,
  type DocumentFault,
  type IgnoredDocument,
  type SourceDocument,
  type Warning,
} from '@stowage/documents'
import { unknownKind, type TemplateParameters } from '@stowage/ecs'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Machines } from '../machines/fleet.js'
import { foreignKinds } from './foreign.js'
import { zonesOfMachines } from '../machines/zones.js'
import type { FargateQuotas, Planner, Platform, PlatformOptions } from '../platform/platform.js'
import { countText } from '../text/count.js'
import { isAssemblyTree } from '../text/assembly.js'
import type { SourceText, TextSet } from '../text/documents.js'
import type { Faults } from '../text/fault.js'

/** What a shell collects before anything is decided. */
export interface QuestionInput {
  /** Documents of any platform, mixed. */
  readonly documents: TextSet
  readonly machines: Machines
  /**
   * Availability zones that new machines take in turn. Default: the zones that the documents name,
   * or us-east-1a, us-east-1b and us-east-1c when they name no others.
   */
  readonly zones?: readonly string[] | undefined
  /** Whether new container instances have a trunk for the interfaces of tasks. */
  readonly trunking: boolean
  /** The cluster that new container instances join; each of the documents when it is absent. */
  readonly cluster?: string
  /** Parameters of CloudFormation templates, each `NAME=VALUE`. */
  readonly parameters: readonly string[]
  /** Files of such parameters, which `parameters` replace. */
  readonly parameterFiles?: readonly SourceText[]
  /** Breaks ties where the platform draws lots. */
  readonly seed: number
  readonly fargate: FargateQuotas
  /** Names of Kubernetes nodes that are taken away, so that their pods want a place. */
  readonly withoutNodes?: readonly string[]
  /** Whether Kubernetes pods of an older template are replaced, as a rollout does. */
  readonly rollouts?: boolean
  /** Names of admission plugins that a Kubernetes cluster has on beside the default ones. */
  readonly admissionPlugins?: readonly string[]
}

/** An input whose texts were parsed. */
export interface ParsedInput
  extends Omit<QuestionInput, 'documents' | 'parameters' | 'parameterFiles'> {
  readonly documents: Omit<TextSet, 'texts'>
  readonly parameters: TemplateParameters
}

/** Documents that were read; every answer is computed from one. */
export interface Question {
  /** The platforms with something to place, each with its planner. */
  readonly parts: readonly QuestionPart[]
  readonly ignored: readonly IgnoredDocument[]
  /** The groups of its new machines, each as `--nodes` asks for one machine of it. */
  readonly groups: readonly string[]
  /** The same question with the machines of a text beside the others, as `--nodes` takes it. */
  readonly withMachines: (text: string) => E.Either<Faults, Question>
  /** The same question with trunks on its new machines; absent when they have them, or are none. */
  readonly withTrunks?: () => E.Either<Faults, Question>
}

/** One platform's part of a question. */
export interface QuestionPart {
  readonly platform: Platform
  readonly planner: Planner
}

/**
 * Reads parsed documents for each of the platforms, whatever the texts of the input are. A question
 * about machines needs no workload: its parts are the platforms with some.
 */
export const questionOn = (
  platforms: readonly Platform[],
  documents: readonly SourceDocument[],
  input: ParsedInput,
  { isOfMachines = false }: { readonly isOfMachines?: boolean } = {},
): E.Either<Faults, Question> => {
  const options = platformOptionsOf(input, zonesNamedIn(platforms, documents))
  const shares = platforms.map((platform) => ({
    platform,
    own: documents.filter(({ value }) => platform.recognises(value)),
  }))
  const { machines } = input
  const withMachines = (text: string): E.Either<Faults, Question> =>
    pipe(
      machines.fleetWith(text),
      E.chain((fleet) => {
        const grown = { ...input, machines: { ...machines, fleet } }
        return questionOn(platforms, documents, grown, { isOfMachines })
      }),
    )
  const hasTrunks = input.trunking || machines.groups.length === 0
  const withTrunks = (): E.Either<Faults, Question> =>
    questionOn(platforms, documents, { ...input, trunking: true }, { isOfMachines })
  return pipe(
    readParts(input.documents.from, documents, { shares, isOfMachines }, options),
    E.map(({ parts, ignored }) => ({
      parts,
      ignored: [...ignored, ...(input.documents.ignored ?? [])],
      groups: machines.groups,
      withMachines,
      ...(hasTrunks ? {} : { withTrunks }),
    })),
  )
}

/** What a platform reads beside its documents, which name these zones. */
export const platformOptionsOf = (
  input: ParsedInput,
  zonesNamed: readonly string[],
): PlatformOptions => {
  const { machines, trunking, cluster, seed, fargate, parameters } = input
  const { withoutNodes = [], rollouts = false, admissionPlugins = [] } = input
  const zones = zonesOfMachines(input.zones, zonesNamed)
  const ofKubernetes = { withoutNodes, rollouts, admissionPlugins }
  const supply = { ...machines, zones, trunking, seed, fargate, ...ofKubernetes }
  const named = cluster === undefined ? {} : { cluster }
  return { ...supply, ...named, parameters }
}

/** The zones that documents of the platforms name. */
export const zonesNamedIn = (
  platforms: readonly Platform[],
  documents: readonly SourceDocument[],
): readonly string[] =>
  platforms.flatMap((platform) =>
    platform.zonesIn(documents.filter(({ value }) => platform.recognises(value))),
  )

/** The documents that each platform recognises, and whether the question is about machines. */
interface PlatformShares {
  readonly shares: readonly {
    readonly platform: Platform
    readonly own: readonly SourceDocument[]
  }[]
  readonly isOfMachines: boolean
}

/** A platform is read only when it recognises a document or has options of its own. */
const readParts = (
  from: string,
  documents: readonly SourceDocument[],
  { shares, isOfMachines }: PlatformShares,
  options: PlatformOptions,
): E.Either<Faults, Pick<Question, 'parts' | 'ignored'>> => {
  const isWithoutAny = documents.length === 0
  const readings = shares
    .filter(
      ({ platform, own }) =>
        own.length > 0 || platform.hasOwnOptions(options) || (isOfMachines && isWithoutAny),
    )
    .map(({ platform, own }) =>
      pipe(
        platform.read(own, options),
        E.map((planner) => ({ platform, planner })),
      ),
    )
  const all = collectAll(readings)
  if (E.isLeft(all)) return all
  const parts = all.right.filter(({ planner }) =>
    isOfMachines ? planner.hasMachines : planner.wants,
  )
  const known = new Set(shares.flatMap(({ own }) => own))
  const others = documents.filter(
    (document) => !known.has(document) && !isAssemblyTree(document.value),
  )
  const ignored = [
    ...all.right.flatMap(({ planner }) => planner.ignored),
    ...others.map((document) => ({ from: document.from, kind: unknownKind })),
  ]
  if (parts.length > 0) return E.right({ parts, ignored })
  if (isOfMachines) return E.left([nowhere(from)])
  const warnings = all.right.flatMap(({ planner }) => planner.onMachines().warnings)
  return E.left([nothingToPlace(from, documents, warnings)])
}

/** Warnings often say why nothing wants a place, such as a nested stack that is not found. */
const nothingToPlace = (
  from: string,
  documents: readonly SourceDocument[],
  warnings: readonly Warning[],
): DocumentFault => ({
  from,
  at: [],
  found:
    documents.length === 0
      ? 'no documents'
      : [
          `${countText(documents.length, ['document', 'documents'])}, none of which wants a place`,
          ...warnings.slice(0, warningsMax).map(warningText),
          ...foreignKinds(documents),
        ].join('; '),
  expected: 'Kubernetes workloads or pods, or ECS task definitions or services',
})

const warningsMax = 3

const warningText = ({ subject, text, detail }: Warning): string =>
  `${subject}: ${text}${detail === undefined ? '' : ` (${detail})`}`

const nowhere = (from: string): DocumentFault => ({
  ...{ from, at: [], found: 'no nodes and no container instances' },
  expected: 'some among the files, or --nodes TYPE=COUNT',
})

/** The fault of a question that needs machines and has none. */
export const noMachines = ({ platform }: Pick<QuestionPart, 'platform'>): DocumentFault => ({
  from: platform.title,
  at: [],
  found: `no ${platform.machine[1]}`,
  expected: 'some among the files, or --nodes TYPE=COUNT, or --fargate',
})
