/**
 * Tests which pods require another platform than Linux on x86, by `spec.os`, by node selector or by
 * node affinity.
 */
import { decodeValue } from '@stowage/documents'
import { getOrThrow } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PodSpec } from '../words/pod.js'
import { foreignPlatform } from './architecture.js'

const decode = (spec: object): PodSpec =>
  getOrThrow(decodeValue(PodSpec, { containers: [{ name: 'main' }], ...spec }))
const affine = (...terms: readonly (readonly object[])[]) => ({
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: terms.map((matchExpressions) => ({ matchExpressions })),
      },
    },
  },
})
const arch = (operator: string, ...values: readonly string[]) => ({
  ...{ key: 'kubernetes.io/arch', operator, values },
})

describe('the platform of a pod', () => {
  it.each([
    [{ nodeSelector: { 'kubernetes.io/arch': 'arm64' } }, 'kubernetes.io/arch=arm64'],
    [{ nodeSelector: { 'beta.kubernetes.io/os': 'windows' } }, 'beta.kubernetes.io/os=windows'],
    [{ os: { name: 'windows' } }, 'spec.os.name=windows'],
    [affine([arch('In', 'arm64')]), 'kubernetes.io/arch=arm64'],
    [affine([arch('NotIn', 'amd64')]), 'kubernetes.io/arch NotIn amd64'],
    [affine([arch('In', 'arm64')], [arch('In', 'ppc64le')]), 'kubernetes.io/arch=arm64'],
  ])('%j is not that of Fargate', (spec, asked) => {
    expect(foreignPlatform(decode(spec))).toBe(asked)
  })
  it.each([
    [{}],
    [{ os: { name: 'linux' } }],
    [{ nodeSelector: { 'kubernetes.io/arch': 'amd64', disk: 'ssd' } }],
    [affine([arch('In', 'arm64', 'amd64')])],
    [affine([arch('In', 'arm64')], [{ key: 'disk', operator: 'Exists' }])],
    [affine([arch('NotIn', 'arm64')])],
  ])('%j is that of Fargate', (spec) => {
    expect(foreignPlatform(decode(spec))).toBeUndefined()
  })
})

/** A node of Fargate meets a term of alternatives by its two labels; other labels are ignored. */
const meets = (terms: readonly (readonly ReturnType<typeof arch>[])[]): boolean =>
  terms.length === 0 ||
  terms.some((term) =>
    term.every(({ operator, values }) => {
      const own = ['amd64'].filter((value) => values.includes(value)).length > 0
      return (
        { In: own, NotIn: !own, Exists: true, DoesNotExist: false, Gt: false }[operator] === true
      )
    }),
  )
const anyRequirement = fc
  .tuple(
    fc.constantFrom('In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt'),
    fc.subarray(['amd64', 'arm64'], { minLength: 1 }),
  )
  .map(([operator, values]) => arch(operator, ...values))
const agrees = (judge: typeof foreignPlatform) =>
  fc.property(
    fc.array(fc.array(anyRequirement, { minLength: 1, maxLength: 2 }), {
      minLength: 1,
      maxLength: 3,
    }),
    (terms) => (judge(decode(affine(...terms))) === undefined) === meets(terms),
  )

it('is judged as by the twin', () => {
  fc.assert(agrees(foreignPlatform))
})
it('is refuted when only the first term is read', () => {
  const careless: typeof foreignPlatform = (spec) => {
    const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
    const first = required?.nodeSelectorTerms.slice(0, 1) ?? []
    return foreignPlatform({
      ...spec,
      affinity: {
        ...spec.affinity!,
        nodeAffinity: {
          ...spec.affinity!.nodeAffinity!,
          requiredDuringSchedulingIgnoredDuringExecution: {
            ...required!,
            nodeSelectorTerms: first,
          },
        },
      },
    })
  }
  expect(isRefuted(agrees(careless))).toBe(true)
})
