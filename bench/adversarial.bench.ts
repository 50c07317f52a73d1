/**
 * Times decisions for which an index helps little or costs more than a scan (a look at every node),
 * for example when no node has room. Each case has two rows: the kernel chooses between index and
 * scan by their estimated cost, or the kernel always scans.
 */
import {
  batch,
  bind,
  getOrThrow,
  cpu,
  define,
  findNode,
  join,
  leave,
  memory,
  nodeIds,
  nodeSpec,
  evict,
  trial,
  type ClassSpec,
  type Cluster,
  type Draft,
  type NodeId,
  type DecidedBy,
} from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import { crowd, shapes, type RuleSet } from './shapes.js'
import type { Row, Suite } from './suite.js'
import { goOn, openWork, placeNext, type Pace, type Work } from './work.js'

interface Attack {
  readonly name: string
  readonly rules: RuleSet
  readonly classes: number
  /** What is done to the nodes beforehand. */
  readonly prepared?: (cluster: Cluster) => Cluster
  /** One decision. */
  readonly decide: (work: Work, draft: Draft, pace: Pace) => unknown
}

const full: ClassSpec = {
  facts: [],
  occupies: [],
  filters: [],
  choice: { _tag: 'Sum', scores: [], tie: 'rank' },
  priority: 0,
}

/** More than any node has, of whatever it is. */
const more = 1_000_000_000_000

/**
 * Takes all that is left of one of these on each node: of the first on the first node, of the
 * second on the next, and so on.
 */
const filled =
  (dimensions: readonly (typeof cpu)[]) =>
  (cluster: Cluster): Cluster =>
    batch(cluster, (draft) => {
      const taking = dimensions.map((dimension) =>
        getOrThrow(define(draft, { ...full, occupies: [[dimension, more]] })),
      )
      nodeIds(draft).forEach((node, i) =>
        getOrThrow(bind(draft, taking[i % taking.length]!, node, 'running')),
      )
    })[0]

const nobody = -1 as NodeId

/** The first node leaves and another comes that is just like it. */
const replaceFirst = (draft: Draft): void => {
  const node = O.getOrElse(() => nobody)(findNode(draft, 'node-0000000'))
  const spec = nodeSpec(draft, node)
  if (O.isNone(spec)) throw new Error('the node has gone')
  getOrThrow(leave(draft, node))
  getOrThrow(join(draft, spec.value))
}

const attacks: readonly Attack[] = [
  {
    name: 'no node has room',
    rules: 'plain',
    classes: 20,
    prepared: filled([cpu]),
    decide: placeNext,
  },
  {
    name: 'no node has room of everything, some of each',
    rules: 'an ECS chain',
    classes: 20,
    prepared: filled([cpu, memory]),
    decide: placeNext,
  },
  {
    name: 'three thousand classes take turns',
    rules: 'plain',
    classes: 3_000,
    decide: placeNext,
  },
  {
    name: 'a thousand classes take turns that tell hosts apart',
    rules: 'host anti-affinity',
    classes: 1_000,
    decide: placeNext,
  },
  {
    name: 'all classes count the same replicas',
    rules: 'hard zone spread of one service',
    classes: 20,
    decide: placeNext,
  },
  {
    name: 'a node leaves and another joins before each decision',
    rules: 'plain',
    classes: 20,
    decide: (work, draft, pace) => {
      replaceFirst(draft)
      const node = placeNext(work, draft, pace)
      for (const replica of work.placed.splice(0)) getOrThrow(evict(draft, replica))
      return node
    },
  },
  {
    name: 'each decision is made in a trial and rolled back',
    rules: 'default spreading with preferences',
    classes: 20,
    decide: (work, draft, pace) =>
      trial(draft, () => {
        const node = placeNext(work, draft, pace)
        work.placed.pop()
        return [false, node]
      }),
  },
]

const suiteOf = ({ name, rules, classes, prepared = (as) => as, decide }: Attack): Suite => ({
  name,
  sizes: { smoke: [64], full: [1_000, 10_000] },
  unit: 'ns per decision',
  time: 200,
  cases: (size) => {
    const decisions = 40
    const opened = (seed: number): Work =>
      openWork(shapes(prepared(crowd(size)), rules, classes), seed)
    const run = (work: Work, path: DecidedBy | undefined): readonly unknown[] =>
      goOn(work, decisions, (draft) => decide(work, draft, { path, stops: true }))
    const answers = ([undefined, 'scan'] as const).map((path) => run(opened(13), path))
    const row = (called: string, path: DecidedBy | undefined): Row => {
      const work = opened(17)
      return { name: called, run: () => run(work, path), answers }
    }
    return { perRun: decisions, rows: [row('whichever pays', undefined), row('scan', 'scan')] }
  },
})

export const adversarialSuites: readonly Suite[] = attacks.map(suiteOf)
