/**
 * From the command line's words to planners: read the files, tell the vocabularies apart, find the
 * machines.
 */
import type { BadDocument, Document, Ignored } from '@stowage/kernel'
import { unknownKind } from '@stowage/ecs'
import type { FargateOptions } from '@stowage/fargate'
import * as E from 'fp-ts/lib/Either.js'
import { catalogueOf, type Catalogue } from '../machines/catalogue.js'
import { fleetOf, machineNamed, type Fleet } from '../machines/fleet.js'
import { documentsOf } from '../read/documents.js'
import { readTexts } from '../read/files.js'
import { parametersOf } from '../read/parameters.js'
import { countText } from '../show/amount.js'
import { ecs } from '../vocabulary/ecs.js'
import { kubernetes } from '../vocabulary/kubernetes.js'
import type { Options, Planner, Problem, Vocabulary } from '../vocabulary/vocabulary.js'

export interface Flags {
  readonly nodes: readonly string[]
  readonly catalogue?: string
  readonly zones: readonly string[]
  readonly trunking?: boolean
  readonly parameter: readonly string[]
  readonly fargate?: boolean
  readonly compare?: boolean
  readonly prices?: string
  readonly seed: number
  readonly fargateVcpus?: FargateOptions['vcpusAtOnce']
  readonly fargateRate?: FargateOptions['launchRate']
  readonly output: 'table' | 'json'
}

export interface Question {
  readonly planners: readonly { readonly vocabulary: Vocabulary; readonly planner: Planner }[]
  readonly ignored: readonly Ignored[]
}

type Bad = readonly Problem[]

const vocabularies: readonly Vocabulary[] = [kubernetes, ecs]

/** Everything that was asked, or everything that is wrong with it. */
export const questionOf = async (
  paths: readonly string[],
  flags: Flags,
  stdin: () => Promise<string>,
): Promise<E.Either<Bad, Question>> => {
  const machines = await machinesFrom(flags, stdin)
  if (E.isLeft(machines)) return machines
  const texts = await readTexts(paths, stdin)
  if (E.isLeft(texts)) return texts
  const documents = documentsOf(texts.right)
  if (E.isLeft(documents)) return documents
  const parameters = parametersOf(flags.parameter)
  if (E.isLeft(parameters)) return parameters
  const { zones, trunking = false, seed } = flags
  const read = { ...machines.right, parameters: parameters.right }
  const options = { ...read, zones, trunking, seed, fargate: fargateOf(flags) }
  return plannersOf(paths, documents.right, options)
}

const fargateOf = ({ fargateVcpus, fargateRate }: Flags): Options['fargate'] => ({
  ...(fargateVcpus === undefined ? {} : { vcpusAtOnce: fargateVcpus }),
  ...(fargateRate === undefined ? {} : { launchRate: fargateRate }),
})

/** The machines that the flags ask for, and what is known of any type. */
export const machinesFrom = async (
  flags: Flags,
  stdin: () => Promise<string>,
): Promise<E.Either<Bad, Pick<Options, 'fleet' | 'typeNamed'>>> => {
  const { catalogue: path } = flags
  const read = path === undefined ? E.right(undefined) : await catalogueFrom(path, stdin)
  if (E.isLeft(read)) return read
  return E.map((fleet: readonly Fleet[]) => ({
    fleet,
    typeNamed: (name: string) => machineNamed(name, read.right),
  }))(fleetOf(flags.nodes, read.right))
}

const catalogueFrom = async (
  path: string,
  stdin: () => Promise<string>,
): Promise<E.Either<Bad, Catalogue>> => {
  const texts = await readTexts([path], stdin)
  if (E.isLeft(texts)) return texts
  const documents = documentsOf(texts.right)
  if (E.isLeft(documents)) return documents
  const nothing = { from: path, value: undefined }
  return catalogueOf(documents.right.length === 0 ? [nothing] : documents.right)
}

const plannersOf = (
  paths: readonly string[],
  documents: readonly Document[],
  options: Options,
): E.Either<Bad, Question> => {
  const read = vocabularies.map((vocabulary) => ({
    vocabulary,
    planner: vocabulary.read(
      documents.filter(({ value }) => vocabulary.recognises(value)),
      options,
    ),
  }))
  const bad = read.flatMap(({ planner }) => (E.isLeft(planner) ? planner.left : []))
  if (bad.length > 0) return E.left(bad)
  const planners = read.flatMap(({ vocabulary, planner }) =>
    E.isRight(planner) && planner.right.wants ? [{ vocabulary, planner: planner.right }] : [],
  )
  const ignored = [
    ...read.flatMap(({ planner }) => (E.isRight(planner) ? planner.right.ignored : [])),
    ...documents.filter(isUnknown).map(({ from }) => ({ from, kind: unknownKind })),
  ]
  return planners.length === 0
    ? E.left([nothingIn(paths, documents.length)])
    : E.right({ planners, ignored })
}

const isUnknown = ({ value }: Document): boolean =>
  !vocabularies.some((vocabulary) => vocabulary.recognises(value))

const nothingIn = (paths: readonly string[], documents: number): BadDocument => ({
  from: paths.join(', '),
  at: [],
  found:
    documents === 0
      ? 'no documents'
      : `${countText(documents, ['document', 'documents'])}, none of which wants a place`,
  expected: 'Kubernetes workloads or pods, or ECS task definitions or services',
})
