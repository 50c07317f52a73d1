/**
 * Tests that a kustomization is never built, and that a plan of the files beside it has a warning.
 */
import * as E from 'fp-ts/lib/Either.js'
import { expect, it } from 'vitest'
import { isKubernetes } from '../words/object.js'
import { readKubernetes } from './input.js'

const pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web' },
  spec: { containers: [{ name: 'main', image: 'app:1' }] },
}
const patch = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: {} }
const typed = {
  apiVersion: 'kustomize.config.k8s.io/v1beta1',
  kind: 'Kustomization',
  namespace: 'shop',
  images: [],
  replicas: [{ name: 'web', count: 7 }],
}
const untyped = { resources: ['web.yaml'], patches: [{ path: 'more.yaml' }] }
const read = (...values: readonly unknown[]) =>
  readKubernetes(values.map((value, i) => ({ from: `${i}.yaml`, value })))

it.each<readonly [string, object, string]>([
  ['with its kind', typed, 'namespace, replicas'],
  ['that is a component', { ...typed, kind: 'Component' }, 'namespace, replicas'],
  ['without its kind', untyped, 'resources, patches'],
])('a kustomization %s is said not to be built', (_, kustomization, detail) => {
  expect(isKubernetes(kustomization)).toBe(true)
  const input = read(pod, kustomization)
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  const { warnings, ignored, pending } = input.right
  expect(warnings).toMatchObject([{ code: 'KustomizationNotBuilt', subject: '1.yaml', detail }])
  expect(ignored).toEqual([{ from: '1.yaml', kind: 'Kustomization' }])
  expect(pending).toHaveLength(1)
})

it.each<readonly [string, object]>([
  ['of another program', { ...typed, apiVersion: 'kustomize.toolkit.fluxcd.io/v1' }],
  ['with objects as resources', { resources: [{ kind: 'Pod' }] }],
  ['that is empty', {}],
])('a document %s is none', (_, document) => {
  const input = read(pod, document)
  const codes = E.isRight(input) ? input.right.warnings.map(({ code }) => code) : []
  expect(codes).not.toContain('KustomizationNotBuilt')
})

it('is named before the faults of its files, and only then', () => {
  const named = { from: '1.yaml', found: 'a kustomization, which may change these files' }
  expect(read(patch, typed)).toMatchObject({ left: [named, { from: '0.yaml' }] })
  expect(read(patch)).toMatchObject({ left: [{ from: '0.yaml' }] })
})
