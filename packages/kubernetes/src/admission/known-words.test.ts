/** Slips in words of closed sets are found where they stand; what upstream accepts is not. */
import { pathOf } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { expect, it } from 'vitest'
import { readKubernetes } from '../workload/input.js'

const wrongIn = (spec: object): readonly string[] => {
  const value = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    spec: { containers: [{ name: 'c' }], ...spec },
  }
  const read = readKubernetes([{ from: 'p.yaml', value }])
  return E.isLeft(read) ? read.left.map(({ at, found }) => `${pathOf(at)}: ${found}`) : []
}
const term = (operator: string) => ({ matchExpressions: [{ key: 'k', operator, values: ['1'] }] })
const required = (operator: string) => ({
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term(operator)] },
      preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 1, preference: term(operator) }],
    },
  },
})
const ported = (protocol: string) => ({
  containers: [{ name: 'c', ports: [{ containerPort: 80, protocol }] }],
})

it.each([
  [{ tolerations: [{ operator: 'Exist' }] }, ['spec.tolerations[0].operator: "Exist"']],
  [{ tolerations: [{ effect: 'noschedule' }] }, ['spec.tolerations[0].effect: "noschedule"']],
  [ported('tcp'), ['spec.containers[0].ports[0].protocol: "tcp"']],
  [
    required('in'),
    [
      'spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].operator: "in"',
      'spec.affinity.nodeAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].preference.matchExpressions[0].operator: "in"',
    ],
  ],
])('finds the slip in %j', (spec, wrong) => {
  expect(wrongIn(spec)).toEqual(wrong)
})

it.each([
  [
    {
      tolerations: [
        { operator: '', effect: '' },
        { operator: 'Exists', effect: 'NoExecute' },
      ],
    },
  ],
  [ported('SCTP')],
  [required('Gt')],
])('takes %j', (spec) => {
  expect(wrongIn(spec)).toEqual([])
})
