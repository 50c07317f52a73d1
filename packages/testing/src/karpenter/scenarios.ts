/**
 * Exports, as one object, the functions that validate a Karpenter scenario, answer it with our
 * rules, and compare our answer with that of Karpenter.
 */
import { decodeValue, duplicates, isObject, own, type Codec, type Path } from '@stowage/documents'
import { getOrThrow, renderValue, type MalformedValue } from '@stowage/kernel'
import { karpenterRules } from './rules.js'
import * as E from 'fp-ts/lib/Either.js'
import { differenceOf } from '../admission/difference.js'
import { faultsIn } from '../cases/field.js'
import type { Agreement, Conformance, Difference } from '../conformance/conformance.js'
import { karpenterAnswer } from './answer.js'
import { KarpenterScenario, type KarpenterAnswer } from './line.js'

/** A line, which is a scenario once nothing is wrong with it. */
type ScenarioValue = { readonly id: string }

/** What is wrong with a line that should be a scenario, with paths from the line. */
const scenarioFaults = (value: unknown): readonly MalformedValue[] => {
  const read = decodeValue(KarpenterScenario, value)
  return E.isLeft(read) ? read.left : [...repeatFaults(read.right), ...referenceFaults(read.right)]
}

type NamesByField = readonly (readonly [field: string, names: readonly string[]])[]

const repeatFaults = (scenario: KarpenterScenario): readonly MalformedValue[] => {
  const nameOf = ({ metadata }: { readonly metadata: { readonly name: string } }) => metadata.name
  const lists: NamesByField = [
    ['instanceTypes', scenario.instanceTypes.map(({ name }) => name)],
    ['nodePools', scenario.nodePools.map(nameOf)],
    ['nodes', scenario.nodes.map(({ name }) => name)],
    [
      'pods',
      scenario.pods.map(({ metadata }) => `${metadata.namespace ?? 'default'}/${metadata.name}`),
    ],
  ]
  return lists.flatMap(([field, names]) =>
    duplicates(names, (name) => name).map(({ item, index }) => ({
      ...{ at: [field, index], found: renderValue(item), expected: 'a name that none before has' },
    })),
  )
}

/** Nodes of types that are not there, pods on such nodes, and objects of other kinds. */
const referenceFaults = (scenario: KarpenterScenario): readonly MalformedValue[] => {
  const types = new Set(scenario.instanceTypes.map(({ name }) => name))
  const nodes = new Set(['', ...scenario.nodes.map(({ name }) => name)])
  return [
    ...scenario.nodes.flatMap(({ instanceType }, i) =>
      types.has(instanceType)
        ? []
        : [
            {
              at: ['nodes', i, 'instanceType'],
              ...{
                found: renderValue(instanceType),
                expected: 'the name of one of the instance types',
              },
            },
          ],
    ),
    ...scenario.pods.flatMap(({ spec: { nodeName = '' } }, i) =>
      nodes.has(nodeName)
        ? []
        : [
            {
              at: ['pods', i, 'spec', 'nodeName'],
              ...{ found: renderValue(nodeName), expected: 'the name of one of the nodes' },
            },
          ],
    ),
    ...scenario.objects.flatMap((object, i) => objectFaults(object, i)),
  ]
}

type CodecFaults = (at: Path, value: unknown) => readonly MalformedValue[]

const faultsOf =
  <Value>(codec: Codec<Value>): CodecFaults =>
  (at, value) =>
    faultsIn(codec, at, value)

const objectKinds: ReadonlyMap<string, CodecFaults> = new Map([
  ['CSINode', faultsOf(karpenterRules.CSINode)],
  ['Namespace', faultsOf(karpenterRules.KarpenterNamespace)],
  ['PersistentVolume', faultsOf(karpenterRules.KarpenterVolume)],
  ['PersistentVolumeClaim', faultsOf(karpenterRules.PersistentVolumeClaim)],
  ['StorageClass', faultsOf(karpenterRules.StorageClass)],
])

const objectFaults = (object: unknown, i: number): readonly MalformedValue[] => {
  const kind = isObject(object) ? own(object, 'kind') : undefined
  const faults = typeof kind === 'string' ? objectKinds.get(kind) : undefined
  if (faults !== undefined) return faults(['objects', i], object)
  const expected = `one of ${[...objectKinds.keys()].join(', ')}`
  return [{ at: ['objects', i, 'kind'], found: renderValue(kind), expected }]
}

/** Our answer to a scenario; throws on one with faults. */
const scenarioAnswer = (value: ScenarioValue): KarpenterAnswer =>
  karpenterAnswer(getOrThrow(decodeValue(KarpenterScenario, value)))

/** What is compared, each part for itself. */
const parts = ['nodeClaims', 'existing', 'errors', 'ignored', 'nodes', 'cost', 'error'] as const
const methods = ['emptiness', 'multi', 'single'] as const

/** Karpenter numbers the nodes that it tries through all that it ever answers. */
const withoutHosts = (value: unknown): unknown =>
  typeof value === 'string'
    ? value.replaceAll(/hostname-placeholder-\d+/g, 'hostname-placeholder')
    : Array.isArray(value)
      ? value.map(withoutHosts)
      : isObject(value)
        ? Object.fromEntries(
            Object.entries(value).map(([key, inner]: [string, unknown]) => [
              key,
              withoutHosts(inner),
            ]),
          )
        : value

/** Compares our answers with recorded ones, which are found by id, part by part. */
const scenarioConformance = (
  lines: readonly ScenarioValue[],
  recorded: readonly KarpenterAnswer[],
): Conformance => {
  const byId = new Map(recorded.map((line) => [line.id, line]))
  const families = new Map<string, Agreement>()
  const differences: Difference[] = []
  for (const line of lines) {
    const theirs = byId.get(line.id)
    if (theirs === undefined) continue
    const ours = scenarioAnswer(line)
    const pairs: readonly (readonly [string, unknown, unknown])[] = [
      ...parts.map((part) => [part, theirs[part], ours[part]] as const),
      ...methods.flatMap((method) =>
        theirs.disruption === undefined
          ? []
          : [[method, theirs.disruption[method] ?? [], ours.disruption![method]] as const],
      ),
    ]
    for (const [family, one, other] of pairs) {
      const found = differenceOf(withoutHosts(one), withoutHosts(other))
      const { same, compared } = families.get(family) ?? { same: 0, compared: 0 }
      families.set(family, { same: same + (found === undefined ? 1 : 0), compared: compared + 1 })
      if (found !== undefined)
        differences.push({
          ...{ id: line.id, family, pod: '', plugin: '', same: false },
          ...{ what: `${family} ${found.at}`.trim(), theirs: found.theirs, ours: found.ours },
        })
    }
  }
  const ids = new Set(lines.map(({ id }) => id))
  const unanswered = lines.map(({ id }) => id).filter((id) => !byId.has(id))
  return {
    compared: lines.length - unanswered.length,
    ...{ families, plugins: new Map(), differences, unanswered },
    strays: recorded.map(({ id }) => id).filter((id) => !ids.has(id)),
  }
}

/**
 * `faults` are what is wrong with a line; `answer` gives our answer to one without faults, in the
 * form of the recorded ones; `compare` holds our answers to those.
 */
export const karpenterScenarios = {
  faults: scenarioFaults,
  answer: scenarioAnswer,
  compare: scenarioConformance,
} as const
