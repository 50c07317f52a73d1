/**
 * Answers the question `autoscale`: how many replicas each workload would have had over time if its
 * metric had taken the values of a given history.
 */
import { collectAll, type DocumentFault, type SourceDocument } from '@stowage/documents'
import type { TimeZone } from '@stowage/documents'
import { byCodeUnit, instant } from '@stowage/kernel'
import {
  readObjects,
  scaledDemands,
  submitObjects,
  type KubernetesObject,
} from '@stowage/kubernetes'
import * as E from 'fp-ts/lib/Either.js'
import { documentsOf, type SourceText, type TextSet } from '../text/documents.js'
import type { Faults } from '../text/fault.js'
import { parametersOf } from '../text/parameters.js'
import { readMetrics, type MetricHistory } from './metric-history.js'
import type { Play, PlayOptions } from './play.js'
import {
  playAutoscaler,
  targetOf,
  type FoundAutoscaler,
  type ScaledWorkload,
} from './play-autoscaler.js'
import { playService } from './play-service.js'
import { isScalingDocument, readScaling } from './scaling-documents.js'

/** What a shell collects. */
export interface AutoscaleInput extends PlayOptions {
  readonly documents: TextSet
  readonly metrics: TextSet
  /** Parameters of templates, as NAME=VALUE, and files of them, which those replace. */
  readonly parameters: readonly string[]
  readonly parameterFiles: readonly SourceText[]
  /** The clocks of time zones that scheduled actions may name, by name. */
  readonly zones: ReadonlyMap<string, TimeZone>
}

/** The answer. */
export interface AutoscaleAnswer {
  readonly plays: readonly Play[]
  readonly options: PlayOptions
  /** Whether no workload wanted more than its maximum at any time. */
  readonly isWithin: boolean
}

/** Plays the history against everything among the documents that scales. */
export const autoscaleWorkloads = (input: AutoscaleInput): E.Either<Faults, AutoscaleAnswer> => {
  const documents = documentsOf(input.documents.texts)
  if (E.isLeft(documents)) return documents
  const history = readMetrics(input.metrics.texts)
  if (E.isLeft(history)) return history
  const plays = collectAll([
    playAutoscalers(documents.right, history.right, input),
    playServices(documents.right, history.right, input),
  ])
  if (E.isLeft(plays)) return plays
  const all = plays.right.flat()
  if (all.length === 0) return E.left([nothingScales(input.documents.from)])
  const { values, durations, count } = input
  return E.right({
    plays: all,
    options: { values, durations, count },
    isWithin: all.every(({ maxedOut }) => maxedOut === 0),
  })
}

const nothingScales = (from: string): DocumentFault => ({
  ...{ from, at: [], found: 'nothing that scales' },
  expected:
    'a HorizontalPodAutoscaler, or scalable targets and policies as aws application-autoscaling describe-scalable-targets and describe-scaling-policies print them',
})

type Scalable = Extract<
  KubernetesObject,
  { readonly kind: 'Deployment' | 'ReplicaSet' | 'StatefulSet' }
>

const playAutoscalers = (
  documents: readonly SourceDocument[],
  history: MetricHistory,
  options: PlayOptions,
): E.Either<Faults, readonly Play[]> => {
  const read = documents
    .filter((document) => !isScalingDocument(document))
    .map((document) => readObjects(document))
  const objects = read.flatMap((one) => one.objects)
  const autoscalers = objects.filter((one) => one.kind === 'HorizontalPodAutoscaler')
  if (autoscalers.length === 0) return E.right([])
  const refused = autoscalers.flatMap(refusalsOf)
  if (refused.length > 0) return E.left(refused)
  const bad = read.flatMap((one) => one.bad)
  if (bad.length > 0) return E.left(bad)
  const scalable = objects.filter(
    (one): one is Scalable =>
      one.kind === 'Deployment' || one.kind === 'ReplicaSet' || one.kind === 'StatefulSet',
  )
  const demands = scaledDemands(objects)
  const byTarget = new Map(scalable.map((one) => [titleOf(one.kind, one.object.metadata), one]))
  return collectAll(
    [...autoscalers]
      .sort((a, b) => byCodeUnit(a.object.metadata.name, b.object.metadata.name))
      .map((found) => {
        const rivals = autoscalers
          .filter((other) => other !== found && targetOf(other.object) === targetOf(found.object))
          .map(({ object }) => object.metadata.name)
        const target = byTarget.get(targetOf(found.object))
        const workload = target === undefined ? undefined : workloadOf(target, demands)
        return playAutoscaler({ found, workload, rivals }, history, options)
      }),
  )
}

/** What the API server would refuse, by the path in the document. */
const refusalsOf = ({ from, at, raw }: FoundAutoscaler['found']): readonly DocumentFault[] => {
  const [submitted] = submitObjects([{ value: raw }], 'Ignore')
  return submitted === undefined || E.isRight(submitted.answer)
    ? []
    : submitted.answer.left.causes.map((cause) => ({
        ...{ from, at: [...at, ...cause.at], found: cause.found, expected: cause.expected },
      }))
}

const titleOf = (
  kind: string,
  {
    namespace = 'default',
    name,
  }: { readonly namespace?: string | undefined; readonly name: string },
): string => `${kind} ${namespace}/${name}`

/** The requests are those that admission leaves: a LimitRange may set some. */
const workloadOf = (
  { kind, object }: Scalable,
  demands: ReturnType<typeof scaledDemands>,
): ScaledWorkload | undefined => {
  const demand = demands.get(titleOf(kind, object.metadata))
  return demand === undefined ? undefined : { replicas: object.spec.replicas ?? 1, demand }
}

const playServices = (
  documents: readonly SourceDocument[],
  history: MetricHistory,
  input: AutoscaleInput,
): E.Either<Faults, readonly Play[]> => {
  if (!documents.some(isScalingDocument)) return E.right([])
  const first = [...history.values()].reduce(
    (least, points) => Math.min(least, points[0]?.at ?? Infinity),
    Infinity,
  )
  const parameters = parametersOf(input.parameters, input.parameterFiles)
  if (E.isLeft(parameters)) return parameters
  const setting = { zones: input.zones, parameters: parameters.right }
  const read = readScaling(documents, setting, instant(Math.max(0, first - 1)))
  if (E.isLeft(read)) return read
  return collectAll(
    [...read.right.registry.targets.keys()]
      .sort(byCodeUnit)
      .map((resource) => playService(resource, read.right, history, input)),
  )
}
