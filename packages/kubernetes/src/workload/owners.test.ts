/** Chains of owners, and the ends that they have. */
import { expect, it } from 'vitest'
import type { OwnerReference } from '../words/metadata.js'
import { topOwners } from './owners.js'
import type { WorkloadKind } from './kind.js'
import { fullName, titleOf, type KubernetesWorkload } from './workload.js'

interface Owner {
  readonly by?: readonly OwnerReference[]
  readonly hash?: string
  readonly namespace?: string
}
const workload = (
  kind: WorkloadKind,
  name: string,
  { by = [], hash, namespace }: Owner = {},
): KubernetesWorkload => {
  const metadata = {
    name,
    namespace,
    labels: new Map(hash === undefined ? [] : [['pod-template-hash', hash]]),
    deletionTimestamp: undefined,
    ownerReferences: by,
  }
  return {
    from: '',
    kind,
    name: fullName(metadata),
    metadata,
    at: [],
    count: 1,
    notHonoured: [],
  } as unknown as KubernetesWorkload
}
const by = (kind: string, name: string, controller = true): Owner => ({
  by: [{ apiVersion: undefined, kind, name, uid: undefined, controller }],
})
const topOf = (workloads: readonly KubernetesWorkload[]): string =>
  titleOf(topOwners(workloads)(workloads[0]!))

const web = workload('Deployment', 'web')
const webSet = workload('ReplicaSet', 'web-7d', by('Deployment', 'web'))

it('goes to the top of what is there', () => {
  const pod = workload('Pod', 'a', by('ReplicaSet', 'web-7d'))
  expect(topOf([pod, webSet, web])).toBe('Deployment default/web')
  expect(topOf([pod, webSet])).toBe('ReplicaSet default/web-7d')
  expect(topOf([pod, web])).toBe('Pod default/a')
  expect(topOf([web, pod])).toBe('Deployment default/web')
})
it('finds the Deployment of a ReplicaSet that is not there by the hash in its name', () => {
  const pod = workload('Pod', 'a', { ...by('ReplicaSet', 'web-7d'), hash: '7d' })
  expect(topOf([pod, web])).toBe('Deployment default/web')
  expect(topOf([pod, web, webSet])).toBe('Deployment default/web')
  const other = workload('Pod', 'a', { ...by('ReplicaSet', 'web-7d'), hash: '8e' })
  expect(topOf([other, web])).toBe('Pod default/a')
})
it('asks the controller only, and in the same namespace only', () => {
  expect(topOf([workload('Pod', 'a', by('Deployment', 'web', false)), web])).toBe('Pod default/a')
  const elsewhere = { ...by('Deployment', 'web'), namespace: 'shop' }
  expect(topOf([workload('Pod', 'a', elsewhere), web])).toBe('Pod shop/a')
})
it('comes to an end where owners go in circles', () => {
  const one = workload('ReplicaSet', 'one', by('ReplicaSet', 'other'))
  const other = workload('ReplicaSet', 'other', by('ReplicaSet', 'one'))
  expect(topOf([one, other])).toMatch(/^ReplicaSet default\//)
  expect(topOf([workload('Pod', 'a', by('Pod', 'a'))])).toBe('Pod default/a')
})
