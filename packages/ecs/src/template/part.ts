/**
 * The task definitions and services of a template, as the API would have them, with what the stack
 * itself would see to.
 */
import {
  isObject,
  own,
  valueAt,
  type DocumentFault,
  type Ignored,
  type Path,
  type SourceDocument,
} from '@stowage/documents'
import type { Malformed } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import type { Kind } from '../words/kind.js'
import type { Part } from '../words/part.js'
import { withDefaultsOf } from './default.js'
import { groupWarnings, ofGroups } from './group.js'
import { resourceName, namePropertyOf, withNames } from './name.js'
import { badParameters, type TemplateParameters } from './parameter.js'
import { badReferences } from './reference.js'
import { apiValue, misspelt, templatePath } from './spelling.js'
import { referredTo, stackOf, type Made, type Stack } from './stack.js'
import { bad, isLoop, misshapen, templateOf } from './template.js'
import { firstUnresolved, isUnresolved, unresolvedText, type Unresolved } from './unresolved.js'
import { macroWarnings, openWarnings } from './warning.js'
import type { EcsWarning } from '../words/warning.js'

export interface TemplateParts {
  readonly parts: readonly Part[]
  readonly warnings: readonly EcsWarning[]
  readonly ignored: readonly Ignored[]
}

/** What is planned. */
const kinds: ReadonlyMap<string, Kind> = new Map([
  ['AWS::ECS::TaskDefinition', 'task definition'],
  ['AWS::ECS::Service', 'service'],
])

/** Of these, what services need is looked at. */
const lookedAt: readonly string[] = [
  'AWS::ECS::Cluster',
  'AWS::ECS::CapacityProvider',
  'AWS::ECS::ClusterCapacityProviderAssociations',
  ...ofGroups,
]

/** What a template has to plan, or all that is wrong with it. */
export const partsOfTemplate = (
  document: SourceDocument,
  parameters: TemplateParameters,
): E.Either<readonly DocumentFault[], TemplateParts> => {
  const shapeless = misshapen(document)
  if (shapeless.length > 0) return E.left(shapeless)
  const template = templateOf(document)
  const wrong = [...badParameters(template, parameters), ...badReferences(template)]
  if (wrong.length > 0) return E.left(wrong)
  const stack = stackOf(template, parameters)
  if (E.isLeft(stack)) return stack
  return E.map(({ warnings, ignored, ...rest }: TemplateParts) => ({
    ...rest,
    warnings: [...warnings, ...macroWarnings(template)],
    ignored: [...ignored, ...loopsIn(document)],
  }))(readStack(stack.right))
}

const loopsIn = ({ from, value }: SourceDocument): readonly Ignored[] => {
  const resources = isObject(value) ? own(value, 'Resources') : undefined
  const names = isObject(resources) ? Object.keys(resources).filter(isLoop) : []
  return names.map(() => ({ from, kind: 'Fn::ForEach' }))
}

const readStack = (stack: Stack): E.Either<readonly DocumentFault[], TemplateParts> => {
  const { from, made } = stack
  const ours = [...made.values()].filter(({ type }) => kinds.has(type))
  const open = ours.flatMap(({ id, properties }) =>
    isUnresolved(properties) ? [openAt(from, id, properties)] : [],
  )
  if (open.length > 0) return E.left(open)
  const small = ours.flatMap(({ id, properties }) =>
    misspelt(properties).map((at) => misspeltAt(from, id, at)),
  )
  if (small.length > 0) return E.left(small)
  return E.right({
    parts: partsOfResources(stack, ours),
    warnings: [...ours.flatMap((one) => openWarnings(stack, one)), ...groupWarnings(stack)],
    ignored: [...made.values()]
      .filter(({ type }) => !kinds.has(type) && !lookedAt.includes(type))
      .map(({ type }) => ({ from, kind: type })),
  })
}

/** Nothing can be said of a resource of which no property is known. */
const openAt = (from: string, id: string, properties: Unresolved): DocumentFault => ({
  ...{ from, at: ['Resources', id, 'Properties'] },
  ...{ found: unresolvedText(properties), expected: 'an object' },
})

const misspeltAt = (from: string, id: string, at: Path): DocumentFault => {
  const name = String(at.at(-1))
  const expected = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}, as properties are spelt in a template`
  return bad(from, ['Resources', id, 'Properties', ...at], name, expected)
}

/** Each service with the task definition that it refers to. */
const partsOfResources = (stack: Stack, ours: readonly Made[]): readonly Part[] => {
  const parts = new Map(ours.map((one) => [one.id, partOf(stack, one)]))
  return ours.map(({ id, properties }) => {
    const part = parts.get(id)!
    const definition = parts.get(referredTo(properties, 'TaskDefinition') ?? '')
    return part.kind === 'service' && definition?.kind === 'task definition'
      ? { ...part, definition }
      : part
  })
}

const partOf = (stack: Stack, one: Made): Part => {
  const written = withNames(stack, one.properties)
  const defaults = one.type === 'AWS::ECS::Service' ? withDefaultsOf(stack, one) : {}
  const value = apiValue({
    ...defaults,
    ...(isObject(written) ? withoutSpared(written) : {}),
    ...{ [namePropertyOf(one)]: resourceName(stack, one) },
  })
  return {
    ...{ from: stack.from, at: ['Resources', one.id, 'Properties'], value },
    ...{ kind: kinds.get(one.type)!, stack: stack.name },
    spelt: (problem) => inTemplate(value, problem),
  }
}

/**
 * Tasks are placed without it: in which zones subnets are, their ids do not tell, where they are
 * known at all.
 */
const spared = 'NetworkConfiguration'

const withoutSpared = (properties: object): object =>
  Object.fromEntries(
    Object.entries(properties).filter(
      ([name, member]) => name !== spared || firstUnresolved(member) === undefined,
    ),
  )

/**
 * What is wrong with the API's value is wrong with the template's, at the same place and for a
 * better reason.
 */
const inTemplate = (value: unknown, { at, found, expected }: Malformed): Malformed => {
  const there = valueAt(value, at)
  return {
    at: templatePath(at),
    found: isUnresolved(there) ? unresolvedText(there) : found,
    expected,
  }
}
