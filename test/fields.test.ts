/**
 * Tests `docs/fields.md`, the page of fields that are read: (1) the page lists exactly the fields
 * that our readers look up; (2) in a workload or a node, setting a field that is not read changes
 * no plan.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { planOnNodes, readKubernetes } from '@stowage/kubernetes'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { schemaFields } from '../packages/kubernetes/src/schema/fields.js'
import { ecsKinds } from './fields/ecs.js'
import { kubernetesKinds } from './fields/kubernetes.js'
import { fieldRows, fieldsPage } from './fields/page.js'
import { fieldsRead } from './fields/specimen.js'

describe('the page of fields', () => {
  const path = 'docs/fields.md'
  it('is what readers look up; STOWAGE_WRITE_DOCS=1 writes it', () => {
    const page = fieldsPage({ Kubernetes: kubernetesKinds, 'Amazon ECS': ecsKinds })
    if (process.env['STOWAGE_WRITE_DOCS'] !== undefined) writeFileSync(path, page)
    expect(readFileSync(path, 'utf8')).toBe(page)
  })
})

describe('fields that a reader looks up', () => {
  const types: Readonly<Record<string, Readonly<Record<string, string | undefined>>>> = {
    Box: { name: undefined, size: 'Size', parts: 'Part', by: 'Part', note: undefined },
    Size: { width: undefined, depth: undefined },
    Part: { id: undefined, kind: undefined, weight: undefined },
  }
  const fieldsOf = (type: string) => new Map(Object.entries(types[type] ?? {}))
  interface Box {
    readonly name?: unknown
    readonly size?: { readonly width?: unknown }
    readonly parts?: readonly { readonly id?: unknown; readonly weight?: unknown }[]
    readonly by?: Readonly<Record<string, { readonly kind?: unknown }>>
  }
  const read = (value: unknown): readonly unknown[] => {
    const { name, size, parts, by } = value as Box
    return [
      name === '1' && size?.width,
      Array.isArray(parts) && (parts as NonNullable<Box['parts']>).map(({ id }) => id),
      by?.['a']?.kind,
    ]
  }
  it('are found in objects, lists and maps, behind conditions too', () => {
    expect([...fieldsRead('Box', fieldsOf, read)].sort()).toEqual(
      ['by', 'by.kind', 'name', 'parts', 'parts.id', 'size', 'size.width'].sort(),
    )
  })
  it('are not those of a copy', () => {
    expect([...fieldsRead('Box', fieldsOf, (value) => ({ ...(value as object) }))]).toEqual([])
  })
  it('are found behind a value that is fixed', () => {
    const strict = (value: unknown) => {
      const { name, size } = value as Box
      return name === 'crate' && size?.width
    }
    expect([...fieldsRead('Box', fieldsOf, strict)]).not.toContain('size.width')
    expect([...fieldsRead('Box', fieldsOf, strict, { name: 'crate' })]).toContain('size.width')
  })
})

type Fields = Readonly<Record<string, unknown>>

/** A value with a field set at a path; a list is entered at its first item. */
const withField = (value: unknown, [step, ...rest]: readonly string[], field: unknown): unknown => {
  if (step === undefined) return field
  if (Array.isArray(value)) {
    const [first, ...others] = value as readonly unknown[]
    return [withField(first, [step, ...rest], field), ...others]
  }
  const fields = (value ?? {}) as Fields
  return { ...fields, [step]: withField(fields[step], rest, field) }
}

/** A value that fits the type of a field: `int`, `[Container]`, `{quantity}`. */
const valueOf = (type: string): unknown => {
  const inner = type.replace(/[[\]{}]/g, '')
  const single: Fields = { int: 1, long: 1, number: 1, bool: true, quantity: '1', intstr: 1 }
  const value = Object.hasOwn(single, inner)
    ? single[inner]
    : schemaFields(inner).size > 0
      ? {}
      : 'a'
  return type.startsWith('[') ? [value] : type.startsWith('{') ? { a: value } : value
}

