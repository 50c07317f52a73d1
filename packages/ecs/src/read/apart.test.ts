/**
 * Tests several templates in one input: references between them, and names that they have in
 * common.
 */
import type { SourceDocument } from '@stowage/documents'
import { pathOf } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { container, service, taskDefinition, template } from '../template/template.fixture.js'
import type { TemplateParameters } from '../template/parameter.js'
import { readEcs, type EcsInput } from './input.js'
import { held, instance } from '../plan/plan.fixture.js'
import { planOnInstances } from '../plan/plan.js'

const read = (
  documents: readonly SourceDocument[],
  values: TemplateParameters['values'] = new Map(),
): EcsInput => {
  const found = readEcs(documents, { from: '--parameter', values })
  if (E.isRight(found)) return found.right
  throw new Error(found.left.map(({ from, at }) => `${from}, ${pathOf(at)}`).join('\n'))
}

/** What is wrong, a line each; none when nothing is. */
const wrong = (...documents: readonly SourceDocument[]): readonly string[] => {
  const found = readEcs(documents)
  return E.isLeft(found)
    ? found.left.map((one) => `${one.from}, ${pathOf(one.at)}: ${one.found}, not ${one.expected}`)
    : []
}

const sized = (Memory: number, more: object = {}) =>
  taskDefinition({ ContainerDefinitions: [container({ Memory })], ...more })

/** A template of the service `web` and its task definition, which takes so much memory. */
const shop = (from: string, memory: number, more: object = {}): SourceDocument => ({
  from,
  value: template({ Task: sized(memory), ...more }),
})

const machine: SourceDocument = { from: 'i.json', value: instance('i-1') }

/** The name of each workload, and the memory that its task takes. */
const memories = ({ workloads }: EcsInput) =>
  workloads.map(({ name, definition }) => [name, definition.containerDefinitions[0]?.memory])

describe('a reference to a task definition of its template', () => {
  it('means that one, whatever other templates call theirs', () => {
    expect(memories(read([shop('b.yaml', 100), shop('a.yaml', 200)]))).toEqual([
      ['a/web', 200],
      ['b/web', 100],
    ])
  })

  it('means that one beside another of its family in the same template', () => {
    const more = {
      Old: sized(300),
      Api: service({ ServiceName: 'api', TaskDefinition: { Ref: 'Old' } }),
    }
    expect(memories(read([shop('a.yaml', 200, more)]))).toEqual([
      ['api', 300],
      ['web', 200],
    ])
  })

  it('means that one by its attribute too', () => {
    const Web = service({ TaskDefinition: { 'Fn::GetAtt': ['Task', 'TaskDefinitionArn'] } })
    expect(memories(read([shop('a.yaml', 200, { Web }), shop('b.yaml', 100, { Web })]))).toEqual([
      ['a/web', 200],
      ['b/web', 100],
    ])
  })

  it('means that one where its family has another outside of templates', () => {
    const other = { family: 'web', containerDefinitions: [{ name: 'main', cpu: 1, memory: 6 }] }
    expect(memories(read([shop('a.yaml', 200), { from: 'web.json', value: other }]))).toEqual([
      ['web', 200],
      ['web:1', 6],
    ])
  })

  it('is not held against the service when the task definition is wrong', () => {
    expect(wrong(shop('a.yaml', -1), shop('b.yaml', 100))).toEqual([
      'a.yaml, Resources.Task.Properties.ContainerDefinitions[0].Memory: -1, not a whole number of MiB',
    ])
  })

  it('is a name where it is written as one, which may be ambiguous', () => {
    const Web = service({ TaskDefinition: 'web' })
    expect(wrong(shop('a.yaml', 100, { Web }), shop('b.yaml', 200))).toEqual([
      'a.yaml, Resources.Web.Properties.TaskDefinition: "web", not a revision too, one of web:1, web:2: which is the newest cannot be told',
    ])
  })
})

