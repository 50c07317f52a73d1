/**
 * Tests conflicts of host ports against the documented rule: same protocol and port, and the same
 * address or either of them 0.0.0.0.
 */
import { decodeValue } from '@stowage/documents'
import {
  batch,
  getOrThrow,
  bind,
  define,
  empty,
  join,
  place,
  slots,
  type ClassId,
  type Draft,
  type NodeId,
} from '@stowage/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { PodSpec } from '../words/pod.js'
import { lowerPod } from '../registry/pod.js'
import { nothingElse, surroundingsOf } from '../surroundings/surroundings.js'
import type { PodLike } from '../surroundings/pod-like.js'

/** A planted bug is looked for longer, and found once. */

const specOf = (spec: unknown): PodSpec => getOrThrow(decodeValue(PodSpec, spec))

interface Claim {
  readonly hostPort?: number
  readonly hostIP?: string
  readonly protocol?: string
}
const main = { name: 'main' }
const container = (...claims: readonly Claim[]) => ({
  ...main,
  ports: claims.map((claim) => ({ containerPort: 80, ...claim })),
})
const claiming = (...claims: readonly Claim[]): PodSpec =>
  specOf({ containers: [container(...claims)] })

type Lower = (draft: Draft, spec: PodSpec) => ReturnType<typeof lowerPod>
const alone = surroundingsOf([], nothingElse)
const podOf = (spec: PodSpec): PodLike => ({
  namespace: 'default',
  labels: new Map(),
  spec,
  ownerSelector: undefined,
})
const lowered: Lower = (draft, spec) => lowerPod(draft, podOf(spec), 0, alone)

/** Whether one pod finds a place beside the other, on a node that has all else. */
const fitsBeside = (placed: PodSpec, incoming: PodSpec, lower = lowered): boolean =>
  batch(empty, (draft) => {
    const node: NodeId = getOrThrow(
      join(draft, { name: 'n', capacity: [[slots, 9]], attributes: [], marks: [] }),
    )
    const classOf = (spec: PodSpec): ClassId => getOrThrow(define(draft, lower(draft, spec)))
    getOrThrow(bind(draft, classOf(placed), node, 'running'))
    return place(draft, [{ class: classOf(incoming), count: 1 }]).answers[0]!.unplaced === undefined
  })[1]

describe('two claims clash', () => {
  it.each<readonly [string, Claim, Claim]>([
    ['on the same port', { hostPort: 80 }, { hostPort: 80 }],
    ['without an address and with one', { hostPort: 80 }, { hostPort: 80, hostIP: '10.0.0.1' }],
    [
      'with 0.0.0.0 and an address',
      { hostPort: 80, hostIP: '0.0.0.0' },
      { hostPort: 80, hostIP: '10.0.0.1' },
    ],
    ['with an empty address, which is none', { hostPort: 80, hostIP: '' }, { hostPort: 80 }],
    [
      'with an empty address and another',
      { hostPort: 80, hostIP: '' },
      { hostPort: 80, hostIP: '10.0.0.1' },
    ],
    ['when TCP is said and an empty protocol', { hostPort: 80, protocol: '' }, { hostPort: 80 }],
    ['when TCP is said and when it is not', { hostPort: 80, protocol: 'TCP' }, { hostPort: 80 }],
  ])('%s', (_, one, other) => {
    expect([
      fitsBeside(claiming(one), claiming(other)),
      fitsBeside(claiming(other), claiming(one)),
    ]).toEqual([false, false])
  })
  it.each<readonly [string, Claim, Claim]>([
    ['on other ports', { hostPort: 80 }, { hostPort: 81 }],
    ['of other protocols', { hostPort: 80, protocol: 'UDP' }, { hostPort: 80 }],
    [
      'of other addresses',
      { hostPort: 80, hostIP: '10.0.0.2' },
      { hostPort: 80, hostIP: '10.0.0.1' },
    ],
    [
      'of :: and another, as texts are compared',
      { hostPort: 80, hostIP: '::' },
      { hostPort: 80, hostIP: '::1' },
    ],
    ['that claim nothing', { hostPort: 0 }, { hostPort: 0 }],
    ['inside the containers only', {}, {}],
  ])('not %s', (_, one, other) => {
    expect([
      fitsBeside(claiming(one), claiming(other)),
      fitsBeside(claiming(other), claiming(one)),
    ]).toEqual([true, true])
  })
})

it('is claimed by sidecars, and not by init containers that end', () => {
  const first = (restartPolicy?: string): PodSpec =>
    specOf({
      containers: [main],
      initContainers: [{ ...container({ hostPort: 80 }), restartPolicy }],
    })
  const claim = claiming({ hostPort: 80 })
  expect([fitsBeside(claim, first('Always')), fitsBeside(first('Always'), claim)]).toEqual([
    false,
    false,
  ])
  expect([fitsBeside(claim, first()), fitsBeside(first(), claim)]).toEqual([true, true])
})

const anyClaim = fc.record({
  hostPort: fc.integer({ min: 0, max: 2 }),
  hostIP: fc.constantFrom('0.0.0.0', '10.0.0.1', '10.0.0.2', '::'),
  protocol: fc.constantFrom('TCP', 'UDP'),
})
type AnyClaim = Required<Claim>
const anyClaims = fc.array(anyClaim, { maxLength: 3 })
const clash = (one: AnyClaim, other: AnyClaim): boolean =>
  one.hostPort > 0 &&
  one.hostPort === other.hostPort &&
  one.protocol === other.protocol &&
  (one.hostIP === other.hostIP || [one.hostIP, other.hostIP].includes('0.0.0.0'))

const agrees = (lower: Lower) =>
  fc.property(anyClaims, anyClaims, (placed, incoming) => {
    const clashes = placed.some((one) => incoming.some((other) => clash(one, other)))
    return fitsBeside(claiming(...placed), claiming(...incoming), lower) === !clashes
  })

it('clashes as the sentence says', () => {
  fc.assert(agrees(lowered))
})
it.each<readonly [string, Lower]>([
  [
    'only equal claims clash',
    (draft, spec) => ({
      ...lowered(draft, spec),
      facts: lowered(draft, spec).facts.filter((_, i) => i % 2 === 1),
    }),
  ],
  [
    'nothing is remembered of what is placed',
    (draft, spec) => ({ ...lowered(draft, spec), facts: [] }),
  ],
])('is refuted when %s', (_, broken) => {
  expect(isRefuted(agrees(broken))).toBe(true)
})
