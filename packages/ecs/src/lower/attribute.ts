/**
 * What a task asks of an instance's description. Attributes are kept by the name that the cluster
 * query language gives them, `attribute:NAME`, so that none is taken for the status or the agent,
 * which no attribute can name.
 */
import { internWord, type Draft, type Expr, type WordId, type Filter } from '@stowage/kernel'
import { systemOf, type TaskDefinition } from '../words/task-definition.js'
import { filterReason, type Refusal } from './reason.js'
import type { Workload } from '../workload/workload.js'

export const attributeKey = (draft: Draft, name: string): WordId =>
  internWord(draft, `attribute:${name}`)
export const statusKey = (draft: Draft): WordId => internWord(draft, 'status')

/**
 * What describes an instance beside its status and its attributes, by the names that the cluster
 * query language has for it.
 */
export type InstanceField = 'agentConnected' | 'agentVersion' | 'ec2InstanceId' | 'registeredAt'
export const fieldKey = (draft: Draft, field: InstanceField): WordId => internWord(draft, field)

const hasValue = (draft: Draft, key: WordId, value: string): Expr => ({
  _tag: 'In',
  key,
  values: [internWord(draft, value)],
})

export const isActiveInstance = (draft: Draft): Expr => hasValue(draft, statusKey(draft), 'ACTIVE')

const isConnected = (draft: Draft): Expr =>
  hasValue(draft, fieldKey(draft, 'agentConnected'), 'true')

/**
 * The instance is of the processor and the operating system that the definition names; what it does
 * not name is not asked.
 */
export const suits = (draft: Draft, definition: TaskDefinition): readonly Expr[] => {
  const { cpuArchitecture, operatingSystemFamily } = definition.runtimePlatform ?? {}
  const architecture = cpuArchitecture === 'ARM64' ? 'arm64' : 'x86_64'
  const asked = (name: string, value: string) => hasValue(draft, attributeKey(draft, name), value)
  return [
    ...(cpuArchitecture === undefined ? [] : [asked('ecs.cpu-architecture', architecture)]),
    ...(operatingSystemFamily === undefined
      ? []
      : [isOfFamily(draft, operatingSystemFamily), asked('ecs.os-type', systemOf(definition))]),
  ]
}

/** Instances of older agents do not tell their family. */
const isOfFamily = (draft: Draft, family: string): Expr => {
  const key = attributeKey(draft, 'ecs.os-family')
  const tells: Expr = { _tag: 'Has', key }
  return { _tag: 'Any', of: [{ _tag: 'Not', of: tells }, hasValue(draft, key, family)] }
}

/**
 * What an agent registers of what it can do; instances that were written by hand or made up list
 * none.
 */
export const isCapability = (name: string): boolean =>
  name.startsWith('ecs.capability.') || name.startsWith('com.amazonaws.ecs.capability.')
export const capabilitiesKey = (draft: Draft): WordId => internWord(draft, 'capabilities')

/**
 * The instance has what the definition was found to require when it was registered. Capabilities
 * are asked of those instances only that list any.
 */
const requiredBy = (draft: Draft, { requiresAttributes = [] }: TaskDefinition): readonly Expr[] =>
  requiresAttributes.map(({ name, value }) => {
    const has: Expr =
      value === undefined || value === ''
        ? { _tag: 'Has', key: attributeKey(draft, name) }
        : hasValue(draft, attributeKey(draft, name), value)
    const lists: Expr = { _tag: 'Has', key: capabilitiesKey(draft) }
    return isCapability(name) ? { _tag: 'Any', of: [{ _tag: 'Not', of: lists }, has] } : has
  })

/** The instance is in a zone of the subnets, for a task that has an interface of its own. */
const located = (draft: Draft, { definition, request }: Workload): readonly Filter<'Require'>[] =>
  definition.networkMode !== 'awsvpc' || request?.zones === undefined
    ? []
    : [
        requiring('location', {
          _tag: 'In',
          key: attributeKey(draft, 'ecs.availability-zone'),
          values: request.zones.map((zone) => internWord(draft, zone)),
        }),
      ]

/** The filters that speak of the instance alone, in the order of the stages. */
export const requirements = (draft: Draft, workload: Workload): readonly Filter<'Require'>[] => {
  const { definition } = workload
  const parts = [...suits(draft, definition), ...requiredBy(draft, definition)]
  return [
    requiring('notActive', isActiveInstance(draft)),
    requiring('agent', isConnected(draft)),
    ...(parts.length === 0 ? [] : [requiring('attribute', { _tag: 'All', of: parts })]),
    ...located(draft, workload),
  ]
}

const requiring = (refusal: Refusal, expr: Expr): Filter<'Require'> => ({
  _tag: 'Require',
  ...filterReason(refusal),
  removable: false,
  expr,
})
