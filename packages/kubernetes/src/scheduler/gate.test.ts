/**
 * Tests when missing resource claims keep a pod out of the scheduling cycle. The recorded answers
 * of kube-scheduler cover the other gates.
 */
import { describe, expect, it } from 'vitest'
import { batch, empty } from '@stowage/kernel'
import { readObjects } from '../words/object.js'
import { attempt } from './attempt.js'
import { openSession } from './open.js'
import { worldOf } from './world.js'

const node = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'a' },
  status: { allocatable: { cpu: '4', memory: '8Gi', pods: '10' } },
}
const claim = (name: string, owner = 'p') => ({
  apiVersion: 'resource.k8s.io/v1',
  kind: 'ResourceClaim',
  metadata: { name, ownerReferences: [{ kind: 'Pod', name: owner, controller: true }] },
})
const said = (
  resourceClaims: readonly object[],
  statuses: readonly object[],
  ...others: object[]
) => {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    spec: { containers: [{ name: 'c' }], resourceClaims },
    status: { resourceClaimStatuses: statuses },
  }
  const { objects } = readObjects({ from: 'x', value: [node, pod, ...others] })
  const [, verdict] = batch(empty, (draft) => {
    const session = openSession(draft, worldOf(objects))
    return attempt(session, session.pods.get('default/p')!).verdict
  })
  return verdict.preFilter?.reasons ?? verdict.result
}

describe('a pod with claims', () => {
  const ofItsOwn = { name: 'gpu', resourceClaimTemplateName: 'gpus' }
  const made = { name: 'gpu', resourceClaimName: 'p-gpu' }

  it('that are there takes its turn', () => {
    expect(said([{ name: 'gpu', resourceClaimName: 'one' }], [], claim('one'))).toBe('scheduled')
    expect(said([ofItsOwn], [made], claim('p-gpu', 'p'))).toBe('scheduled')
  })
  it('that another pod owns waits', () => {
    expect(said([ofItsOwn], [made], claim('p-gpu', 'q'))).toEqual([
      'ResourceClaim default/p-gpu was not created for Pod default/p (Pod is not owner)',
    ])
  })

  it('of which one is missing waits for that', () => {
    const claims = [ofItsOwn, { name: 'nic', resourceClaimName: 'two' }]
    expect(said(claims, [made], claim('p-gpu'))).toEqual([
      'could not find ResourceClaim "default/two"',
    ])
  })

  it('that turned out to need none is placed', () => {
    expect(said([ofItsOwn], [{ name: 'gpu' }])).toBe('scheduled')
  })
})
