/**
 * Properties of `explain`: its explanation agrees with `place` and with a twin (a slow reference
 * implementation). The tests also check that planted bugs are detected.
 */
import {
  anyWorld,
  build,
  explainTwin,
  moves,
  picture,
  plainClass,
  isRefuted,
} from '@stowage/testing'
import { assertSame } from '../../../testing/src/agreement/assert-same.js'
import { anyOperations } from '../../../testing/src/arbitrary/history.js'
import { anyNodeName } from '../../../testing/src/arbitrary/text.js'
import { findNodes } from '../../../testing/src/lower/expr.js'
import { defineRecipe } from '../../../testing/src/lower/world.js'
import { pictureOfExplanation } from '../../../testing/src/picture/answer.js'
import { pictureOfClass } from '../../../testing/src/picture/picture.js'
import { perform } from '../../../testing/src/play/perform.js'
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { batch, bind, explain, nodeIds, place, type NodeExplanation } from '../index.js'
import type { Answer, Explanation, PlaceRequest } from '../rule/answer.js'
import type { Cluster } from '../cluster/cluster.js'
import type { ClassId, ReasonId } from '../rule/id.js'
import { judgeNode } from './explain.js'

type Explain = typeof explain
const anyOnly = fc.option(fc.array(anyNodeName, { maxLength: 4 }), { nil: undefined })
/**
 * A property of explanations of the first class of any world that has a past, among all nodes or
 * some.
 */
const ofExplanations = (
  explaining: Explain,
  check: (explanation: Explanation, cluster: Cluster, request: Omit<PlaceRequest, 'count'>) => void,
) =>
  fc.property(anyWorld, anyOperations, anyOnly, (world, past, names) => {
    const { cluster: before, classes } = build(world)
    const [cluster, only] = batch(before, (draft) => {
      for (const operation of past) perform(draft, { classes, moves }, operation)
      return names && findNodes(draft, names)
    })
    const request = { class: classes[0]!, ...(only === undefined ? {} : { only }) }
    check(explaining(cluster, request), cluster, request)
  })

const placeOne = (cluster: Cluster, request: Omit<PlaceRequest, 'count'>): Answer =>
  batch(cluster, (draft) => place(draft, [{ ...request, count: 1 }]).answers[0]!)[1]

/**
 * Placing goes where explaining says, and where it has no place, counts the first refusals that
 * explaining gives.
 */
const agreesWithPlacing = (explaining: Explain) =>
  ofExplanations(explaining, (explanation, cluster, request) => {
    const { placed, unplaced } = placeOne(cluster, request)
    expect(placed.map(({ node }) => node)).toEqual(
      explanation.chosen === undefined ? [] : [explanation.chosen],
    )
    if (explanation.chosen !== undefined) return expect(unplaced).toBe(undefined)
    const given = new Map<ReasonId, number>()
    for (const { first } of explanation.nodes)
      for (const reason of new Set(first?.reasons)) given.set(reason, (given.get(reason) ?? 0) + 1)
    const reasons = [...given].sort(([a], [b]) => a - b)
    expect(unplaced).toEqual({ count: 1, nodes: explanation.nodes.length, reasons })
  })

/** A node refuses nothing when, and only when, a replica can be placed on it alone. */
const refusesWhatIsInfeasible = (explaining: Explain) =>
  ofExplanations(explaining, (explanation, cluster, request) => {
    for (const { node, first, all, scores } of explanation.nodes) {
      const { placed } = placeOne(cluster, { ...request, only: [node] })
      expect(placed.map((placement) => placement.node)).toEqual(all.length === 0 ? [node] : [])
      expect(first).toEqual(all[0])
      if (all.length > 0) expect(scores).toEqual([])
    }
  })

/** All refusals of a class are those of its filters, each asked alone. */
const refusesRuleByRule = (explaining: Explain) =>
  ofExplanations(explaining, (explanation, cluster, request) => {
    const classSpec = pictureOfClass(cluster, request.class)
    const [, alone] = batch(cluster, (draft) =>
      classSpec.filters.map((filter) => {
        const lone = defineRecipe(draft, { ...classSpec, filters: [filter] })
        return explain(draft, { ...request, class: lone }).nodes
      }),
    )
    const refusals = explanation.nodes.map((_, i) => alone.flatMap((each) => each[i]!.all))
    expect(explanation.nodes.map(({ all }) => all)).toEqual(refusals)
  })