describe('services of one name', () => {
  const text = (means: string) =>
    `another template has a service of its name, which Amazon ECS refuses within a cluster: told apart by the ${means}`
  const renameWarnings = (means: string, ...names: readonly string[]) =>
    names.map((name) => [`service ${name}`, text(means)])
  const warned = ({ warnings }: EcsInput) =>
    warnings
      .filter(({ subject }) => subject.startsWith('service'))
      .map(({ subject, text }) => [subject, text])

  it('of several templates have the names of their stacks before their own, and that is said', () => {
    const found = read([shop('x/a.yaml', 100), shop('y/b.yaml', 200)])
    expect(warned(found)).toEqual(renameWarnings('stack', 'a/web', 'b/web'))
  })

  it('have those of their files where their stacks have one name too', () => {
    const found = read([shop('x/a.yaml', 100), shop('y/a.yaml', 200)])
    expect(memories(found).map(([name]) => name)).toEqual(['x/a.yaml/web', 'y/a.yaml/web'])
    expect(warned(found)).toEqual(renameWarnings('file', 'x/a.yaml/web', 'y/a.yaml/web'))
    const given = read(
      [shop('a.yaml', 100), shop('b.yaml', 200)],
      new Map([['AWS::StackName', 'shop']]),
    )
    expect(memories(given).map(([name]) => name)).toEqual(['a.yaml/web', 'b.yaml/web'])
  })

  it('which the stacks made up are told apart as well', () => {
    const Web = service({ ServiceName: { Ref: 'AWS::NoValue' } })
    const found = read([shop('x/a.yaml', 100, { Web }), shop('y/a.yaml', 200, { Web })])
    expect(memories(found)).toEqual([
      ['x/a.yaml/a-Web', 100],
      ['y/a.yaml/a-Web', 200],
    ])
  })

  it('leave the others alone', () => {
    const Api = service({ ServiceName: 'api' })
    const found = read([shop('a.yaml', 100, { Api }), shop('b.yaml', 200)])
    expect(found.workloads.map(({ name }) => name)).toEqual(['a/web', 'api', 'b/web'])
  })

  it('are refused within a template, and beside a service that is there', () => {
    expect(wrong(shop('a.yaml', 100, { Two: service() }))).toEqual([
      'a.yaml, Resources.Two.Properties.ServiceName: "web", not a name of its own: web is also in a.yaml',
    ])
    expect(wrong(shop('a.yaml', 100, { Two: service() }), shop('b.yaml', 200))).toEqual([
      'a.yaml, Resources.Two.Properties.ServiceName: "web", not a name of its own: a/web is also in a.yaml',
    ])
    const there = { serviceName: 'web', taskDefinition: 'web', desiredCount: 1 }
    expect(wrong(shop('a.yaml', 100), { from: 'there.json', value: there })).toEqual([
      'there.json, serviceName: "web", not a name of its own: web is also in a.yaml',
    ])
  })

  describe('are found by the group that they would have alone', () => {
    const near = (more: object = {}) =>
      service({
        ...{ ServiceName: 'worker', DesiredCount: 1 },
        PlacementConstraints: [{ Type: 'memberOf', Expression: 'task:group == service:web' }],
        ...more,
      })
    const at = (name: string, zone: string): SourceDocument => ({
      from: `${name}.json`,
      value: instance(name, zone),
    })
    const inZone = (zone: string) =>
      service({
        DesiredCount: 1,
        PlacementConstraints: [
          { Type: 'memberOf', Expression: `attribute:ecs.availability-zone == ${zone}` },
        ],
      })
    const [a, b] = [
      shop('a.yaml', 100, { Web: inZone('a'), Near: near() }),
      shop('b.yaml', 200, { Web: inZone('b') }),
    ]
    const made = (...documents: readonly SourceDocument[]) =>
      planOnInstances(read([...documents, at('i-1', 'b'), at('i-2', 'a'), at('i-3', 'c')]), {
        ...{ instances: [], seed: 0 },
      })

    it('from their own template, which means no other', () => {
      expect(held(made(a, b))).toEqual(['i-1: b/web', 'i-2: a/web worker', 'i-3: '])
    })
    it('from elsewhere, where either is meant', () => {
      const task = { family: 'w', containerDefinitions: [{ name: 'main', memory: 6 }] }
      const placementConstraints = [
        { type: 'memberOf', expression: "task:group =~ 'service:w.b'" },
        { type: 'distinctInstance' },
      ]
      // A plan goes by names, and this one comes last.
      const call = { taskDefinition: 'w', count: 2, group: 'z', placementConstraints }
      const placed = made(shop('a.yaml', 100, { Web: inZone('a') }), b, {
        ...{ from: 'call.json', value: [task, call] },
      })
      expect(held(placed)).toEqual(['i-1: b/web z', 'i-2: a/web z', 'i-3: '])
    })
    it('and by the name that they have here', () => {
      const Expression = "task:group == 'service:b/web'"
      const other = near({ PlacementConstraints: [{ Type: 'memberOf', Expression }] })
      const both = made(shop('a.yaml', 100, { Web: inZone('a'), Near: other }), b)
      expect(held(both)[0]).toBe('i-1: b/web worker')
    })
  })

  it('are of different groups, so that distinctInstance does not keep them from each other', () => {
    const Web = service({ DesiredCount: 1, PlacementConstraints: [{ Type: 'distinctInstance' }] })
    const found = read([shop('a.yaml', 100, { Web }), shop('b.yaml', 200, { Web }), machine])
    expect(held(planOnInstances(found, { instances: [], seed: 0 }))).toEqual(['i-1: a/web b/web'])
  })
})

