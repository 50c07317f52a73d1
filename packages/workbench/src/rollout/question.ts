/**
 * Reads the question `rollout`: the documents that describe what runs, the documents of a change,
 * and the nodes to remove. Each platform gets its own share of both sets of documents.
 */
import {
  collectAll,
  type DocumentFault,
  type IgnoredDocument,
  type SourceDocument,
  type TimeZone,
} from '@stowage/documents'
import { renderValue } from '@stowage/kernel'
import { unknownKind } from '@stowage/ecs'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { applyChange, type AddedObject, type ReplacedObject } from '../change/change.js'
import { unitedDocuments } from '../change/united.js'
import { orchestrations } from '../platform/orchestrations.js'
import type { Orchestrator } from '../platform/orchestrator.js'
import type { Platform, PlatformOptions } from '../platform/platform.js'
import { platforms } from '../platform/platforms.js'
import { platformOptionsOf, zonesNamedIn, type QuestionInput } from '../question/question.js'
import { parsedInput } from '../question/texts.js'
import { documentsOf, type TextSet } from '../text/documents.js'
import type { Faults } from '../text/fault.js'
import type { Durations } from './durations.js'
import { withRisk } from './risk.js'
import {
  rollOut,
  type Rollout,
  type RolloutInput,
  type Rollouts,
  type RolloutWindow,
} from './rollout.js'

/** What changes. */
export interface ChangeInput extends RolloutWindow {
  readonly change: TextSet
  readonly durations: Durations
  /** The first replica of a new revision that fails, counted from 1; all later ones do too. */
  readonly atRisk?: number
  /**
   * The time zones that schedules may name beside UTC. Schedules run when it is said how long the
   * change is looked at.
   */
  readonly zones?: ReadonlyMap<string, TimeZone>
}

/** Rolls a change out on every platform that has a part in it. */
export const rollOutChange = (
  input: QuestionInput,
  { change, durations, atRisk, zones: timeZones = new Map(), ...window }: ChangeInput,
): E.Either<Faults, Rollouts> => {
  const documents = pipe(documentsOf(input.documents.texts), E.map(unitedDocuments))
  if (E.isLeft(documents)) return documents
  const changes = documentsOf(change.texts)
  if (E.isLeft(changes)) return changes
  if (changes.right.length === 0 && change.from !== '' && (input.withoutNodes ?? []).length === 0)
    return E.left([nothingChanges(change.from)])
  const parsed = parsedInput(input)
  if (E.isLeft(parsed)) return parsed
  const zones = zonesNamedIn(platforms, [...documents.right, ...changes.right])
  const options = platformOptionsOf(parsed.right, zones)
  const applied = applyChange(documents.right, changes.right)
  if (E.isLeft(applied)) return applied
  const strangers = applied.right.added.filter(({ title }) => !mayBeNew(title))
  if (strangers.length > 0) return E.left(strangers.map(unknownObject))
  const { replaced, added, files } = applied.right
  const nameless = unknownWork(durations, [...documents.right, ...applied.right.documents])
  if (nameless.length > 0) return E.left(nameless)
  const fixed = replaced.flatMap(immutableFaults)
  if (fixed.length > 0) return E.left(fixed)
  const rollouts = collectAll(
    platforms.flatMap((platform) => {
      const before = ownOf(platform, documents.right)
      const after = ownOf(platform, applied.right.documents)
      if (before.length + after.length === 0) return []
      const { withoutNodes } = options
      const changed = [...replaced.filter(isDifferent), ...added].filter(
        (one) => one.platform === platform.id,
      )
      const input = { platform, before, after, withoutNodes, files, changed }
      return [rollOutOn(input, options, { durations, atRisk, zones: timeZones, ...window })]
    }),
  )
  if (E.isLeft(rollouts)) return rollouts
  if (rollouts.right.length === 0) return E.left([nothingRuns(input.documents.from)])
  const isDone = rollouts.right.every(({ workloads }) =>
    workloads.every(({ doneAt }) => doneAt !== undefined),
  )
  const ignored = [...strangeDocuments(documents.right), ...(input.documents.ignored ?? [])]
  const { lookFor } = window
  return E.right({
    ...{ rollouts: rollouts.right, durations, ignored, isDone },
    ...(lookFor === undefined ? {} : { lookFor }),
  })
}

/** Names of Jobs in the durations that no document has. */
const unknownWork = (
  { runs = {} }: Durations,
  documents: readonly SourceDocument[],
): readonly DocumentFault[] => {
  const known = platforms.flatMap(
    (platform) => orchestrations[platform.id].workNames?.(ownOf(platform, documents)) ?? [],
  )
  return Object.keys(runs)
    .filter((name) => !known.includes(name))
    .map((name) => ({
      ...{ from: '--durations', at: [], found: renderValue(name) },
      expected:
        known.length === 0
          ? 'start, ready, stop, buy or run: there is no Job and no CronJob'
          : `the name of a Job or a CronJob: ${[...new Set(known)].sort().join(', ')}`,
    }))
}

const nothingChanges = (from: string): DocumentFault => ({
  ...{ from, at: [], found: 'no documents' },
  expected: 'what changes: objects as they are to become',
})

const nothingRuns = (from: string): DocumentFault => ({
  ...{ from, at: [], found: 'no documents of Kubernetes or Amazon ECS' },
  expected: 'what runs before the change: workloads, and nodes or --nodes TYPE=COUNT',
})

