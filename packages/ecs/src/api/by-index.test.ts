/**
 * Tests that the kernel's index and a scan of all instances place tasks on the same instances, for
 * random strategies and constraints, and that the index does not visit every instance.
 */
import { batch, place, type DecidedBy } from '@stowage/kernel'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { clusterOf } from '../cluster/open.js'
import { container, input, instance, resources, service, task } from '../plan/plan.fixture.js'
import { classFor } from '../cluster/task.js'

const anyStrategy = fc.array(
  fc.oneof(
    fc
      .constantFrom('attribute:ecs.availability-zone', 'instanceId', 'attribute:rack')
      .map((field) => ({
        type: 'spread',
        field,
      })),
    fc.constantFrom('cpu', 'memory').map((field) => ({ type: 'binpack', field })),
    fc.constant({ type: 'random' }),
  ),
  { maxLength: 3 },
)
const anyConstraints = fc.subarray([
  { type: 'distinctInstance' },
  { type: 'memberOf', expression: 'attribute:rack in [r0, r1]' },
  { type: 'memberOf', expression: 'attribute:ecs.availability-zone != a' },
])
const anyService = fc.record({
  placementStrategy: anyStrategy,
  placementConstraints: anyConstraints,
  cpu: fc.constantFrom(128, 256, 512),
  memory: fc.constantFrom(256, 512, 1_024),
})
const anyInstances = fc.array(
  fc.record({ zone: fc.nat(2), rack: fc.nat(2), size: fc.integer({ min: 1, max: 4 }) }),
  { minLength: 1, maxLength: 12 },
)
/** Which service asks for the next tasks, and for how many. */
const anyTurns = fc.array(fc.tuple(fc.nat(1), fc.integer({ min: 1, max: 4 })), { maxLength: 8 })

it('go where they go', () => {
  fc.assert(
    fc.property(
      fc.tuple(anyService, anyService),
      anyInstances,
      anyTurns,
      (services, instances, turns) => {
        const read = input(
          ...services.flatMap(({ cpu, memory, ...placement }, i) => [
            task(`t${i}`, { containerDefinitions: [container({ cpu, memory })] }),
            service(`t${i}`, { ...placement, desiredCount: 0 }),
          ]),
          ...instances.map(({ zone, rack, size }, i) =>
            instance(`i-${i}`, '', {
              registeredResources: resources(512 * size, 1_024 * size),
              attributes: [
                { name: 'ecs.availability-zone', value: 'abc'[zone] },
                { name: 'rack', value: `r${rack}` },
              ],
            }),
          ),
        )
        const state = clusterOf(read)
        const gone = (path: DecidedBy) =>
          batch(state.placed, (draft) => {
            const classes = read.workloads.map((workload) => classFor(state, draft, workload))
            return turns.map(([of, count]) =>
              place(draft, [{ class: classes[of]!, count }], { decideBy: path }),
            )
          })[1]
        const [indexed, scanned] = [gone('index'), gone('scan')]
        expect(indexed.map(({ answers }) => answers)).toEqual(scanned.map(({ answers }) => answers))
        expect(indexed.filter(({ decidedBy }) => decidedBy !== 'index')).toEqual([])
      },
    ),
    { numRuns: 200 },
  )
})
