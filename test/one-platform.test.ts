/**
 * Tests that a question about documents of one platform does not run the reader of the other
 * platform, and that an explanation converts the pod to kernel rules only once.
 */
import { getOrThrow } from '@stowage/kernel'
import { explainWorkload, readMachines, readQuestion } from '@stowage/workbench'
import * as E from 'fp-ts/lib/Either.js'
import { expect, it, onTestFinished, vi } from 'vitest'
import { defaultProfile } from '../packages/kubernetes/src/plugin/profile.js'
import { ecs } from '../packages/workbench/src/platform/ecs.js'
import { kubernetes } from '../packages/workbench/src/platform/kubernetes.js'

const deployment = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: main, resources: { requests: { cpu: 100m } } }]
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: DoNotSchedule
          labelSelector: { matchLabels: { app: web } }
`
const service = JSON.stringify([
  { family: 'web', containerDefinitions: [{ name: 'main', cpu: 256, memory: 512 }] },
  { serviceName: 'web', taskDefinition: 'web', desiredCount: 2 },
])

const inputOf = (texts: readonly string[], parameters: readonly string[] = []) => ({
  documents: { from: 'here', texts: texts.map((text, i) => ({ file: `${i}.yaml`, text })) },
  machines: getOrThrow(readMachines({ nodes: ['m5.large=3'] })),
  ...{ zones: ['a'], trunking: false, parameters, seed: 1, fargate: {} },
})

/** How many times each platform is read from now on. */
const readings = () => {
  const spies = [kubernetes, ecs].map((platform) => vi.spyOn(platform, 'read'))
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore()
  })
  return () => spies.map((spy) => spy.mock.calls.length)
}

/** What an explanation of the first Deployment reads and lowers, and whether it has a place. */
const costOfExplaining = (text: string) => {
  const counts = readings()
  // A lowering reads the arguments of the pod's profile once, and nothing else does.
  const { args } = defaultProfile
  const lowering = vi.spyOn(defaultProfile, 'args', 'get').mockReturnValue(args)
  onTestFinished(() => {
    lowering.mockRestore()
  })
  const question = getOrThrow(readQuestion(inputOf([text])))
  const { isPlaced } = getOrThrow(explainWorkload(question, 'web', { fargate: false }))
  return { isPlaced, counts: counts(), lowerings: lowering.mock.calls.length }
}

it('explains one Deployment with one reading and one lowering', () => {
  expect(costOfExplaining(deployment)).toEqual({ isPlaced: true, counts: [1, 0], lowerings: 1 })
})

it('lowers a pod that has no place once more in each plan that looks for a machine', () => {
  // The plans are of the machines that are there, and of one more of their only kind.
  const plans = 2
  expect(costOfExplaining(deployment.replace('100m', "'3'"))).toEqual({
    isPlaced: false,
    counts: [2, 0],
    lowerings: 1 + plans,
  })
})

it.each([
  ['a service', [service], [0, 1]],
  ['a Deployment and a service', [deployment, service], [1, 1]],
  ['a document of no platform', ['a: 1'], [0, 0]],
  ['no document', [], [0, 0]],
])('reads only the platforms of %s', (_, texts, expected) => {
  const counts = readings()
  readQuestion(inputOf(texts))
  expect(counts()).toEqual(expected)
})

it('reads ECS without documents to refuse a parameter', () => {
  const counts = readings()
  const question = readQuestion(inputOf([deployment], ['Size=1']))
  expect(question).toMatchObject(E.left([{ from: '--parameter', found: '"Size"' }]))
  expect(counts()).toEqual([1, 1])
})
