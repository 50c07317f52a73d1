/**
 * Tests the search for devices against a slow twin, which lists every combination of devices in
 * order and takes the first that satisfies all requests and constraints.
 */
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Device, DeviceAttribute, ResourceSlice } from '../words/resource-slice.js'
import { sumHeld } from './held.js'
import { gatherPools, indexSlices, type AllocatingNode } from './pool.js'
import { prepareClaim, type ClaimToAllocate } from './request.js'
import { searchDevices, type SearchInput, type SearchOutcome } from './search.js'
import { rememberedSelection } from './selection.js'

/** A device with a model and a rack; a request for `count` devices of a model, or of any. */
interface Plain {
  readonly devices: readonly { readonly model: string; readonly rack: string }[]
  readonly claims: readonly (readonly {
    readonly model: string | undefined
    readonly count: number
  }[])[]
  readonly isTogether: boolean
}

const model = fc.constantFrom('a', 'b')
const plain: fc.Arbitrary<Plain> = fc.record({
  devices: fc.array(fc.record({ model, rack: fc.constantFrom('r', 's') }), { maxLength: 6 }),
  claims: fc.array(
    fc.array(
      fc.record({
        model: fc.option(model, { nil: undefined }),
        count: fc.integer({ min: 1, max: 2 }),
      }),
      { minLength: 1, maxLength: 2 },
    ),
    { minLength: 1, maxLength: 2 },
  ),
  isTogether: fc.boolean(),
})

const text = (string: string): DeviceAttribute => ({
  ...{ string, int: undefined, bool: undefined, version: undefined },
})
const everywhere = { nodeName: undefined, nodeSelector: undefined, allNodes: true }
const deviceOf = ({ model: kind, rack }: Plain['devices'][number], i: number): Device => ({
  ...everywhere,
  name: `d${i}`,
  attributes: new Map([
    ['model', text(kind)],
    ['rack', text(rack)],
  ]),
  capacity: new Map(),
  ...{ consumesCounters: [], taints: [], bindingConditions: [] },
  ...{ bindsToNode: undefined, allowMultipleAllocations: undefined },
})
const metadata = {
  ...{ name: 'x', namespace: undefined, uid: undefined, labels: new Map<string, string>() },
  ...{
    deletionTimestamp: undefined,
    ownerReferences: [],
    creationTimestamp: undefined,
    annotations: new Map<string, string>(),
  },
}
/** Two slices, so that the order of slices counts as well. */
const slicesOf = ({ devices }: Plain): readonly ResourceSlice[] =>
  [0, 1].map((half) => ({
    metadata: { ...metadata, name: `slice-${half}` },
    spec: {
      ...everywhere,
      driver: 'd',
      pool: { name: 'p', generation: 1, resourceSliceCount: 2 },
      devices: devices.map(deviceOf).filter((_, i) => i < 3 === (half === 0)),
      perDeviceNodeSelection: undefined,
      sharedCounters: [],
    },
  }))
const claimsOf = ({ claims, isTogether }: Plain): readonly ClaimToAllocate[] =>
  claims.map((requests, i) => ({
    name: `ns/c${i}`,
    spec: {
      devices: {
        requests: requests.map(({ model: kind, count }, k) => ({
          name: `r${k}`,
          firstAvailable: [],
          exactly: {
            ...{ deviceClassName: 'x', allocationMode: 'ExactCount', count, tolerations: [] },
            ...{ capacity: undefined, adminAccess: undefined },
            selectors:
              kind === undefined
                ? []
                : [{ cel: { expression: `device.attributes["d"].model == "${kind}"` } }],
          },
        })),
        constraints: isTogether
          ? [{ requests: [], matchAttribute: 'd/rack', distinctAttribute: undefined }]
          : [],
      },
    },
  }))

const node: AllocatingNode = { name: 'n', matches: () => false }
const inputOf = (world: Plain): SearchInput => {
  const pools = gatherPools(indexSlices(slicesOf(world)), node)
  const spec = { selectors: [], extendedResourceName: undefined }
  const classes = new Map([['x', { metadata, spec }]])
  const claims = claimsOf(world).map((claim) => {
    const requests = prepareClaim(claim, { node, pools, classes, selection: rememberedSelection() })
    if ('_tag' in requests) throw new Error(requests.text)
    return { claim, requests }
  })
  return { claims, pools, held: sumHeld([]), countersLeft: () => new Map() }
}
const namesIn = (outcome: SearchOutcome): unknown =>
  outcome === undefined || '_tag' in outcome
    ? outcome
    : outcome.map((found) => found.map(({ device }) => device.name))

/** All ways to choose `count` of the items, keeping their order, the first items first. */
const combinations = <Item>(items: readonly Item[], count: number): readonly (readonly Item[])[] =>
  count === 0
    ? [[]]
    : items.flatMap((item, i) =>
        combinations(items.slice(i + 1), count - 1).map((rest) => [item, ...rest]),
      )

/** The first full solution, by listing all. */
const byTheBook = ({ devices, claims, isTogether }: Plain): unknown => {
  const requests = claims.flatMap((own, claim) => own.map((request) => ({ ...request, claim })))
  const solve = (at: number, taken: readonly (readonly number[])[]): unknown => {
    const request = requests[at]
    const used = taken.flat()
    if (request === undefined)
      return claims.map((_, claim) =>
        taken.flatMap((own, i) => (requests[i]!.claim === claim ? own.map((d) => `d${d}`) : [])),
      )
    const free = devices
      .map((_, i) => i)
      .filter(
        (i) => !used.includes(i) && (request.model ?? devices[i]!.model) === devices[i]!.model,
      )
    for (const own of combinations(free, request.count)) {
      const ofClaim = [...taken, own].flatMap((one, i) =>
        requests[i]!.claim === request.claim ? one : [],
      )
      if (isTogether && new Set(ofClaim.map((i) => devices[i]!.rack)).size > 1) continue
      const solution = solve(at + 1, [...taken, own])
      if (solution !== undefined) return solution
    }
    return undefined
  }
  return solve(0, [])
}

const agrees = (search: (input: SearchInput) => SearchOutcome) =>
  fc.property(plain, (world) => {
    expect(namesIn(search(inputOf(world)))).toEqual(byTheBook(world))
  })

it('finds the first solution of all', () => {
  fc.assert(agrees(searchDevices), { numRuns: 300 })
})

it('is refuted when a claim does not look back at the claims before it', () => {
  const hasty = (input: SearchInput): SearchOutcome => {
    const first = searchDevices({ ...input, claims: input.claims.slice(0, 1) })
    return first === undefined || '_tag' in first || input.claims.length === 1
      ? first
      : [...first, ...input.claims.slice(1).map(() => first[0]!)]
  }
  expect(isRefuted(agrees(hasty), { runsMax: 500 })).toBe(true)
})
