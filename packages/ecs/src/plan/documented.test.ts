/**
 * Tests whole plans on instances against the AWS documentation of placement, copied as rows to
 * `test/expected/ecs`.
 */
import { decodeValue } from '@stowage/documents'
import { batch, bind, getOrThrow, define, empty, findNode, place, setPhase } from '@stowage/kernel'
import { isSome } from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'
import { limits } from '../../../../test/expected/ecs/a1-requests.js'
import { candidates } from '../../../../test/expected/ecs/a2-pipeline.js'
import { distinct, places } from '../../../../test/expected/ecs/a3-constraints.js'
import { chained, packing, spreadOverZones } from '../../../../test/expected/ecs/a5-strategies.js'
import {
  containersRefused,
  setAside,
  sizesRefused,
} from '../../../../test/expected/ecs/a6-accounting.js'
import { conflicts, hostPorts, reserved } from '../../../../test/expected/ecs/a7-network.js'
import { reasons } from '../../../../test/expected/ecs/a8-failures.js'
import { instanceStatuses } from '../../../../test/expected/ecs/a9-lifecycle.js'
import { hostPortsOf } from '../lower/port.js'
import { placementOptions } from '../lower/options.js'
import { reasonTable } from '../lower/reason.js'
import { classOf } from '../lower/task.js'
import { groupOf, type Workload } from '../workload/workload.js'
import { TaskDefinition } from '../words/task-definition.js'
import { complaints, held, input, instance, resources, service, task } from './plan.fixture.js'
import { containerInstances } from './fleet.js'
import { planOnInstances } from './plan.js'
import { joinInstances } from '../cluster/populate.js'

const plan = (...values: readonly unknown[]) =>
  planOnInstances(input(...values), { instances: [], seed: 0 })
const definition = (more: object): TaskDefinition => {
  const decoded = decodeValue(TaskDefinition, task('web', more))
  return decoded._tag === 'Right' ? decoded.right : expect.fail(JSON.stringify(decoded.left))
}
const rules = { ...placementOptions, seed: 0 }
const small = (memory = 6) => ({ containerDefinitions: [{ name: 'main', cpu: 1, memory }] })

describe('candidates', () => {
  it('have one of the statuses', () => {
    for (const { status } of candidates) expect(instanceStatuses).toContain(status)
  })
  it.each(candidates)('$status with agentConnected $agentConnected: $candidate', (row) => {
    const { status, agentConnected, candidate } = row
    const made = plan(task('web'), instance('i-1', 'a', { status, agentConnected }))
    expect(held(made)).toEqual([candidate ? 'i-1: web' : 'i-1: '])
  })
})

describe('constraints', () => {
  const constraint = { distinctInstance: {}, memberOf: { expression: 'attribute:a exists' } }
  it.each(places.filter((place) => place.in !== 'request'))('$type in a $in: $allowed', (place) => {
    const placementConstraints = [{ type: place.type, ...constraint[place.type] }]
    const documents =
      place.in === 'service'
        ? [task('web'), service('web', { placementConstraints })]
        : [task('web', { placementConstraints })]
    expect(complaints(...documents)).toHaveLength(place.allowed ? 0 : 1)
  })

  it('are so many at most, with expressions so long', () => {
    const [one, many] = ['placementConstraints', 'expression'].map(
      (field) => limits.find((limit) => limit.field === field)!.most,
    )
    const of = (count: number, length: number) =>
      complaints(
        task('web', {
          placementConstraints: Array(count).fill({
            type: 'memberOf',
            expression: 'attribute:a exists'.padEnd(length),
          }),
        }),
      )
    expect(of(one!, many!)).toEqual([])
    expect(of(one! + 1, many!)).toHaveLength(1)
    expect(of(1, many! + 1)).toHaveLength(1)
  })

  it.each(distinct)('a task of $group, $desiredStatus and $lastStatus, blocks: $blocks', (row) => {
    const web = input(
      task('web', small()),
      service('web', { placementConstraints: [{ type: 'distinctInstance' }] }),
      service('api', { taskDefinition: 'web' }),
      instance('i-1'),
    )
    const [, unplaced] = batch(empty, (draft) => {
      joinInstances(draft, web.instances)
      const node = findNode(draft, 'i-1')
      const groups = web.workloads.map(groupOf)
      const lowered = (workload: Workload) =>
        getOrThrow(define(draft, classOf(draft, workload, { scores: [], groups }, rules)))
      const there = web.workloads.find((workload) => groupOf(workload) === row.group)!
      const wants = web.workloads.find((workload) => groupOf(workload) === 'service:web')!
      if (!isSome(node)) throw new Error('i-1 has not joined')
      const replica = getOrThrow(
        bind(
          draft,
          lowered(there),
          node.value,
          row.lastStatus === 'PENDING' ? 'assumed' : 'running',
        ),
      )
      if (row.desiredStatus === 'STOPPED') getOrThrow(setPhase(draft, replica, 'leaving'))
      return place(draft, [{ class: lowered(wants), count: 1 }]).answers[0]!.unplaced !== undefined
    })
    expect(unplaced).toBe(row.blocks)
  })
})

