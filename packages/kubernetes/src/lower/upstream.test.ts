/**
 * The first refusal of every node, the scores and the best set, against recorded answers of the upstream scheduler. The plugins
 * that are honoured come first in its order, so a node that a later plugin refuses must be one that none of ours does.
 */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import {
  batch,
  certain,
  bind,
  define,
  empty,
  explain,
  findNode,
  join,
  wordExplanation,
  type ClassId,
  type Draft,
  type NodeId,
  type WordedExplanation,
} from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'
import { codeOf, vocabularyOf } from '../raise/vocabulary.js'
import { readObjects } from '../words/object.js'
import { around } from '../workload/around.js'
import { withOwners } from '../workload/owner-selector.js'
import { isWanting, workloadOf } from '../workload/workload.js'
import { nodeSpecOf } from './node.js'
import { classOfPod } from './pod.js'
import { pluginNames, pluginOf, type PluginName } from './reason.js'
import type { PodLike, Surroundings } from './surroundings.js'
import { reserved } from '../volume/reserve.js'

interface Scenario {
  readonly id: string
  readonly config?: unknown
  readonly objects: readonly unknown[]
  readonly pending: readonly string[]
}
interface Refused {
  readonly plugin: string
  readonly code: string
  readonly reasons: readonly string[]
}
interface Verdict {
  readonly pod: string
  readonly result: string
  readonly node?: string
  readonly best?: readonly string[]
  readonly preFilter?: Refused
  readonly rejected?: Readonly<Record<string, Refused>>
  readonly scores?: Readonly<Record<string, Readonly<Record<string, number>>>>
}
type Lower = (draft: Draft, pod: PodLike, around: Surroundings) => ReturnType<typeof classOfPod>

const folder = resolve(process.env['STOWAGE_SHARED'] ?? '../shared', 'golden/kube-scheduler')
const families = [
  'resources',
  'taints',
  'nodeaffinity',
  'ports',
  'mixed',
  'spread',
  'podaffinity',
  'defaults',
  'features',
  'leaving',
  'preemption',
  'preemptmore',
  'volumes',
  'tricky',
]

const lines = <Line>(name: string): readonly Line[] =>
  gunzipSync(readFileSync(resolve(folder, `${name}.jsonl.gz`)))
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)

const nodeNamed = (draft: Draft, name: string): NodeId =>
  O.getOrElse<NodeId>(() => {
    throw new Error(`no node ${name}`)
  })(findNode(draft, name))

const lowered: Lower = (draft, pod, around) => classOfPod(draft, pod, 0, around)

/** The scenarios' controllers have templates without a container, which no API server would take. */
const withContainers = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replace('"containers":null', '"containers":[{"name":"none"}]'))

const isOn = ({ spec }: PodLike): boolean => spec.nodeName !== undefined && spec.nodeName !== ''

/** What differs between a scenario's recorded verdicts and ours, and how many node verdicts were compared. */
const compare = (
  scenario: Scenario,
  verdicts: readonly Verdict[],
  lower: Lower,
  isRoomKnown: boolean,
) => {
  const objects = scenario.objects.flatMap(
    (value) => readObjects({ from: '', value: withContainers(value) }).objects,
  )
  const workloads = withOwners(objects.filter(isWanting).map(workloadOf), objects)
  const pods = workloads.filter(({ kind }) => kind === 'Pod')
  const nodes = objects.flatMap((found) => (found.kind === 'Node' ? [found.object] : []))
  let surroundings = around(objects, nodes, pods)
  const differences: string[] = []
  let compared = 0
  batch(empty, (draft) => {
    for (const node of nodes)
      certain(join(draft, nodeSpecOf(draft, node, isRoomKnown ? surroundings : undefined)))
    const classIn = (pod: PodLike): ClassId =>
      certain(define(draft, lower(draft, pod, surroundings)))
    for (const pod of pods.filter(isOn)) {
      const phase = pod.metadata.deletionTimestamp === undefined ? 'running' : 'leaving'
      certain(bind(draft, classIn(pod), nodeNamed(draft, pod.spec.nodeName ?? ''), phase))
    }
    for (const verdict of verdicts) {
      const pod = pods.find(({ name }) => name === verdict.pod)!
      const podClass = classIn(pod)
      const ours = wordExplanation(draft, explain(draft, { class: podClass }), vocabularyOf(draft))
      const found = compareVerdict(verdict, ours)
      compared += found.compared
      differences.push(...found.differences.map((text) => `${scenario.id} ${verdict.pod}: ${text}`))
      if (verdict.node === undefined) continue
      const node = nodeNamed(draft, verdict.node)
      certain(bind(draft, podClass, node, 'assumed'))
      surroundings = reserved(draft, pod, node, surroundings)
    }
  })
  return { differences, compared }
}

/** A pod that was gated, or that its resource claims stopped before any node was looked at, is left out. */
const compareVerdict = (verdict: Verdict, ours: WordedExplanation) => {
  const before = verdict.preFilter
  if (verdict.result === 'gated' || before?.plugin === 'DynamicResources')
    return { differences: [], compared: 0 }
  const refusals = ours.nodes.flatMap((node) =>
    unlike(node.name, honoured(before ?? verdict.rejected?.[node.name]), saidOf(node)),
  )
  return { differences: [...refusals, ...scoresUnlike(verdict, ours)], compared: ours.nodes.length }
}

