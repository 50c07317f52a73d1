/**
 * Tests plans in namespaces that enforce a Pod Security Standard: pods that violate it have no
 * place, with the message of the API server. Pods that run, and those of other namespaces, are not
 * refused.
 */
import * as E from 'fp-ts/lib/Either.js'
import { expect, it } from 'vitest'
import { readKubernetes } from '../read/input.js'
import { planOnNodes } from './plan.js'

const namespace = (labels: object) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name: 'shop', labels },
})
const enforce = (level: string) => namespace({ 'pod-security.kubernetes.io/enforce': level })
const node = {
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'n' },
  status: { allocatable: { cpu: '9', pods: '20' } },
}
const container = { name: 'main', resources: { requests: { cpu: '1' } } }
const deployment = (more: object = {}, named = 'shop') => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: named },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: { containers: [container], ...more },
    },
  },
})
const pod = (metadata: object, spec: object) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'p', namespace: 'shop', ...metadata },
  spec: { containers: [container], hostNetwork: true, ...spec },
})

const read = (...values: readonly unknown[]) =>
  readKubernetes([node, ...values].map((value, i) => ({ from: `${i}.yaml`, value })))
const refusals = (...values: readonly unknown[]): readonly string[] => {
  const input = read(...values)
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  return planOnNodes(input.right).held.map(
    ({ name, count, why }) => `${name} x${count}: ${why.reasons.join(', ')}`,
  )
}

it('refuses the pods of a workload that violate what their namespace enforces', () => {
  expect(refusals(enforce('restricted'), deployment())).toEqual([
    'shop/web x2: FailedCreate: pods "web-" is forbidden: violates PodSecurity "restricted:latest": ' +
      'allowPrivilegeEscalation != false (container "main" must set securityContext.allowPrivilegeEscalation=false), ' +
      'unrestricted capabilities (container "main" must set securityContext.capabilities.drop=["ALL"]), ' +
      'runAsNonRoot != true (pod or container "main" must set securityContext.runAsNonRoot=true), ' +
      'seccompProfile (pod or container "main" must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost")',
  ])
})

it('places pods that violate nothing, and those of other namespaces', () => {
  expect(refusals(enforce('baseline'), deployment())).toEqual([])
  expect(refusals(enforce('privileged'), deployment({ hostNetwork: true }))).toEqual([])
  expect(refusals(enforce('restricted'), deployment({ hostNetwork: true }, 'other'))).toEqual([])
  const warn = namespace({ 'pod-security.kubernetes.io/warn': 'restricted' })
  expect(refusals(warn, deployment({ hostNetwork: true }))).toEqual([])
})

it('refuses a pod that is yet to be created, and none that runs', () => {
  const refusal =
    'pods "p" is forbidden: violates PodSecurity "baseline:latest": host namespaces (hostNetwork=true)'
  expect(refusals(enforce('baseline'), pod({}, {}))).toEqual([`shop/p x1: ${refusal}`])
  expect(refusals(enforce('baseline'), pod({ uid: '1' }, { nodeName: 'n' }))).toEqual([])
})

it('refuses a namespace with a level that there is not', () => {
  expect(read(enforce('high'))).toMatchObject({
    left: [
      {
        from: '1.yaml',
        at: ['metadata', 'labels', 'pod-security.kubernetes.io/enforce'],
        found: '"high"',
        expected: 'one of privileged, baseline, restricted',
      },
    ],
  })
})