describe('strategies', () => {
  const strategy = (name: string) => {
    const [type, field] = name.split(/[()]/)
    return { type, field }
  }
  const left = (memory: number) => ({ remainingResources: resources(2048, memory) })

  it('spread over zones', () => {
    const [zone] = chained[0]!.strategies.map(strategy)
    spreadOverZones.forEach(([fuller, emptier], i) => {
      const more = { desiredCount: i + 1, placementStrategy: [zone] }
      const made = plan(
        task('web', small()),
        service('web', more),
        instance('i-1', 'a'),
        instance('i-2', 'b'),
      )
      const counts = made.plan.nodes.map(({ holds }) => holds[0]?.count ?? 0)
      expect(counts.sort((a, b) => b - a)).toEqual([fuller, emptier])
    })
  })

  it.each(packing)(
    'pack $task MiB into $remaining: $chosen',
    ({ remaining, task: memory, chosen }) => {
      const more = { placementStrategy: [{ type: 'binpack', field: 'memory' }] }
      const instances = Object.entries(remaining).map(([id, mib]) => instance(id, 'a', left(mib)))
      const made = plan(task('web', small(memory)), service('web', more), ...instances)
      const [holder] = made.plan.nodes.filter(({ holds }) => holds.length > 0)
      expect(holder?.name).toBe(chosen)
    },
  )

  it.each(chained)('$strategies choose $chosen', ({ strategies, instances, chosen }) => {
    const placementStrategy = strategies.map(strategy)
    const web = input(
      task('web', small()),
      service('web', { placementStrategy }),
      ...Object.entries(instances).map(([id, { zone, memory }]) =>
        instance(id, zone, left(memory)),
      ),
    )
    const [, node] = batch(empty, (draft) => {
      joinInstances(draft, web.instances)
      const lowered = classOf(draft, web.workloads[0]!, { scores: strategies, groups: [] }, rules)
      const task = getOrThrow(define(draft, { ...lowered, occupies: [] }))
      for (const [id, { tasks }] of Object.entries(instances)) {
        const found = findNode(draft, id)
        for (let i = 0; isSome(found) && i < tasks; i++)
          getOrThrow(bind(draft, task, found.value, 'running'))
      }
      const placed = place(draft, [{ class: task, count: 1 }]).answers[0]!.placed[0]!
      return Object.keys(instances).filter((id) => {
        const found = findNode(draft, id)
        return isSome(found) && found.value === placed.node
      })
    })
    expect(node).toEqual([chosen])
  })
})

describe('accounting', () => {
  it.each(setAside)('$containers of $task take $cpu units and $memory MiB', (row) => {
    const { containers, task: size = {}, os, cpu, memory } = row
    const runtimePlatform = { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' }
    const containerDefinitions = containers.map((each, i) => ({ name: `${i}`, ...each }))
    const attributes = [{ name: 'ecs.os-type', value: os ?? 'linux' }]
    const more = { containerDefinitions, ...size, ...(os === 'windows' ? { runtimePlatform } : {}) }
    const made = plan(task('web', more), instance('i-1', 'a', { attributes }))
    expect(made.plan.nodes[0]?.gauges.map(({ used }) => used)).toEqual([cpu, memory])
  })

  it.each(containersRefused)('a container is refused: $why', ({ container }) => {
    expect(
      complaints(task('web', { containerDefinitions: [{ name: 'main', ...container }] })),
    ).toHaveLength(1)
  })
})

it.each(sizesRefused)('the size $task of $containers is refused', ({ containers, task: size }) => {
  const containerDefinitions = containers.map((each, i) => ({ name: `${i}`, ...each }))
  expect(complaints(task('web', { containerDefinitions, ...size }))).toHaveLength(1)
})

describe('host ports', () => {
  it.each(hostPorts)('$networkMode $containerPort on $hostPort takes $takes', (row) => {
    const { networkMode, containerPort, hostPort, takes } = row
    const portMappings = [{ containerPort, ...(hostPort === undefined ? {} : { hostPort }) }]
    const more = {
      ...(networkMode === undefined ? {} : { networkMode }),
      containerDefinitions: [{ name: 'main', memory: 6, portMappings }],
    }
    if (takes === 'refused') expect(complaints(task('web', more))).toHaveLength(1)
    else
      expect(hostPortsOf(definition(more)).TCP).toEqual(
        typeof takes === 'number' ? [String(takes)] : [],
      )
  })

  it.each(conflicts)('$one and $other conflict: $conflict', ({ one, other, conflict }) => {
    const mapped = (family: string, port: string) => {
      const [hostPort, protocol] = port.split('/')
      const portMappings = [{ containerPort: 80, hostPort: Number(hostPort), protocol }]
      return task(family, { containerDefinitions: [{ name: 'main', memory: 6, portMappings }] })
    }
    const made = plan(mapped('a', one), mapped('b', other), instance('i-1'))
    expect(held(made)).toEqual([conflict ? 'i-1: a' : 'i-1: a b'])
  })

  it('are kept by the agent', () => {
    const type = {
      name: 'm5.large',
      vcpus: 2,
      memoryMiB: 8192,
      architecture: 'x86_64',
      gpus: 0,
    } as const
    const [made] = containerInstances(type, 1, [])
    const ports = made?.registeredResources.find(({ name }) => name === 'PORTS')
    expect(ports?.stringSetValue).toEqual(reserved.map(String))
  })
})

it('gives reasons that are documented, and two of its own', () => {
  const documented = reasons.map(({ reason }) => reason)
  const own = Object.values(reasonTable).flatMap(({ text }) =>
    documented.includes(text) ? [] : [text],
  )
  expect(own).toEqual(['NOT ACTIVE', 'DistinctInstance placement constraint unsatisfied.'])
})
