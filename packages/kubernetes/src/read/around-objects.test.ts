/**
 * Tests what the API server and controllers do before pods are created: they generate names,
 * interpret nulls, and create no pods for an object that is being deleted or for a Job whose
 * outcome is decided.
 */
import type { SourceDocument } from '@stowage/documents'
import { pathOf } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { readKubernetes } from './input.js'

const documentsOf = (values: readonly unknown[]): readonly SourceDocument[] =>
  values.map((value, i) => ({ from: `${i}.yaml`, value }))
const read = (...values: readonly unknown[]) => {
  const input = readKubernetes(documentsOf(values))
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  return input.right
}
const wrongIn = (...values: readonly unknown[]): readonly string[] => {
  const input = readKubernetes(documentsOf(values))
  return E.isLeft(input) ? input.left.map(({ at, found }) => `${pathOf(at)}: ${found}`) : []
}
const counts = (...values: readonly unknown[]) =>
  read(...values).pending.map(({ kind, count, refusal }) => [kind, count, refusal])

const labels = { app: 'a' }
const object = (apiVersion: string, kind: string, metadata: object, spec?: object) => ({
  ...{ apiVersion, kind, metadata },
  ...(spec === undefined ? {} : { spec }),
})
const podSpec = { containers: [{ name: 'main' }] }
const template = { metadata: { labels }, spec: podSpec }
const controller = (kind: string, metadata: object, more: object = {}) =>
  object('apps/v1', kind, metadata, { selector: { matchLabels: labels }, template, ...more })
const jobTemplate = { spec: { ...podSpec, restartPolicy: 'Never' } }
const claimSpec = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } }

describe('an object whose name is to be generated', () => {
  it.each([
    ['a StatefulSet', controller('StatefulSet', { generateName: 'db-' }, { serviceName: 'x' })],
    [
      'an Indexed Job',
      object(
        'batch/v1',
        'Job',
        { generateName: 'j-' },
        {
          ...{ completionMode: 'Indexed', completions: 3, parallelism: 3 },
          template: jobTemplate,
        },
      ),
    ],
    [
      'a CronJob',
      object(
        'batch/v1',
        'CronJob',
        { generateName: 'c-' },
        {
          schedule: '* * * * *',
          jobTemplate: { spec: { template: jobTemplate } },
        },
      ),
    ],
  ])('is made, and so are its pods: %s', (_, one) => {
    expect(read(one).pending.every(({ refusal }) => refusal === undefined)).toBe(true)
  })
  it('is refused for a prefix that no name begins with, once', () => {
    const spec = { selector: { matchLabels: labels }, template }
    expect(wrongIn(object('apps/v1', 'Deployment', { generateName: 'Bad_' }, spec))).toEqual([
      'metadata.generateName: "Bad_"',
    ])
  })
})

describe('a null', () => {
  it('is an empty text among labels, and no amount among requests', () => {
    const spec = {
      containers: [{ name: 'main', resources: { requests: { cpu: null, memory: '1Gi' } } }],
      nodeSelector: { gpu: null },
    }
    const [pod] = read(object('v1', 'Pod', { name: 'p', labels: { tier: null } }, spec)).pending
    expect([...pod!.labels]).toContainEqual(['tier', ''])
    expect([...pod!.spec.nodeSelector]).toEqual([['gpu', '']])
  })
})

describe('what is being deleted makes no pods:', () => {
  const leaving = { name: 'a', deletionTimestamp: '2026-01-01T00:00:00Z', finalizers: ['a/b'] }
  it.each(['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'])('a %s', (kind) => {
    const input = read(controller(kind, leaving))
    expect(input.pending.map(({ count }) => count)).toEqual([0])
    expect(input.warnings.map(({ code }) => code)).toContain('WorkloadLeaving')
  })
  it('a Job', () => {
    expect(counts(object('batch/v1', 'Job', leaving, { template: jobTemplate }))).toEqual([
      ['Job', 0, undefined],
    ])
  })
  it('a namespace, in which nothing new is made', () => {
    const namespace = {
      ...object('v1', 'Namespace', { name: 's' }),
      status: { phase: 'Terminating' },
    }
    expect(counts(namespace, controller('Deployment', { name: 'a', namespace: 's' }))).toEqual([
      ['Deployment', 1, expect.stringContaining('because it is being terminated')],
    ])
  })
})

describe('a Job', () => {
  const job = (spec: object, status?: object) => ({
    ...object('batch/v1', 'Job', { name: 'j' }, { template: jobTemplate, ...spec }),
    status,
  })
  it.each([undefined, 'Always'])('is refused with the restart policy %s', (restartPolicy) => {
    expect(wrongIn(job({ template: { spec: { ...podSpec, restartPolicy } } }))).toEqual([
      `spec.template.spec.restartPolicy: ${JSON.stringify(restartPolicy ?? 'Always')}`,
    ])
  })
  it.each(['FailureTarget', 'SuccessCriteriaMet'])('makes no pods with %s', (type) => {
    expect(counts(job({}, { conditions: [{ type, status: 'True' }] }))).toEqual([
      ['Job', 0, undefined],
    ])
    expect(counts(job({}, { conditions: [{ type, status: 'False' }] }))).toEqual([
      ['Job', 1, undefined],
    ])
  })
})

describe('a claim', () => {
  it.each([
    ['accessModes', { accessModes: [] }, 'spec.accessModes: an empty list'],
    ['a request', { resources: {} }, 'spec.resources.requests.storage: nothing'],
  ])('is refused without %s', (_, more, fault) => {
    const claim = object('v1', 'PersistentVolumeClaim', { name: 'c' }, { ...claimSpec, ...more })
    expect(wrongIn(claim)).toEqual([fault])
  })
})

describe('the claims on devices of a pod', () => {
  const claiming = (...resourceClaims: readonly object[]) =>
    wrongIn(object('v1', 'Pod', { name: 'p' }, { ...podSpec, resourceClaims }))
  const first = { name: 'g', resourceClaimName: 'a' }
  it.each([
    ['two sources', [{ ...first, resourceClaimTemplateName: 'b' }], ['spec.resourceClaims[0]']],
    ['no source', [{ name: 'g' }], ['spec.resourceClaims[0]']],
    ['one name twice', [first, first], ['spec.resourceClaims[1].name']],
    [
      'a bad name',
      [{ name: 'g', resourceClaimName: 'A' }],
      ['spec.resourceClaims[0].resourceClaimName'],
    ],
    ['what is right', [first, { name: 'h', resourceClaimTemplateName: 'b' }], []],
  ])('with %s', (_, claims, fields) => {
    expect(claiming(...claims).map((fault) => fault.slice(0, fault.indexOf(':')))).toEqual(fields)
  })
})