/** The whole explanation is its twin's. */
const agreesWithTwin = (explaining: Explain) =>
  ofExplanations(explaining, (explanation, cluster, request) => {
    const twin = explainTwin(picture(cluster), {
      class: pictureOfClass(cluster, request.class),
      only:
        request.only && pictureOfExplanation(cluster, explanation).nodes.map(({ name }) => name),
      replica: nextReplica(cluster, request.class),
    })
    assertSame(pictureOfExplanation(cluster, explanation), twin)
  })

const nextReplica = (cluster: Cluster, id: ClassId): number =>
  batch(cluster, (draft) => {
    const bound = nodeIds(draft).map((node) => bind(draft, id, node, 'running'))[0]
    return bound !== undefined && E.isRight(bound) ? bound.right : 0
  })[1]

type Change = (node: NodeExplanation) => NodeExplanation
const saying =
  (change: (explanation: Explanation) => Explanation): Explain =>
  (...args) =>
    change(explain(...args))
const sayingOfNodes = (change: Change): Explain =>
  saying((explanation) => ({ ...explanation, nodes: explanation.nodes.map(change) }))

const runnerUpFirst = saying(({ runnerUp, ...explanation }) =>
  runnerUp === undefined ? explanation : { ...explanation, chosen: runnerUp },
)
const lastComesFirst = sayingOfNodes(({ first, ...node }) => {
  const last = node.all[node.all.length - 1]
  return { ...node, ...(first === undefined || last === undefined ? {} : { first: last }) }
})
const lastIsForgotten = sayingOfNodes((node) => ({ ...node, all: node.all.slice(0, -1) }))
const allIsRemovable = sayingOfNodes((node) => ({
  ...node,
  all: node.all.map((refusal) => ({ ...refusal, removable: true })),
}))
const onlyOneIsBest = saying((explanation) => ({
  ...explanation,
  best: explanation.best.slice(0, 1),
}))
const rawIsWeighted = sayingOfNodes((node) => ({
  ...node,
  scores: node.scores.map((score) => ({ ...score, weighted: score.raw ?? 0 })),
}))

type Bug = [name: string, broken: Explain]
type Property = (explaining: Explain) => ReturnType<typeof ofExplanations>
describe.each<[name: string, property: Property, bugs: Bug[]]>([
  [
    'agrees with placing',
    agreesWithPlacing,
    [
      ['the runner-up is called chosen', runnerUpFirst],
      ['the last refusal is called the first', lastComesFirst],
    ],
  ],
  [
    'refuses what is infeasible, and nothing else',
    refusesWhatIsInfeasible,
    [['the last refusal is forgotten', lastIsForgotten]],
  ],
  [
    'refuses rule by rule',
    refusesRuleByRule,
    [
      ['the last refusal is forgotten', lastIsForgotten],
      ['removing always helps', allIsRemovable],
    ],
  ],
  [
    'is what its twin says',
    agreesWithTwin,
    [
      ['one alone is called best', onlyOneIsBest],
      ['raw scores are said to decide', rawIsWeighted],
      ['the runner-up is called chosen', runnerUpFirst],
    ],
  ],
])('explaining %s', (_name, property, bugs) => {
  it('in every world', () => fc.assert(property(explain), { numRuns: 200 }))

  it.each(bugs)('and is refuted when %s', (_, broken) => {
    expect(isRefuted(property(broken))).toBe(true)
  })
})

/** One node judged alone has the refusals that it has among all. */
const judgesAlike = (judging: typeof judgeNode) =>
  ofExplanations(explain, ({ nodes }, cluster, request) => {
    for (const { node, all } of nodes) expect(judging(cluster, request.class, node)).toEqual(all)
  })

describe('the refusals of one node', () => {
  it('are those of the explanation', () => fc.assert(judgesAlike(judgeNode)))
  it.each<[string, typeof judgeNode]>([
    ['only the first is given', (...args) => judgeNode(...args).slice(0, 1)],
    ['the class fits everywhere', () => []],
  ])('are refuted when %s', (_, judging) => {
    expect(isRefuted(judgesAlike(judging))).toBe(true)
  })
  it('are none on a node that is unknown', () => {
    const { cluster, classes } = build({ nodes: [], classes: [plainClass], replicas: [] })
    expect(judgeNode(cluster, classes[0]!, 7 as never)).toEqual([])
    expect(() => judgeNode(cluster, 7 as never, 7 as never)).toThrow('no class 7')
  })
})
