/**
 * Tests planning of published manifests, such as those of Argo CD: nothing throws, what cannot be
 * read is reported, and all other objects are planned.
 */
import type { SourceDocument } from '@stowage/documents'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathOf } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { planPodsOnFargate } from '../fargate/plan.js'
import { nodesOfType } from '../plan/fleet.js'
import { explainOnNodes } from '../plan/explain.js'
import { workloadNames } from '../plan/subject.js'
import { planOnNodes } from '../plan/plan.js'
import { isKubernetes } from '../words/object.js'
import { readKubernetes, type KubernetesInput } from '../read/input.js'

const data = resolve(process.env['STOWAGE_SHARED'] ?? '../shared', 'data')
const type = {
  name: 'm5.xlarge',
  vcpus: 4,
  memoryMiB: 16_384,
  interfaces: 4,
  addressesPerInterface: 15,
  gpus: 0,
  ebsVolumes: 27,
}
const fleet = nodesOfType({ ...type, architecture: 'x86_64' }, 4, ['eu-west-1a', 'eu-west-1b'])

const documentsIn = (folder: string): readonly SourceDocument[] =>
  readdirSync(resolve(data, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) =>
      [
        ...parseAllDocuments(readFileSync(resolve(data, folder, file), 'utf8'), {
          logLevel: 'error',
        }),
      ].map((document, i) => ({
        from: `${file} ${i}`,
        value: document.toJS() as unknown,
      })),
    )
    .filter(({ value }) => isKubernetes(value))

const read = (documents: readonly SourceDocument[]): KubernetesInput => {
  const input = readKubernetes([...documents, ...fleet])
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  return input.right
}
const podsIn = ({ nodes }: ReturnType<typeof planOnNodes>['plan']): number =>
  nodes.flatMap(({ holds }) => holds).reduce((sum, { count }) => sum + count, 0)

describe.skipIf(!existsSync(data))(`published manifests (skipped without ${data})`, () => {
  it.each([
    ['k8s-microservices-demo', 12, 12],
    ['k8s-argo-cd', 7, 7],
    ['k8s-kube-prometheus', 6, 10],
  ])('%s has %i workloads, and %i pods find a place', (folder, workloads, pods) => {
    const input = read(documentsIn(folder))
    const { plan } = planOnNodes(input)
    expect([input.pending.length, podsIn(plan), plan.unplaced]).toEqual([workloads, pods, []])
    for (const name of workloadNames(input)) expect(explainOnNodes(input, name)._tag).toBe('Some')
    const { vended, refused } = planPodsOnFargate(input)
    expect(vended.length + refused.length).toBe(workloads)
  })
  it('k8s-scheduler-perf lacks names and volume handles, which its harness makes, and nothing else', () => {
    const documents = documentsIn('k8s-scheduler-perf-v1.37.2/templates')
    const wrong = documents.flatMap((document) => {
      const alone = readKubernetes([document])
      return E.isLeft(alone) ? alone.left : []
    })
    const said = wrong.map(({ at, found, expected }) => `${pathOf(at)}: ${found}, not ${expected}`)
    expect(new Set(said)).toEqual(
      new Set(['metadata.name: nothing, not a name', 'metadata: nothing, not an object']),
    )
    const input = read(documents.map(named))
    const { plan, held } = planOnNodes(input)
    expect(held.map(({ name, why }) => `${name}: ${why.plugin}`)).toEqual([
      'default/gated-pod-0: SchedulingGates',
      'default/gated-pod-with-pod-affinity-0: SchedulingGates',
    ])
    expect([wrong.length, podsIn(plan), plan.unplaced.map(({ name }) => name)]).toEqual([
      5,
      20,
      [
        'default/daemonset-pod-0',
        'default/pod-affinity-ns-selector-0',
        'default/pod-high-priority-large-cpu-0',
        'default/pod-large-cpu-0',
        'default/pod-with-node-affinity-0',
        'default/pod-with-pod-affinity-0',
      ],
    ])
  })
})

/** The document with a name; a volume of CSI has its name as its handle, as the harness has it. */
const named = ({ from, value }: SourceDocument): SourceDocument => {
  const { metadata, spec, ...rest } = value as {
    readonly metadata: object
    readonly spec?: { readonly csi?: object }
  }
  const name = from.replace('.yaml ', '-').replace('/', '-')
  const withHandle =
    spec?.csi === undefined ? spec : { ...spec, csi: { ...spec.csi, volumeHandle: name } }
  return { from, value: { ...rest, metadata: { ...metadata, name }, spec: withHandle } }
}
