/**
 * Tests the warnings for objects that a plan does not apply: webhooks and policies that change
 * pods, and PodGroups.
 */
import * as E from 'fp-ts/lib/Either.js'
import { expect, it } from 'vitest'
import { readKubernetes } from './input.js'

const warnings = (value: unknown) => {
  const input = readKubernetes([{ from: 'a.yaml', value }])
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  return input.right.warnings.map(({ code, subject, detail }) => `${code} ${subject}: ${detail}`)
}
const changes = 'it changes pods when they are made'
const named = (apiVersion: string, kind: string, rest: object, metadata: object = {}) => ({
  ...{ apiVersion, kind, metadata: { name: 'a', ...metadata } },
  ...rest,
})
const rule = (more: object = {}) => ({
  ...{ apiGroups: [''], apiVersions: ['v1'], operations: ['CREATE'], resources: ['pods'] },
  ...more,
})
const webhook = (...rules: readonly object[]) =>
  named('admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration', {
    webhooks: [{ name: 'a.example.com', rules }],
  })
const policy = (...resourceRules: readonly object[]) =>
  named('admissionregistration.k8s.io/v1', 'MutatingAdmissionPolicy', {
    spec: { matchConstraints: { resourceRules } },
  })
const kyverno = (kind: string, rules: readonly object[], apiVersion = 'kyverno.io/v1') =>
  named(apiVersion, kind, { spec: { rules } }, kind === 'Policy' ? { namespace: 'shop' } : {})

const vertical = (updatePolicy: object | undefined) =>
  named('autoscaling.k8s.io/v1', 'VerticalPodAutoscaler', {
    spec: { targetRef: { kind: 'Deployment', name: 'web' }, updatePolicy },
  })

it.each<readonly [string, object, string]>([
  ['a webhook', webhook(rule()), `MutatingWebhookConfiguration a: ${changes}`],
  [
    'a webhook for all',
    webhook(rule({ apiGroups: ['*'], operations: ['*'], resources: ['*/*'] })),
    `MutatingWebhookConfiguration a: ${changes}`,
  ],
  [
    'an autoscaler of requests',
    vertical({ updateMode: 'Initial' }),
    'VerticalPodAutoscaler default/a: it sets the requests of the pods of Deployment web',
  ],
  [
    'an autoscaler of requests without a mode',
    vertical(undefined),
    'VerticalPodAutoscaler default/a: it sets the requests of the pods of Deployment web',
  ],
  ['a policy', policy(rule()), `MutatingAdmissionPolicy a: ${changes}`],
  [
    'a policy of Kyverno',
    kyverno('ClusterPolicy', [{ mutate: {} }]),
    `ClusterPolicy a: ${changes}`,
  ],
  ['one of a namespace', kyverno('Policy', [{ mutate: {} }]), `Policy shop/a: ${changes}`],
  [
    'a group of pods',
    named('scheduling.x-k8s.io/v1alpha1', 'PodGroup', { spec: { minMember: 2 } }),
    'PodGroup default/a: a scheduler may place the pods of a group together or not at all',
  ],
])('warns of %s', (_, value, expected) => {
  expect(warnings(value)).toEqual([`RuleNotApplied ${expected}`])
  expect(warnings({ apiVersion: 'v1', kind: 'List', items: [value] })).toEqual([
    `RuleNotApplied ${expected}`,
  ])
})

it.each<readonly [string, object]>([
  ['a webhook for other kinds', webhook(rule({ apiGroups: ['apps'], resources: ['deployments'] }))],
  ['a webhook for parts of pods', webhook(rule({ resources: ['pods/eviction'] }))],
  ['a webhook for deletions', webhook(rule({ operations: ['DELETE'] }))],
  ['an autoscaler that only recommends', vertical({ updateMode: 'Off' })],
  ['a policy that only checks', kyverno('ClusterPolicy', [{ validate: {} }])],
  ['a policy of another group', kyverno('ClusterPolicy', [{ mutate: {} }], 'example.com/v1')],
])('is silent about %s', (_, value) => {
  expect(warnings(value)).toEqual([])
})