/** Volumes have two filters, for those that are bound and those that are not, and upstream says at once what both say. */
const saidOf = ({ first, all }: WordedExplanation['nodes'][number]) => {
  if (first === undefined) return undefined
  const both = first.plugin === 'VolumeBinding' ? all : [first]
  const reasons = both.flatMap((one) => (one.plugin === first.plugin ? one.reasons : []))
  return [first.plugin, codeOf(first.removable), ...[...new Set(reasons)].sort()]
}

const unlike = (what: string, upstream: unknown, said: unknown): readonly string[] =>
  JSON.stringify(upstream) === JSON.stringify(said)
    ? []
    : [`${what}: upstream ${JSON.stringify(upstream)}, ours ${JSON.stringify(said)}`]

/** Normalised scores mean the same only where the same nodes are feasible: where no later plugin refused one. */
const scoresUnlike = (verdict: Verdict, ours: WordedExplanation): readonly string[] => {
  const feasible = ours.nodes.filter(({ name }) => verdict.rejected?.[name] === undefined)
  if (verdict.scores === undefined || feasible.some(({ first }) => first !== undefined)) return []
  const sameNodes = ours.nodes.every(
    ({ name, first }) => (first !== undefined) === (verdict.rejected?.[name] !== undefined),
  )
  const plugins = sameNodes ? scoring : ['NodeResourcesFit', 'NodeResourcesBalancedAllocation']
  const onlyOurs = Object.keys(verdict.scores).every((plugin) => scoring.includes(plugin))
  return [
    ...feasible.flatMap(({ name, scores }) =>
      plugins.flatMap((plugin) =>
        unlike(
          `${plugin} of ${name}`,
          verdict.scores?.[plugin]?.[name] ?? 0,
          scores.find((score) => score.plugin === plugin)?.weighted ?? 0,
        ),
      ),
    ),
    ...(sameNodes && onlyOurs ? unlike('best', verdict.best, [...ours.best]) : []),
  ]
}

const scoring = [
  'TaintToleration',
  'NodeAffinity',
  'NodeResourcesFit',
  'VolumeBinding',
  'PodTopologySpread',
  'InterPodAffinity',
  'NodeResourcesBalancedAllocation',
  'ImageLocality',
]

const honoured = (refused: Refused | undefined): readonly string[] | undefined => {
  if (refused === undefined) return undefined
  const { plugin, code, reasons } = refused
  if (reasons[0] === 'excluded before filtering')
    return ['', code, "node(s) didn't satisfy plugin(s) [NodeAffinity]"]
  return pluginNames.some((name) => name === plugin)
    ? [plugin, code, ...[...reasons].sort()]
    : undefined
}

const compareFamily = (family: string, lower: Lower, isRoomKnown = true) => {
  const verdicts = new Map(
    lines<{ readonly id: string; readonly verdicts?: readonly Verdict[] }>(
      `${family}.verdicts`,
    ).map((line) => [line.id, line.verdicts ?? []]),
  )
  const plain = lines<Scenario>(`${family}.scenarios`).filter(({ config }) => config === undefined)
  const found = plain.map((scenario) =>
    compare(scenario, verdicts.get(scenario.id) ?? [], lower, isRoomKnown),
  )
  return {
    compared: found.reduce((sum, { compared }) => sum + compared, 0),
    differences: found.flatMap(({ differences }) => differences),
  }
}

/** A lowering with a bug: a plugin keeps nobody away. */
const withoutFilters =
  (name: PluginName): Lower =>
  (draft, pod, around) => {
    const podClass = lowered(draft, pod, around)
    const filters = podClass.filters.filter(({ plugin }) => plugin !== pluginOf(name))
    return { ...podClass, filters }
  }

/** A lowering with another: how even a node is taken has no say. */
const withoutBalance: Lower = (draft, pod, around) => {
  const podClass = lowered(draft, pod, around)
  const { choice } = podClass
  if (choice._tag !== 'Sum') return podClass
  const balance = pluginOf('NodeResourcesBalancedAllocation')
  const scores = choice.scores.filter((score) => score.plugin !== balance)
  return { ...podClass, choice: { ...choice, scores } }
}

describe.skipIf(!existsSync(folder))(`recorded answers (skipped without ${folder})`, () => {
  it.each(families)('%s', (family) => {
    const { compared, differences } = compareFamily(family, lowered)
    expect(compared).toBeGreaterThan(0)
    expect(differences).toEqual([])
  })
  it.each(['volumes', 'tricky'])('%s, nodes not knowing what room they have', (family) => {
    expect(compareFamily(family, lowered, false).differences).toEqual([])
  })
  it.each(['VolumeRestrictions', 'NodeVolumeLimits', 'VolumeBinding', 'VolumeZone'] as const)(
    'is refuted when %s refuses nobody',
    (plugin) => {
      expect(compareFamily('volumes', withoutFilters(plugin)).differences).not.toEqual([])
    },
  )
  it('is refuted when balance is no score', () => {
    expect(compareFamily('resources', withoutBalance).differences).not.toEqual([])
  })
  it('is refuted when taints are not looked at', () => {
    expect(compareFamily('taints', withoutFilters('TaintToleration')).differences).not.toEqual([])
  })
})
