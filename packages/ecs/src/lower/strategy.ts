/**
 * Translates placement strategies to a chain of scores of the kernel: each strategy breaks the ties
 * of the strategies before it. Spreading counts the tasks of the workload's group.
 *
 * Options decide two points that AWS does not document: how `spread` counts an instance without the
 * attribute to spread over, and how the last ties are broken unless `random` is a strategy.
 *
 * Source: Amazon ECS Developer Guide, task placement strategies.
 */
import { cpu, memory, type Choice, type Draft } from '@stowage/kernel'
import type { PlacementStrategy } from '../words/placement.js'
import { attributeKey } from './attribute.js'
import { demandOf } from './demand.js'
import { matchGroup } from './group.js'
import type { PlacementRules } from './options.js'
import { scorePlugin } from './reason.js'
import { isDaemonWorkload, type Workload } from '../workload/workload.js'

/** One key of the chain that selects a node. */
type ChainKey = Choice<'Chain'>['keys'][number]

/**
 * The written strategies, or the defaults of AWS: a service spreads over zones and then instances,
 * a single task is placed at random.
 */
const strategiesOf = (workload: Workload): readonly PlacementStrategy[] => {
  if (isDaemonWorkload(workload)) return []
  const written = (workload.service ?? workload.request)?.placementStrategy ?? []
  if (written.length > 0) return written
  return workload.service === undefined
    ? [{ type: 'random' }]
    : [
        { type: 'spread', field: 'attribute:ecs.availability-zone' },
        { type: 'spread', field: 'instanceId' },
      ]
}

/** A strategy behind `random` has no ties to break. */
const beforeRandom = (strategies: readonly PlacementStrategy[]): readonly PlacementStrategy[] => {
  const random = strategies.findIndex(({ type }) => type === 'random')
  return random < 0 ? strategies : strategies.slice(0, random)
}

const strategyName = ({ type, field = '' }: PlacementStrategy): string =>
  `${type}(${type === 'binpack' ? field.toLowerCase() : field})`

/** The names of a workload's scores, which `scorePlugin` numbers. */
export const scoreNames = (workload: Workload): readonly string[] =>
  beforeRandom(strategiesOf(workload)).map(strategyName)

/** The chain of a workload; `scores` are the names of all scores in the plan. */
export const choiceOf = (
  draft: Draft,
  workload: Workload,
  scores: readonly string[],
  { seed, ties, absentBucket }: PlacementRules,
): Choice => {
  const strategies = strategiesOf(workload)
  return {
    _tag: 'Chain',
    keys: beforeRandom(strategies).map((strategy) => ({
      plugin: scorePlugin(scores, strategyName(strategy)),
      raw: rawOf(draft, workload, strategy, absentBucket),
      prefer: 'least',
    })),
    tie:
      ties === 'seeded' || strategies.some(({ type }) => type === 'random')
        ? { seeded: seed }
        : 'rank',
  }
}

const rawOf = (
  draft: Draft,
  workload: Workload,
  { type, field = '' }: PlacementStrategy,
  absent: PlacementRules['absentBucket'],
): ChainKey['raw'] => {
  if (type === 'binpack') return remainingLoad(workload, field.toLowerCase())
  const facts = matchGroup(draft, workload)
  const attribute = field.startsWith('attribute:') ? field.slice('attribute:'.length) : undefined
  const domain = attribute === undefined ? 'node' : attributeKey(draft, attribute)
  return { _tag: 'Counts', terms: [[{ facts, domain, absent }, 1]] }
}

const remainingLoad = ({ definition }: Workload, field: string): ChainKey['raw'] => {
  const demand = demandOf(definition)
  const part =
    field === 'cpu'
      ? { dimension: cpu, amount: demand.cpu, weight: 1 }
      : { dimension: memory, amount: demand.memory, weight: 1 }
  return { _tag: 'Load', curve: 'remaining', parts: [part] }
}
