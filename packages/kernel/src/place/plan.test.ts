/** Tests that `plan` reports what `place` does, and lists holdings in code-unit order. */
import {
  anyRequests,
  anyWorld,
  build,
  picture,
  plainClass,
  plainNode,
  isRefuted,
  lowerRequests,
} from '@stowage/testing'
import { pictureOfAnswer } from '../../../testing/src/picture/answer.js'
import { allReplicas } from '../../../testing/src/play/perform.js'
import { nodeNames } from '../../../testing/src/raise/expr.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { batch, nodeLoad, nodeIds, place, plan } from '../index.js'

/**
 * A plan is what placing gives: the same nodes hold as much, by name, and the same finds no place.
 * What runs has a name of its own or that of the first request.
 */
const saysWhatPlacingGives = (planning: typeof plan) =>
  fc.property(anyWorld, anyRequests, anyNameOfRunning, (world, requests, ofRunning) => {
    const { cluster, classes } = build(world)
    const names = requests.map((_, i) => `request ${i}`)
    const running = new Map(allReplicas(cluster).map((id) => [id, ofRunning]))
    const [, result] = batch(cluster, (draft) => {
      const wanted = lowerRequests(draft, classes, requests)
      return planning(
        draft,
        wanted.map((request, i) => ({ ...request, name: names[i]! })),
        running,
      )
    })
    const [after, placed] = batch(cluster, (draft) =>
      place(draft, lowerRequests(draft, classes, requests)),
    )
    const answers = placed.answers.map((answer) => pictureOfAnswer(after, answer))
    const runningOn = (name: string): readonly string[] =>
      picture(cluster)
        .nodes.filter((node) => node.name === name)
        .flatMap(({ replicas }) => replicas.map(() => ofRunning))
    const held = (name: string): readonly string[] => [
      ...runningOn(name),
      ...answers.flatMap((answer, i) =>
        answer.placed.flatMap((node) => (node === name ? [names[i]!] : [])),
      ),
    ]
    expect(result).toEqual({
      nodes: nodeIds(after).map((node) => ({
        name: nodeNames(after, [node])[0],
        capacity: expect.any(Array) as unknown,
        load: nodeLoad(after, node),
        holds: counted(held(nodeNames(after, [node])[0]!), runningOn(nodeNames(after, [node])[0]!)),
      })),
      unplaced: answers.flatMap(({ unplaced }, i) =>
        unplaced === undefined ? [] : [{ name: names[i], ...unplaced }],
      ),
    })
  })

const anyNameOfRunning = fc.constantFrom('running', 'request 0')

const counted = (names: readonly string[], before: readonly string[]) =>
  [...new Set(names)].sort().map((name) => ({
    ...{ name, count: names.filter((other) => other === name).length },
    ...(before.includes(name) ? { running: before.length } : {}),
  }))

it('says what placing gives', () => fc.assert(saysWhatPlacingGives(plan), { numRuns: 200 }))

it.each<[string, typeof plan]>([
  ['what runs is not named', (draft, requests) => plan(draft, requests, new Map())],
  [
    'all count as running',
    (...args) => {
      const { nodes, ...rest } = plan(...args)
      const holds = (all: (typeof nodes)[number]['holds']) =>
        all.map((one) => ({ ...one, running: one.count }))
      return { ...rest, nodes: nodes.map((node) => ({ ...node, holds: holds(node.holds) })) }
    },
  ],
  ['what found no place is not said', (...args) => ({ ...plan(...args), unplaced: [] })],
])('is refuted when %s', (_, broken) => {
  expect(isRefuted(saysWhatPlacingGives(broken))).toBe(true)
})

it('lists what a node holds in code-unit order, whatever is placed first', () => {
  const { cluster, classes } = build({ nodes: [plainNode], classes: [plainClass], replicas: [] })
  const requests = ['a', 'b', 'B', 'é', 'a'].map((name) => ({ name, class: classes[0]!, count: 1 }))
  const [, result] = batch(cluster, (draft) => plan(draft, requests, new Map()))
  expect(result.nodes[0]!.holds).toEqual([
    { name: 'B', count: 1 },
    { name: 'a', count: 2 },
    { name: 'b', count: 1 },
    { name: 'é', count: 1 },
  ])
})
