/**
 * Extracts the task definitions and services of a CloudFormation template as the API would receive
 * them, with the defaults, names and references that the stack would fill in.
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
import { sparedNetwork, withoutSpared } from './spared.js'
import { apiValue, misspelt, templatePath } from './spelling.js'
import { referredTo, stackOf, type StackResource, type Stack } from './stack.js'
import { bad, isLoop, misshapen, templateOf } from './template.js'
import { isUnresolved, unresolvedText, type Unresolved } from './unresolved.js'
import { macroWarnings, openWarnings } from './warning.js'
import type { EcsWarning } from '../words/warning.js'

/** What a template yields: parts, warnings, and the types that were ignored. */
export interface TemplateParts {
  readonly parts: readonly Part[]
  readonly warnings: readonly EcsWarning[]
  readonly ignored: readonly Ignored[]
}

/** The resource types that are planned. */
const kinds: ReadonlyMap<string, Kind> = new Map([
  ['AWS::ECS::TaskDefinition', 'task definition'],
  ['AWS::ECS::Service', 'service'],
])

/** Resource types that are read only for what services need of them. */
const lookedAt: readonly string[] = [
  'AWS::ECS::Cluster',
  'AWS::ECS::CapacityProvider',
  'AWS::ECS::ClusterCapacityProviderAssociations',
  ...ofGroups,
]

/** The parts of a template, or every fault in it. */
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
  const { from, resources } = stack
  const ours = [...resources.values()].filter(({ type }) => kinds.has(type))
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
    ignored: [...resources.values()]
      .filter(({ type }) => !kinds.has(type) && !lookedAt.includes(type))
      .map(({ type }) => ({ from, kind: type })),
  })
}

/** A resource whose properties are all unresolved cannot be planned. */
const openAt = (from: string, id: string, properties: Unresolved): DocumentFault => ({
  ...{ from, at: ['Resources', id, 'Properties'] },
  ...{ found: unresolvedText(properties), expected: 'an object' },
})

const misspeltAt = (from: string, id: string, at: Path): DocumentFault => {
  const name = String(at.at(-1))
  const expected = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}, as properties are spelt in a template`
  return bad(from, ['Resources', id, 'Properties', ...at], name, expected)
}

/** Links each service to the task definition that it refers to. */
const partsOfResources = (stack: Stack, ours: readonly StackResource[]): readonly Part[] => {
  const parts = new Map(ours.map((one) => [one.id, partOf(stack, one)]))
  return ours.map(({ id, properties }) => {
    const part = parts.get(id)!
    const definition = parts.get(referredTo(properties, 'TaskDefinition') ?? '')
    return part.kind === 'service' && definition?.kind === 'task definition'
      ? { ...part, definition }
      : part
  })
}

const partOf = (stack: Stack, one: StackResource): Part => {
  const written = withNames(stack, one.properties)
  const network = sparedNetwork(written)
  const defaults = one.type === 'AWS::ECS::Service' ? withDefaultsOf(stack, one) : {}
  const value = apiValue({
    ...defaults,
    ...(isObject(written) ? withoutSpared(written) : {}),
    ...{ [namePropertyOf(one)]: resourceName(stack, one) },
  })
  return {
    ...{ from: stack.from, at: ['Resources', one.id, 'Properties'], value },
    ...{ kind: kinds.get(one.type)!, stack: stack.name },
    ...(network === undefined ? {} : { network }),
    spelt: (problem) => inTemplate(value, problem),
  }
}

/**
 * Moves a fault of the API value to its place in the template; for an unresolved value the message
 * says why it has none.
 */
const inTemplate = (value: unknown, { at, found, expected }: Malformed): Malformed => {
  const there = valueAt(value, at)
  return {
    at: templatePath(at),
    found: isUnresolved(there) ? unresolvedText(there) : found,
    expected,
  }
}