describe('a field that is not read', () => {
  const amounts = { cpu: '4', memory: '8Gi', pods: '10' }
  const node = (name: string): Fields => ({
    ...{ apiVersion: 'v1', kind: 'Node' },
    metadata: { name, labels: { 'kubernetes.io/hostname': name } },
    spec: { taints: [] },
    status: { allocatable: amounts, capacity: amounts },
  })
  const template = {
    metadata: { labels: { app: 'web' } },
    spec: {
      containers: [
        {
          ...{ name: 'main', image: 'web', ports: [{ containerPort: 80 }] },
          resources: { requests: { cpu: '1' } },
        },
      ],
    },
  }
  const selector = { matchLabels: { app: 'web' } }
  const workload = (kind: string): Fields => ({
    ...{ apiVersion: kind === 'Job' ? 'batch/v1' : 'apps/v1', kind },
    metadata: { name: 'web' },
    spec: {
      ...(kind === 'Job' ? { parallelism: 3, completions: 3 } : { selector }),
      ...(kind === 'DaemonSet' || kind === 'Job' ? {} : { replicas: 3 }),
      template:
        kind === 'Job'
          ? { ...template, spec: { ...template.spec, restartPolicy: 'Never' } }
          : template,
    },
  })
  const kinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet', 'Job']
  const world = (kind: string): readonly unknown[] =>
    kind === 'Node'
      ? [node('a'), node('b'), workload('Deployment')]
      : [workload(kind), node('a'), node('b')]

  /** Where the pods of a world go; `undefined` for one that is refused. */
  const placed = (objects: readonly unknown[]): unknown => {
    const input = readKubernetes(objects.map((value) => ({ from: 'world', value })))
    if (E.isLeft(input)) return undefined
    const { nodes, unplaced } = planOnNodes(input.right).plan
    return { nodes: nodes.map(({ name, holds }) => ({ name, holds })), unplaced }
  }

  /** The paths of the fields that no reader looks up in what the first object of a world has. */
  const unreadIn = (kind: string): readonly string[] => {
    const [object] = world(kind)
    const only = kubernetesKinds.kinds.filter(({ name }) => name === kind)
    return fieldRows({ ...kubernetesKinds, kinds: only }).flatMap(({ at, unread }) => {
      const path = at.split('.').slice(1)
      const isThere = path.reduce<unknown>(
        (value, step) => ((Array.isArray(value) ? value[0] : value) as Fields | undefined)?.[step],
        object,
      )
      return isThere === undefined ? [] : unread.map((field) => [...path, field].join('.'))
    })
  }
  const typeOf = (kind: string, path: string): string => {
    const { type } = kubernetesKinds.kinds.find(({ name }) => name === kind)!
    const steps = path.split('.')
    const last = steps.pop()!
    const around = steps.reduce((within, step) => schemaFields(within).get(step)!.type!, type)
    return schemaFields(around).get(last)!.text
  }
  const placedWith = (kind: string, path: string, value: unknown): unknown => {
    const [object, ...others] = world(kind)
    return placed([withField(object, path.split('.'), value), ...others])
  }

  it.each([...kinds, 'Node'])('changes no plan in a %s', (kind) => {
    const before = placed(world(kind))
    expect(before).toBeDefined()
    const accepted = unreadIn(kind)
      .map((path) => ({ path, after: placedWith(kind, path, valueOf(typeOf(kind, path))) }))
      .filter(({ after }) => after !== undefined)
    expect(accepted.length).toBeGreaterThan(15)
    expect(accepted).toEqual(accepted.map(({ path }) => ({ path, after: before })))
  })
  it.each([
    ['Deployment', 'spec.template.spec.nodeSelector', { disk: 'ssd' }],
    ['StatefulSet', 'spec.template.spec.containers.resources', { requests: { cpu: '3' } }],
    ['Job', 'spec.parallelism', 2],
    ['Node', 'spec.unschedulable', true],
  ])('is unlike one that is: in a %s, %s', (kind, path, value) => {
    expect(placedWith(kind, path, value)).not.toEqual(placed(world(kind)))
  })
})
