/**
 * Tests which NodePools are errors: another API version, two pools with the same name, or
 * requirements that contradict each other.
 */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { readNodePools } from './read-pools.js'

const pool = (name: string, requirements: readonly object[], labels: object = {}): object => ({
  ...{ apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name } },
  spec: { template: { metadata: { labels }, spec: { requirements } } },
})
const cpu = 'karpenter.k8s.aws/instance-cpu'
const read = (...values: readonly unknown[]) =>
  readNodePools(values.map((value) => ({ from: 'pools.yaml', value })))
const faultsOf = (...values: readonly unknown[]) => {
  const found = read(...values)
  return E.isLeft(found) ? found.left : []
}

describe('NodePools', () => {
  it('are read also of lists', () => {
    const list = { apiVersion: 'v1', kind: 'List', items: [pool('a', []), pool('b', [])] }
    const found = read(list)
    expect(E.isRight(found) && found.right.map(({ metadata }) => metadata.name)).toEqual(['a', 'b'])
  })
  it.each<[string, readonly object[], object]>([
    [
      'bounds that no number is within',
      [
        { key: cpu, operator: 'Gt', values: ['8'] },
        { key: cpu, operator: 'Lt', values: ['9'] },
      ],
      {},
    ],
    [
      'values of which none is in both',
      [
        { key: 'team', operator: 'In', values: ['a', 'b'] },
        { key: 'team', operator: 'NotIn', values: ['a', 'b'] },
      ],
      {},
    ],
    [
      'a value that the label is not',
      [{ key: 'team', operator: 'In', values: ['a'] }],
      { team: 'b' },
    ],
  ])('are refused for %s, which are named', (_, requirements, labels) => {
    const [fault, ...more] = faultsOf(pool('a', requirements, labels))
    const { key } = requirements[0] as { readonly key: string }
    expect(more).toEqual([])
    expect(fault!.at.slice(0, 4)).toEqual(['spec', 'template', 'spec', 'requirements'])
    expect(fault!.found).toContain(` beside ${key}`)
    expect(fault!.expected).toBe(`requirements on ${key} that some value meets together`)
  })
  it.each<[string, readonly object[]]>([
    ['a label that nodes must not have', [{ key: 'team', operator: 'DoesNotExist' }]],
    [
      'bounds with one number between them',
      [
        { key: cpu, operator: 'Gt', values: ['7'] },
        { key: cpu, operator: 'Lt', values: ['9'] },
      ],
    ],
  ])('are read with %s', (_, requirements) => {
    expect(faultsOf(pool('a', requirements))).toEqual([])
  })
  it('are refused when two have one name, or are of another version', () => {
    expect(faultsOf(pool('a', []), pool('a', [])).map(({ at }) => at)).toEqual([
      ['metadata', 'name'],
    ])
    const older = { ...pool('a', []), apiVersion: 'karpenter.sh/v1beta1' }
    expect(faultsOf(older).map(({ expected }) => expected)).toEqual(['karpenter.sh/v1'])
  })
})