const ownOf = (
  platform: Platform,
  documents: readonly SourceDocument[],
): readonly SourceDocument[] => documents.filter(({ value }) => platform.recognises(value))

const strangeDocuments = (documents: readonly SourceDocument[]): readonly IgnoredDocument[] =>
  documents
    .filter(({ value }) => !platforms.some((platform) => platform.recognises(value)))
    .map(({ from }) => ({ from, kind: unknownKind }))

const rollOutOn = (
  {
    changed,
    ...change
  }: Omit<RolloutInput, 'orchestrator'> & { readonly changed: readonly AddedObject[] },
  options: PlatformOptions,
  {
    durations,
    atRisk,
    zones,
    ...window
  }: Pick<ChangeInput, 'durations' | 'zones'> &
    RolloutWindow & { readonly atRisk: number | undefined },
): E.Either<Faults, Rollout> => {
  const { orchestrate } = orchestrations[change.platform.id]
  const { run, runs } = durations
  const terms = {
    ...(run === undefined ? {} : { run }),
    ...(runs === undefined ? {} : { runs }),
    ...(window.lookFor === undefined || zones === undefined ? {} : { zones }),
  }
  const orchestrator = orchestrate(change.before, options, terms)
  if (E.isLeft(orchestrator)) return orchestrator
  const omitted = omissionsOf(orchestrator.right)
  // What cannot be read after the change is refused by the rollout, at its place.
  const later = orchestrate(change.after, options, terms)
  const lost = E.isLeft(later) ? [] : lostObjects(orchestrator.right, later.right, change.before)
  const [first] = changed
  if (first !== undefined && lost.length > 0)
    return E.left(
      lost.map(([title, text]) => {
        const own = changed.find((one) => one.title === title) ?? first
        return idleObject({ ...own, title }, text)
      }),
    )
  const idle = changed.filter(({ title }) => omitted.has(title))
  if (idle.length > 0 && idle.length === changed.length && change.withoutNodes.length === 0)
    return E.left(idle.map((object) => idleObject(object, omitted.get(object.title)!)))
  const risky =
    atRisk === undefined ? E.right(orchestrator.right) : withRisk(orchestrator.right, atRisk)
  if (E.isLeft(risky)) return E.left([{ ...riskless, found: change.platform.title }])
  const rollout = rollOut({ ...change, orchestrator: risky.right }, durations, window)
  if (E.isLeft(rollout) || rollout.right.workloadCount > 0 || rollout.right.moments.length > 0)
    return rollout
  // The objects of a template have no titles of their own: all that it holds is named.
  return first === undefined || omitted.size === 0
    ? rollout
    : E.left([...omitted].map(([title, text]) => idleObject({ ...first, title }, text)))
}

/**
 * The objects that are simulated before the change and not after it, and why. Told as deletions
 * they would be wrong: they run on, in a way that is not known.
 */
const lostObjects = (
  before: Orchestrator,
  after: Orchestrator,
  documents: readonly SourceDocument[],
): readonly (readonly [title: string, text: string])[] => {
  const omitted = omissionsOf(before)
  const omittedOnly = [...omissionsOf(after)].filter(([title]) => !omitted.has(title))
  if (omittedOnly.length === 0) return []
  const facts = before.factsOf(documents)
  const subjects = new Set(
    E.isLeft(facts)
      ? []
      : facts.right.flat().flatMap(({ fact }) => ('about' in fact ? [fact.about] : [])),
  )
  return omittedOnly.filter(([title]) => subjects.has(title))
}

/** Why objects are not simulated, by their titles. */
const omissionsOf = ({ warnings }: Orchestrator): ReadonlyMap<string, string> =>
  new Map(
    warnings
      .filter(({ code }) => code === 'NotSimulated')
      .map(({ subject, text }) => [subject, text]),
  )

const riskless = {
  ...{ from: '--at-risk', at: [] },
  expected:
    'a change of Amazon ECS services alone: other platforms do not fail replicas on request',
}

/** What a change may not change of an object that is there. */
const immutableFaults = (object: ReplacedObject): Faults =>
  (
    platforms
      .find(({ id }) => id === object.platform)
      ?.wrongReplacement?.(object.after.value, object.before.value) ?? []
  ).map(({ at, found, expected }) => ({
    ...{ from: object.after.from, at: [...object.at, ...at], found },
    expected: `${expected}: delete ${object.title} and make it anew, or give the new one another name`,
  }))

const isDifferent = ({ before, after }: ReplacedObject): boolean =>
  JSON.stringify(before.value) !== JSON.stringify(after.value)

/** Where only such objects change, that nothing happens would say nothing of what does. */
const idleObject = ({ title, after }: AddedObject, text: string): DocumentFault => ({
  ...{ from: after.from, at: [], found: title },
  expected: `an object that is simulated (${text})`,
})

/**
 * Machines may join, and a definition is new until a service names it. A Job is new where its
 * template is, which may not change.
 */
const mayBeNew = (title: string): boolean =>
  ['Node ', 'container instance ', 'task definition ', 'Job ', 'CronJob '].some((kind) =>
    title.startsWith(kind),
  )

const unknownObject = ({ title, after }: AddedObject): DocumentFault => ({
  ...{ from: after.from, at: [], found: title },
  expected: 'an object that is there before the change: a rollout changes what runs',
})
