/** Tests the rules for host ports. */
import { describe, expect, it } from 'vitest'
import {
  container,
  held,
  input,
  instance,
  inSubnets,
  resources,
  service,
  task,
  unplaced,
} from '../plan/plan.fixture.js'
import { planOnInstances } from '../plan/plan.js'

const mapping = (protocol: string, hostPort: number | undefined, containerPort = 80) =>
  container({ portMappings: [{ containerPort, hostPort, protocol }] })
const web = (containerDefinition: object, more: object = {}) =>
  task('web', { containerDefinitions: [containerDefinition], ...more })
const plan = (...values: readonly object[]) =>
  planOnInstances(input(...values), { instances: [], seed: 0 })
const [one, two] = [instance('i-1'), instance('i-2')]

describe('host ports', () => {
  it('keep two tasks that fix the same one apart', () => {
    const made = plan(web(mapping('tcp', 8080)), service('web', { desiredCount: 3 }), one, two)
    expect(held(made)).toEqual(['i-1: web', 'i-2: web'])
    expect(unplaced(made)).toEqual(['1 web: 2 RESOURCE:PORTS'])
  })

  it('are told apart by protocol', () => {
    const udp = task('dns', { containerDefinitions: [mapping('udp', 8080)] })
    const made = plan(
      web(mapping('tcp', 8080)),
      udp,
      service('web'),
      service('dns', { desiredCount: 2 }),
      one,
    )
    expect(held(made)).toEqual(['i-1: dns web'])
    expect(unplaced(made)).toEqual(['1 dns: 1 RESOURCE:PORTS_UDP'])
  })

  it.each([
    ['dynamic', mapping('tcp', 0), {}],
    ['not written', mapping('tcp', undefined), {}],
    ["the task's own", mapping('tcp', 80), { networkMode: 'awsvpc' }],
  ])('keep nobody apart when they are %s', (_, containerDefinition, more) => {
    const network = 'networkMode' in more ? inSubnets('a') : {}
    const made = plan(
      web(containerDefinition, more),
      service('web', { desiredCount: 3, ...network }),
      one,
    )
    expect(held(made)).toEqual(['i-1: web web web'])
  })

  it("are the container's in host mode", () => {
    const host = web(mapping('tcp', undefined), { networkMode: 'host' })
    const made = plan(host, service('web', { desiredCount: 2 }), one)
    expect(unplaced(made)).toEqual(['1 web: 1 RESOURCE:PORTS'])
  })

  it.each(['registeredResources', 'remainingResources'])(
    'that stand in the %s of an instance are taken',
    (field) => {
      const taken = {
        [field]: [...resources(2048, 4096), { name: 'PORTS', stringSetValue: ['22', '8080'] }],
      }
      const made = plan(web(mapping('tcp', 8080)), service('web'), instance('i-1', 'a', taken), two)
      expect(held(made)).toEqual(['i-1: ', 'i-2: web'])
    },
  )
})
