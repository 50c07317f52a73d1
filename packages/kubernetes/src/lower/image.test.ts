/**
 * Tests the score of ImageLocality on examples. The recorded answers of kube-scheduler cover more
 * cases.
 */
import { decodeValue } from '@stowage/documents'
import {
  batch,
  getOrThrow,
  define,
  empty,
  explain,
  join,
  pluginId,
  type Choice,
  type ClassId,
  type Draft,
} from '@stowage/kernel'
import { expect, it } from 'vitest'
import { Node } from '../words/node.js'
import { PodSpec } from '../words/pod.js'
import { imageScore } from './image.js'
import { imagesOn } from '../surroundings/images.js'
import { nodeSpecOf } from '../registry/node.js'
import { defaultArgs } from '../plugin/profile.js'
import { nothingElse, surroundingsOf, type Surroundings } from '../surroundings/surroundings.js'

const mebibyte = 1_048_576
const node = (name: string, images: Readonly<Record<string, number>>): Node =>
  getOrThrow(
    decodeValue(Node, {
      metadata: { name },
      status: {
        images: Object.entries(images).map(([image, size]) => ({
          names: [image],
          sizeBytes: size * mebibyte,
        })),
      },
    }),
  )
const containers = (...images: readonly string[]): PodSpec =>
  getOrThrow(decodeValue(PodSpec, { containers: images.map((image) => ({ name: 'c', image })) }))

const defined = (draft: Draft, spec: PodSpec, around: Surroundings): ClassId => {
  const pod = { namespace: 'default', labels: new Map(), spec, ownerSelector: undefined }
  const score = imageScore({ draft, pod, around, args: defaultArgs })
  const choice: Choice = {
    _tag: 'Sum',
    tie: 'rank',
    scores: score === undefined ? [] : [{ plugin: pluginId(0), ...score, weight: 1 }],
  }
  return getOrThrow(define(draft, { facts: [], occupies: [], filters: [], choice, priority: 0 }))
}

type Scores = readonly (number | undefined)[]

/** Of each pod by node, all pods being known before the first is asked about. */
const scoresOfAll = (nodes: readonly Node[], specs: readonly PodSpec[]): readonly Scores[] =>
  batch(empty, (draft) => {
    for (const one of nodes) getOrThrow(join(draft, nodeSpecOf(draft, one)))
    const around = surroundingsOf([], { ...nothingElse, images: imagesOn(nodes) })
    return specs
      .map((spec) => defined(draft, spec, around))
      .map((asked) => explain(draft, { class: asked }).nodes.map((said) => said.scores[0]?.raw))
  })[1]

const scores = (nodes: readonly Node[], spec: PodSpec): Scores => scoresOfAll(nodes, [spec])[0]!

it('is the share of what one pod could have at most, weighed by how many nodes have it', () => {
  const nodes = [node('a', { 'web:1': 1_000 }), node('b', { 'web:1': 1_000 }), node('c', {})]
  const share = Math.trunc(
    (100 * (Math.trunc((1_000 * mebibyte * 2) / 3) - 23 * mebibyte)) / (977 * mebibyte),
  )
  expect(scores(nodes, containers('web:1'))).toEqual([share, share, 0])
})

it('means the latest by a name without a tag, a port not being one', () => {
  const nodes = [node('a', { 'host:5000/web:latest': 4_000 })]
  expect(scores(nodes, containers('host:5000/web'))).toEqual([100])
})

it('takes the size that the first node says', () => {
  const nodes = [node('a', { 'web:1': 23 }), node('b', { 'web:1': 4_000 })]
  expect(scores(nodes, containers('web:1'))).toEqual([0, 0])
  expect(scores([...nodes].reverse(), containers('web:1'))).toEqual([100, 100])
})

it('counts an image twice that comes twice, out of twice as much', () => {
  const nodes = [node('a', { 'web:1': 500 })]
  const of = (bytes: number, most: number) =>
    Math.trunc((100 * (bytes - 23) * mebibyte) / ((most - 23) * mebibyte))
  expect(scores(nodes, containers('web:1'))).toEqual([of(500, 1_000)])
  expect(scores(nodes, containers('web:1', 'web:1'))).toEqual([of(1_000, 2_000)])
})

it('takes an image of which no size is said for one of no bytes, be it larger elsewhere', () => {
  const sizeless = getOrThrow(
    decodeValue(Node, { metadata: { name: 'a' }, status: { images: [{ names: ['web:1'] }] } }),
  )
  expect(scores([sizeless, node('b', { 'web:1': 4_000 })], containers('web:1'))).toEqual([0, 0])
})

it('is gathered in a time that grows as what the nodes list', () => {
  const images = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`web:${i}`, 23]))
  const nodes = Array.from({ length: 5_000 }, (_, i) => node(`node-${i}`, images))
  const census = imagesOn(nodes)
  expect([...census.images.values()].map(({ on }) => on.size)).toEqual(
    Array.from({ length: 50 }, () => 5_000),
  )
}, 10_000)

it('says nothing of images that lie nowhere', () => {
  expect(scores([node('a', {})], containers('web:1'))).toEqual([undefined])
})

it('keeps pods of different images apart', () => {
  const nodes = [node('a', { 'web:1': 4_000 }), node('b', { 'job:1': 4_000 })]
  expect(scoresOfAll(nodes, [containers('web:1'), containers('job:1')])).toEqual([
    [100, 0],
    [0, 100],
  ])
})