describe('templates that share families and names', () => {
  const one = fc.record({ name: fc.constantFrom('web', 'api'), family: fc.constantFrom('f', 'g') })
  /** Each in a file of its own, with a memory that no other has. */
  const several = fc.array(one, { minLength: 1, maxLength: 6 })
  const documents = (
    templates: readonly { readonly name: string; readonly family: string }[],
    reference: (family: string) => unknown,
  ): readonly SourceDocument[] =>
    templates.map(({ name: ServiceName, family: Family }, i) => ({
      from: `${i}.yaml`,
      value: template({
        Task: sized(100 + i, { Family }),
        Web: service({ ServiceName, TaskDefinition: reference(Family) }),
      }),
    }))
  const eachHasItsOwn = (reference: (family: string) => unknown) =>
    fc.property(several, (templates) => {
      const given = documents(templates, reference)
      const found = read(given)
      const own = found.workloads
        .filter(({ service }) => service !== undefined)
        .map(({ from, definition }) => [from, definition.containerDefinitions[0]?.memory])
      expect(new Map(own as [string, number][])).toEqual(
        new Map(templates.map((_, i) => [`${i}.yaml`, 100 + i])),
      )
      expect(new Set(found.workloads.map(({ name }) => name)).size).toBe(templates.length)
      const { workloads, warnings } = read([...given].reverse())
      expect({ workloads, warnings }).toEqual({
        workloads: found.workloads,
        warnings: found.warnings,
      })
    })

  it('have each its own task definition, in whichever order they come', () =>
    fc.assert(eachHasItsOwn(() => ({ Ref: 'Task' }))))

  it('is refuted by references that name a revision', () => {
    expect(isRefuted(eachHasItsOwn((family) => `${family}:1`))).toBe(true)
  })

  it('that are equal are numbered by their files', () => {
    const given = [shop('b.yaml', 100), shop('a.yaml', 100)]
    const { warnings, families } = read(given)
    expect(families.get('web')?.map(({ part }) => part.from)).toEqual(['a.yaml', 'b.yaml'])
    expect(read([...given].reverse()).warnings).toEqual(warnings)
  })
})
