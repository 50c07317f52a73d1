/**
 * Builds two things for the kernel:
 *
 * 1. the keys under which a node holds the attributes, the status and the other fields of its
 *    instance;
 * 2. the filters by which a task tests these values: status, agent, platform, required attributes
 *    and zone.
 */
import {
  getOrThrow,
  internWord,
  nodesWhere,
  type Draft,
  type Expr,
  type Filter,
  type NodeId,
  type WordId,
} from '@stowage/kernel'
import { systemOf, type TaskDefinition } from '../words/task-definition.js'
import type { Attribute } from '../words/container-instance.js'
import { dockerVersionIn, isCapability, requiredAttributes } from './capability.js'
import { filterReason, type Refusal } from './reason.js'
import type { Workload } from '../workload/workload.js'

/**
 * The key of an ECS attribute. The key is `attribute:NAME`, as in the cluster query language, so
 * that it never collides with the status or another field.
 */
export const attributeKey = (draft: Draft, name: string): WordId =>
  internWord(draft, `attribute:${name}`)
/** The instances that say their instance type: they have what the type has, and never more. */
export const typedInstances = (draft: Draft): readonly NodeId[] =>
  getOrThrow(nodesWhere(draft, { _tag: 'Has', key: attributeKey(draft, 'ecs.instance-type') }))
/** The key of the instance's status. */
export const statusKey = (draft: Draft): WordId => internWord(draft, 'status')

/**
 * The fields of an instance that describe it beside its status and its attributes, named as in the
 * cluster query language.
 */
export type InstanceField = 'agentConnected' | 'agentVersion' | 'ec2InstanceId' | 'registeredAt'
/** The key of such a field. */
export const fieldKey = (draft: Draft, field: InstanceField): WordId => internWord(draft, field)

const hasValue = (draft: Draft, key: WordId, value: string): Expr => ({
  _tag: 'In',
  key,
  values: [internWord(draft, value)],
})

/** Holds for an instance whose status is ACTIVE. */
export const isActiveInstance = (draft: Draft): Expr => hasValue(draft, statusKey(draft), 'ACTIVE')

const isConnected = (draft: Draft): Expr =>
  hasValue(draft, fieldKey(draft, 'agentConnected'), 'true')

/**
 * Holds for an instance with the processor and the operating system of the definition, each only if
 * the definition names it.
 */
export const suits = (draft: Draft, definition: TaskDefinition): readonly Expr[] => {
  const { cpuArchitecture, operatingSystemFamily } = definition.runtimePlatform ?? {}
  const architecture = cpuArchitecture === 'ARM64' ? 'arm64' : 'x86_64'
  const attributeIs = (name: string, value: string) =>
    hasValue(draft, attributeKey(draft, name), value)
  return [
    ...(cpuArchitecture === undefined ? [] : [attributeIs('ecs.cpu-architecture', architecture)]),
    ...(operatingSystemFamily === undefined
      ? []
      : [
          isOfFamily(draft, operatingSystemFamily),
          isOfSystem(draft, systemOf(definition), operatingSystemFamily),
        ]),
  ]
}

/** Agents 1.51.1 to 1.52.2 reported their family in place of their system. */
const isOfSystem = (draft: Draft, system: string, family: string): Expr => ({
  _tag: 'In',
  key: attributeKey(draft, 'ecs.os-type'),
  values: [system, family].map((value) => internWord(draft, value)),
})

/** Agents of older versions do not report their family, so an instance without one passes. */
const isOfFamily = (draft: Draft, family: string): Expr => {
  const key = attributeKey(draft, 'ecs.os-family')
  const tells: Expr = { _tag: 'Has', key }
  return { _tag: 'Any', of: [{ _tag: 'Not', of: tells }, hasValue(draft, key, family)] }
}

/** The key that marks an instance which lists capabilities. */
export const capabilitiesKey = (draft: Draft): WordId => internWord(draft, 'capabilities')
/** The key of the newest version of the Docker Remote API that an instance lists. */
export const dockerVersionKey = (draft: Draft): WordId => internWord(draft, 'dockerVersion')

/** The attributes that a definition requires. An instance without capabilities passes those. */
const requiredBy = (draft: Draft, definition: TaskDefinition): readonly Expr[] => {
  const { attributes, isDerived } = requiredAttributes(definition)
  return attributes.map((attribute) => {
    const has = isDerived ? hasAtLeast(draft, attribute) : hasAttribute(draft, attribute)
    const lists: Expr = { _tag: 'Has', key: capabilitiesKey(draft) }
    return isCapability(attribute.name)
      ? { _tag: 'Any', of: [{ _tag: 'Not', of: lists }, has] }
      : has
  })
}

const hasAttribute = (draft: Draft, { name, value }: Attribute): Expr =>
  value === undefined || value === ''
    ? { _tag: 'Has', key: attributeKey(draft, name) }
    : hasValue(draft, attributeKey(draft, name), value)

/** A version of the Docker Remote API, or a newer one; any other attribute itself. */
const hasAtLeast = (draft: Draft, attribute: Attribute): Expr => {
  const than = dockerVersionIn(attribute.name)
  return than === undefined
    ? hasAttribute(draft, attribute)
    : { _tag: 'Compare', key: dockerVersionKey(draft), as: 'version', op: '>=', than }
}

/** For a task in awsvpc mode: the instance is in a zone of the task's subnets. */
const locationFilters = (
  draft: Draft,
  { definition, request }: Workload,
): readonly Filter<'Require'>[] =>
  definition.networkMode !== 'awsvpc' || request?.zones === undefined
    ? []
    : [
        requirementFilter('location', {
          _tag: 'In',
          key: attributeKey(draft, 'ecs.availability-zone'),
          values: request.zones.map((zone) => internWord(draft, zone)),
        }),
      ]

/** The filters that read only the instance, in the order of the stages. */
export const requirements = (draft: Draft, workload: Workload): readonly Filter<'Require'>[] => {
  const { definition } = workload
  const parts = [...suits(draft, definition), ...requiredBy(draft, definition)]
  return [
    requirementFilter('notActive', isActiveInstance(draft)),
    requirementFilter('agent', isConnected(draft)),
    ...(parts.length === 0 ? [] : [requirementFilter('attribute', { _tag: 'All', of: parts })]),
    ...locationFilters(draft, workload),
  ]
}

const requirementFilter = (refusal: Refusal, expr: Expr): Filter<'Require'> => ({
  _tag: 'Require',
  ...filterReason(refusal),
  removable: false,
  expr,
})
