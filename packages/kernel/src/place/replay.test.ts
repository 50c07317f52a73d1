/** Replaying: the explanation of a replica at its turn says what placing did with it. */
import { anyRequests, anyWorld, build, plainClass, refuted, requested } from '@stowage/testing'
import * as O from 'fp-ts/lib/Option.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { batch, explain, nodes, place, replay, type NamedRequest } from '../index.js'

/** Of each request by itself: the node is that of its first replica, or there is none for the first that found no place. */
const saysWhatPlacingDid = (replaying: typeof replay) =>
  fc.property(anyWorld, anyRequests, (world, requests) => {
    const { cluster, classes } = build(world)
    const [placed, asked] = batch(cluster, (draft) => {
      const wanted = requested(draft, classes, requests)
      return [place(draft, wanted).answers, wanted] as const
    })[0]
    const named = asked.map((request, i): NamedRequest => ({ ...request, name: `${i}` }))
    for (const [i, { placed: found, unplaced }] of placed.entries()) {
      if (named[i]!.count === 0) continue
      const [said] = batch(cluster, (draft) => replaying(draft, named, `${i}`))
      if (O.isNone(said)) throw new Error('nothing was said')
      const { replica, explanation } = said.value
      expect([replica, explanation.chosen]).toEqual(
        unplaced === undefined ? [1, found[0]?.node] : [found.length + 1, undefined],
      )
      expect(explanation.nodes.map(({ node }) => node)).toEqual(nodes(cluster))
    }
  })

it('says what placing did', () => fc.assert(saysWhatPlacingDid(replay), { numRuns: 200 }))

it.each<[string, typeof replay]>([
  [
    'what was placed before is forgotten',
    (draft, requests, name) => {
      const request = requests.find((one) => one.name === name)!
      return O.some({ request, replica: 1, explanation: explain(draft, { class: request.class }) })
    },
  ],
  [
    'only the nodes that the request names are shown',
    (draft, requests, name) => {
      const said = replay(draft, requests, name)
      if (O.isNone(said)) return said
      return O.some({ ...said.value, explanation: explain(draft, said.value.request) })
    },
  ],
])('is refuted when %s', (_, broken) => {
  expect(refuted(saysWhatPlacingDid(broken))).toBe(true)
})

it('says nothing of a name that nobody has, nor of nothing wanted', () => {
  const { cluster, classes } = build({ nodes: [], classes: [plainClass], replicas: [] })
  batch(cluster, (draft) => {
    const none = { name: 'none', class: classes[0]!, count: 0 }
    expect(replay(draft, [none], 'none')).toEqual(O.none)
    expect(replay(draft, [none], 'other')).toEqual(O.none)
  })
})
