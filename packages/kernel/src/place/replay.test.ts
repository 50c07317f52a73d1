/** Tests of `replay`: the explanation of a replica of a plan agrees with where it was placed. */
import {
  anyRequests,
  anyWorld,
  build,
  plainClass,
  plainNode,
  isRefuted,
  lowerRequests,
  type ClassRecipe,
} from '@stowage/testing'
import * as O from 'fp-ts/lib/Option.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  batch,
  explain,
  nodeIds,
  place,
  replay,
  replicasOn,
  type NamedRequest,
  type ReplicaId,
} from '../index.js'

const nobody = new Map<ReplicaId, string>()

/**
 * Of each request by itself: the node is that of its first replica, or there is none for the first
 * that found no place.
 */
const saysWhatPlacingDid = (replaying: typeof replay) =>
  fc.property(anyWorld, anyRequests, (world, requests) => {
    const { cluster, classes } = build(world)
    const [placed, classRequests] = batch(cluster, (draft) => {
      const wanted = lowerRequests(draft, classes, requests)
      return [place(draft, wanted).answers, wanted] as const
    })[1]
    const named = classRequests.map((request, i): NamedRequest => ({ ...request, name: `${i}` }))
    for (const [i, { placed: found, unplaced }] of placed.entries()) {
      if (named[i]!.count === 0) continue
      const [, result] = batch(cluster, (draft) => replaying(draft, named, nobody, `${i}`))
      if (O.isNone(result)) throw new Error('nothing was said')
      const { replica, explanation, remedies } = result.value
      expect([replica, explanation.chosen]).toEqual(
        unplaced === undefined ? [1, found[0]?.node] : [found.length + 1, undefined],
      )
      expect(explanation.nodes.map(({ node }) => node)).toEqual(nodeIds(cluster))
      expect(remedies === undefined).toBe(unplaced === undefined)
    }
  })

it('says what placing did', () => fc.assert(saysWhatPlacingDid(replay), { numRuns: 200 }))

it.each<[string, typeof replay]>([
  [
    'what was placed before is forgotten',
    (draft, requests, names, name) => {
      const request = requests.find((one) => one.name === name)!
      const explanation = explain(draft, { class: request.class })
      return O.some({ request, replica: 1, explanation, names })
    },
  ],
  [
    'only the nodes that the request names are shown',
    (draft, requests, names, name) => {
      const result = replay(draft, requests, names, name)
      if (O.isNone(result)) return result
      return O.some({ ...result.value, explanation: explain(draft, result.value.request) })
    },
  ],
])('is refuted when %s', (_, broken) => {
  expect(isRefuted(saysWhatPlacingDid(broken))).toBe(true)
})

it('says nothing of a name that nobody has, nor of nothing wanted', () => {
  const { cluster, classes } = build({ nodes: [], classes: [plainClass], replicas: [] })
  batch(cluster, (draft) => {
    const none = { name: 'none', class: classes[0]!, count: 0 }
    expect(replay(draft, [none], nobody, 'none')).toEqual(O.none)
    expect(replay(draft, [none], nobody, 'other')).toEqual(O.none)
  })
})

it('names what was there and what was placed before', () => {
  const { cluster, classes } = build({
    nodes: [plainNode],
    classes: [plainClass],
    replicas: [{ class: 0, node: 'a', phase: 'running' }],
  })
  batch(cluster, (draft) => {
    const there = replicasOn(draft, nodeIds(draft)[0]!)[0]!.id
    const requests = ['first', 'second'].map((name) => ({ name, class: classes[0]!, count: 1 }))
    const result = replay(draft, requests, new Map([[there, 'old']]), 'second')
    expect(O.isSome(result) && [...result.value.names.values()]).toEqual(['old', 'first'])
  })
})

it('places what has the higher priority before, although it is asked for later', () => {
  const asking: ClassRecipe = {
    ...plainClass,
    occupies: [['cpu', 1]],
    filters: [
      {
        _tag: 'Fit',
        plugin: 0,
        removable: true,
        parts: [{ dimension: 'cpu', amount: 1, reason: 0, slot: false }],
      },
    ],
  }
  const { cluster, classes } = build({
    nodes: [{ ...plainNode, capacity: [['cpu', 1]] }],
    classes: [asking, { ...asking, priority: 1 }],
    replicas: [],
  })
  const requests = ['low', 'high'].map((name, i) => ({ name, class: classes[i]!, count: 1 }))
  const chosen = (name: string) =>
    batch(cluster, (draft) => {
      const result = replay(draft, requests, nobody, name)
      return O.isSome(result) && [result.value.explanation.chosen, [...result.value.names.values()]]
    })[1]
  expect(chosen('high')).toEqual([nodeIds(cluster)[0], []])
  expect(chosen('low')).toEqual([undefined, ['high']])
})
