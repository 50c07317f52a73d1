/**
 * Tests that our planner provisions documents (NodePools, DaemonSets and pods) as Karpenter would.
 * The same random objects are also converted to a Karpenter scenario and answered by the rules that
 * are tested against Karpenter's recorded answers. Both answers must be equal.
 */
import { decodeValue, type SourceDocument } from '@stowage/documents'
import { byCodeUnit, getOrThrow } from '@stowage/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '../agreement/refuted.js'
import { karpenterAnswer } from './answer.js'
import {
  documentsOf,
  objects,
  scenarioTypes,
  suppliesFor,
  type Objects,
} from './documents.fixture.js'
import { KarpenterScenario } from './line.js'

/** What both answers say: each node with its pods, its types and its price, and all errors. */
interface Answer {
  readonly nodes: readonly object[]
  readonly errors: Readonly<Record<string, string>>
}

const byScenario = ({ pools, daemons, pods }: Objects): Answer => {
  const scenario = getOrThrow(
    decodeValue(KarpenterScenario, {
      ...{ id: 'documents', instanceTypes: scenarioTypes(), nodePools: pools },
      ...{ pods, daemonSets: daemons },
    }),
  )
  const { nodeClaims, errors = {} } = karpenterAnswer(scenario)
  return {
    nodes: nodeClaims.map(({ nodePool, pods: held, instanceTypes, launch, price }) => ({
      ...{ nodePool, launch, price, options: instanceTypes, pods: [...held].sort() },
    })),
    errors,
  }
}

const byDocuments = (documents: readonly SourceDocument[]): Answer => {
  const { nodes, offers, options, refusals, misplaced } = suppliesFor(documents, ['karpenter'])[0]!
  return {
    nodes: nodes.map(({ name: node, offer, holds }, i) => {
      const counted = misplaced.filter((one) => one.node === node).flatMap((one) => one.pods)
      const { owner, type, zone, capacityType, price } = offers[offer]!
      return {
        ...{ nodePool: owner!.name, launch: `${type.name}/${zone}/${capacityType}` },
        ...{
          price: price / 1e6,
          options: options[i],
          pods: [...holds.map(({ name }) => name), ...counted].sort(),
        },
      }
    }),
    errors: Object.fromEntries(
      refusals
        .flatMap(({ text, pods: refused }) => refused.map((name) => [name, text] as const))
        .sort(([one], [other]) => byCodeUnit(one, other)),
    ),
  }
}

describe('documents', () => {
  it('are provisioned as the scenario that is written from them', () => {
    fc.assert(
      fc.property(objects, (all) => {
        expect(byDocuments(documentsOf(all))).toEqual(byScenario(all))
      }),
      { numRuns: 100 },
    )
  })
  it.each<[string, (object: Readonly<Record<string, unknown>>) => unknown]>([
    ['weights', (object) => ({ ...object, spec: { ...(object['spec'] as object), weight: 1 } })],
    ['limits', (object) => ({ ...object, spec: { ...(object['spec'] as object), limits: {} } })],
  ])('are not, where %s of NodePools are left out', (_, change) => {
    const isSame = fc.property(objects, (all) => {
      const changed = byDocuments(
        documentsOf(all).map(({ from, value }) => {
          const object = value as Readonly<Record<string, unknown>>
          return { from, value: object['kind'] === 'NodePool' ? change(object) : object }
        }),
      )
      return JSON.stringify(changed) === JSON.stringify(byScenario(all))
    })
    expect(isRefuted(isSame, { runsMax: 200 })).toBe(true)
  })
})
