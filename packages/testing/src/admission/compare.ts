/**
 * Compares our answers to admission lines (lists of objects to submit) with those of a real API
 * server, object by object: (1) whether the object is stored or refused; (2) what is stored; (3)
 * for a refusal, its code and the fields that it names. A refusal by an admission plugin names no
 * field, so its message is compared.
 */
import type { Conformance, Difference } from '../conformance/conformance.js'
import { differenceOf } from './difference.js'
import type { AdmissionAnswerLine, AdmissionError, AdmissionLine, AdmissionResult } from './line.js'

/** Kinds of which no scheduler reads the spec, so that its defaults are not filled in. */
const uncomparedKinds = ['Service', 'HorizontalPodAutoscaler', 'PersistentVolume']

/** Compares our answers with recorded ones; `answering` gives ours. */
export const admissionConformance = (
  lines: readonly AdmissionLine[],
  recorded: readonly AdmissionAnswerLine[],
  answering: (line: AdmissionLine) => AdmissionAnswerLine,
): Conformance => {
  const byId = new Map(recorded.map((answer) => [answer.id, answer]))
  const families = new Map<string, { readonly same: number; readonly compared: number }>()
  const outcomes = new Map<string, { readonly same: number; readonly compared: number }>()
  const differences: Difference[] = []
  const compared = lines.filter(({ id }) => byId.has(id))
  for (const line of compared) {
    const [family = ''] = line.id.split('-')
    const ours = answering(line).results
    for (const [i, theirs] of byId.get(line.id)!.results.entries()) {
      const found = differencesOf(theirs, ours[i])
      const other = found === undefined ? undefined : otherWay(line)
      const isChance =
        other !== undefined && differencesOf(theirs, answering(other).results[i]) === undefined
      const different = isChance ? undefined : found
      countOutcome(families, family, different === undefined)
      countOutcome(outcomes, outcomeOf(theirs), different === undefined)
      if (different !== undefined)
        differences.push({
          ...{ id: line.id, family, pod: `${theirs.kind} ${theirs.name}`, plugin: '' },
          ...{ ...different, same: false },
        })
    }
  }
  const ids = new Set(lines.map(({ id }) => id))
  return {
    compared: compared.length,
    families,
    plugins: outcomes,
    differences,
    unanswered: lines.filter(({ id }) => !byId.has(id)).map(({ id }) => id),
    strays: recorded.filter(({ id }) => !ids.has(id)).map(({ id }) => id),
  }
}

interface RangeLike {
  readonly kind?: string
  readonly metadata?: { readonly name?: string }
}

/**
 * The line with its LimitRanges named in reverse: which of several gives a default, and whose
 * violations are named, is up to chance in Kubernetes, and goes by name in ours. `undefined` when
 * there are not several.
 */
const otherWay = (line: AdmissionLine): AdmissionLine | undefined => {
  const objects = line.objects as readonly (RangeLike | undefined)[]
  const ranges = objects.filter((one) => one?.kind === 'LimitRange')
  if (ranges.length < 2) return undefined
  const names = ranges.map((one) => one?.metadata?.name).reverse()
  return {
    ...line,
    objects: objects.map((one) => {
      const at = ranges.indexOf(one)
      return at < 0 ? one : { ...one, metadata: { ...one?.metadata, name: names[at] } }
    }),
  }
}

const countOutcome = (
  by: Map<string, { readonly same: number; readonly compared: number }>,
  key: string,
  same: boolean,
): void => {
  const before = by.get(key) ?? { same: 0, compared: 0 }
  by.set(key, { same: before.same + (same ? 1 : 0), compared: before.compared + 1 })
}

const outcomeOf = ({ error }: AdmissionResult): string =>
  error === undefined ? 'stored' : `refused, ${error.code ?? 'without a code'}`

type Different = Pick<Difference, 'what' | 'theirs' | 'ours'>

const differencesOf = (
  theirs: AdmissionResult,
  ours: AdmissionResult | undefined,
): Different | undefined => {
  if (ours === undefined) return { what: 'answer', theirs: outcomeOf(theirs), ours: undefined }
  if (theirs.error === undefined && ours.error === undefined) return storedDifference(theirs, ours)
  // Where the API server broke off, nothing was stored either.
  if (theirs.error !== undefined && theirs.error.code === undefined && ours.error !== undefined)
    return undefined
  const [a, b] = [wordsOf(theirs.error), wordsOf(ours.error)]
  return a === b ? undefined : { what: 'refusal', theirs: a, ours: b }
}

/** What decides whether two refusals are the same. */
const wordsOf = (error: AdmissionError | undefined): string => {
  if (error === undefined) return 'stored'
  const { code, message, causes = [] } = error
  const fields = causes.map((cause) => cause.slice(0, cause.indexOf(': ')))
  const unknown = [...message.matchAll(/field "([^"]*)"/g)].map(([, field = '']) => field)
  const parts = code === 403 ? message.split(/[[\],]/).map((part) => part.trim()) : []
  return [String(code), ...[...new Set([...fields, ...unknown, ...parts])].sort()].join(' ')
}

interface StoredObject {
  readonly kind?: string
  readonly metadata?: { readonly labels?: object }
  readonly status?: unknown
  readonly spec?: unknown
}

const storedDifference = (
  theirs: AdmissionResult,
  ours: AdmissionResult,
): Different | undefined => {
  if (uncomparedKinds.includes(theirs.kind)) return undefined
  const found = differenceOf(
    readPart(theirs.object as StoredObject),
    readPart(ours.object as StoredObject),
  )
  return found === undefined
    ? undefined
    : { what: `stored ${found.at}`, theirs: found.theirs, ours: found.ours }
}

/** All but status and metadata, of which labels countOutcome; those of a Job name it alone. */
const readPart = ({ metadata, status: _, ...rest }: StoredObject): object => ({
  ...rest,
  ...(rest.kind === 'Job' ? {} : { labels: metadata?.labels }),
})
