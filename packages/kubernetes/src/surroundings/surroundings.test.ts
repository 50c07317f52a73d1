/**
 * Tests the list of the affinity terms that pods of a cluster have: its order does not depend on
 * the order in which the pods were read, and equal terms are listed once.
 */
import { decodeValue } from '@stowage/documents'
import { getOrThrow } from '@stowage/kernel'
import { expect, it } from 'vitest'
import { PodSpec } from '../words/pod.js'
import { nothingElse, surroundingsOf } from './surroundings.js'
import type { PodLike } from './pod-like.js'

const keptFrom = (app: string): PodLike => ({
  namespace: 'default',
  labels: new Map([['app', app]]),
  ownerSelector: undefined,
  spec: getOrThrow(
    decodeValue(PodSpec, {
      containers: [{ name: 'c' }],
      affinity: {
        podAntiAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { labelSelector: { matchLabels: { app } }, topologyKey: 'kubernetes.io/hostname' },
          ],
        },
      },
    }),
  ),
})

it('has the terms of pods in an order of their own', () => {
  const pods = ['web', 'job', 'db'].map(keptFrom)
  const carriedIn = (all: readonly PodLike[]) => surroundingsOf(all, nothingElse).carried
  expect(carriedIn(pods)).toHaveLength(3)
  expect(carriedIn([...pods].reverse())).toEqual(carriedIn(pods))
  expect(carriedIn([...pods, ...pods])).toEqual(carriedIn(pods))
})
