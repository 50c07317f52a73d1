/**
 * Extracts the task definitions and services of a CloudFormation template, in the form in which the
 * ECS API receives them. Defaults, names and references are filled in as the stack would fill them
 * in.
 */
import {
  collectAll,
  isMisspelling,
  isObject,
  own,
  valueAt,
  type DocumentFault,
  type IgnoredDocument,
  type Path,
  type SourceDocument,
} from '@stowage/documents'
import type { MalformedValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import type { Kind } from '../words/kind.js'
import type { Part } from '../words/part.js'
import {
  assemblyStacksIn,
  parametersWithStack,
  unusedParameterWarnings,
  type AssemblyStack,
} from './assembly.js'
import { withDefaultsOf } from './default.js'
import { exportsOf, type Exports } from './export.js'
import { isNameMadeUp, resourceName, namePropertyOf, withNames } from './name.js'
import { badPassedParameters, nestedStackType, nestedWarnings, scopesOfStacks } from './nested.js'
import { assetsIn } from './nested-file.js'
import type { Scope } from './intrinsic.js'
import { expandLoops } from './loop.js'
import { badParameters, type TemplateParameters } from './parameter.js'
import { badReferences } from './reference.js'
import { countWithinBounds, scalableTarget, scalesTasks, scalingWarnings } from './scaling.js'
import { groupWarnings, loopWarnings, ofGroups, unplannedWarnings } from './unplanned.js'
import { scheduledCalls, schedulePath, scheduleTypes } from './schedule.js'
import { sparedNetwork, withoutSpared } from './spared.js'
import { apiValue, misspelt, templatePath } from './spelling.js'
import { propertyOf, referredTo, stackOf, type StackResource, type Stack } from './stack.js'
import { bad, misshapen, templateOf, typeOf, type Template } from './template.js'
import {
  isUnresolved,
  unresolvedValue,
  unresolvedText,
  type UnresolvedValue,
} from './unresolved.js'
import { macroWarnings, openWarnings, unknownPropertyWarnings } from './warning.js'
import type { EcsWarning } from '../words/warning.js'

/** What a template yields: parts, warnings, and the types that were ignored. */
export interface TemplateParts {
  readonly parts: readonly Part[]
  readonly warnings: readonly EcsWarning[]
  readonly ignored: readonly IgnoredDocument[]
}

/** The resource types that are planned. */
const kinds: ReadonlyMap<string, Kind> = new Map([
  ['AWS::ECS::TaskDefinition', 'task definition'],
  ['AWS::ECS::Service', 'service'],
  ['AWS::ECS::TaskSet', 'task set'],
])

/** Resource types that are read only for what services need of them. */
const lookedAt: readonly string[] = [
  'AWS::ECS::Cluster',
  'AWS::ECS::CapacityProvider',
  'AWS::ECS::ClusterCapacityProviderAssociations',
  nestedStackType,
  ...ofGroups,
]

/** Every resource type of which something is read. */
const readTypes: readonly string[] = [
  ...kinds.keys(),
  ...lookedAt,
  ...scheduleTypes,
  scalableTarget,
]

/** The stacks that templates create, nested ones among them, and what they are made of. */
interface TemplateStacks {
  readonly templates: readonly Template[]
  readonly scopes: readonly Scope[]
  /** One for each scope. */
  readonly stacks: readonly Stack[]
  readonly assemblies: ReadonlyMap<string, AssemblyStack>
}

/** Evaluates templates to stacks. */
export const stacksOfTemplates = (
  documents: readonly SourceDocument[],
  parameters: TemplateParameters,
  manifests: readonly SourceDocument[] = [],
): E.Either<readonly DocumentFault[], TemplateStacks> => {
  const assemblies = assemblyStacksIn(manifests)
  const checked = collectAll(
    documents.map((document) => checkedTemplate(document, parameters, assemblies)),
  )
  if (E.isLeft(checked)) return checked
  const files = { templates: checked.right, assets: assetsIn(manifests), stacks: assemblies }
  const scopesOf = (imports: Exports) => scopesOfStacks(files, parameters, imports)
  const scopes = scopesOf(exportsOf(scopesOf))
  const badPassed = scopes.flatMap(badPassedParameters)
  if (badPassed.length > 0) return E.left(badPassed)
  const stacks = new Map<string, Stack>()
  const made = collectAll(scopes.map((scope) => stackOf(scope, stacks)))
  if (E.isLeft(made)) return made
  for (const stack of made.right) stacks.set(stack.key, stack)
  return E.right({ templates: checked.right, scopes, stacks: made.right, assemblies })
}

/**
 * What the templates yield, in their order, or every fault in them. `assemblies` are the manifests
 * and the lists of assets of cloud assemblies.
 */
export const partsOfTemplates = (
  documents: readonly SourceDocument[],
  parameters: TemplateParameters,
  assemblies: readonly SourceDocument[] = [],
): E.Either<readonly DocumentFault[], readonly TemplateParts[]> => {
  const evaluated = stacksOfTemplates(documents, parameters, assemblies)
  if (E.isLeft(evaluated)) return evaluated
  const { templates, scopes, stacks } = evaluated.right
  const wrong = stacks.flatMap(wrongResources)
  if (wrong.length > 0) return E.left(wrong)
  const parts = new Map(
    stacks.flatMap((stack) => oursIn(stack).map((one) => [one, partOf(stack, one)] as const)),
  )
  const read = stacks.map((stack) => readStack(stack, parts))
  return E.right(
    templates.map((template) => {
      const ofTemplate = read.filter((_, j) => scopes[j]!.template === template)
      const ownScopes = scopes.filter((scope) => scope.template === template)
      return {
        parts: ofTemplate.flatMap((each) => each.parts),
        warnings: [
          ...ofTemplate.flatMap(({ warnings }) => warnings),
          ...ownScopes.flatMap(nestedWarnings),
          ...ownScopes.flatMap(loopWarnings),
          ...macroWarnings(template),
          ...unusedParameterWarnings(evaluated.right.assemblies, template),
        ],
        ignored: ofTemplate.flatMap(({ ignored }) => ignored),
      }
    }),
  )
}

const checkedTemplate = (
  document: SourceDocument,
  parameters: TemplateParameters,
  stacks: ReadonlyMap<string, AssemblyStack>,
): E.Either<readonly DocumentFault[], Template> => {
  const shapeless = misshapen(document)
  if (shapeless.length > 0) return E.left(shapeless)
  const given = parametersWithStack(stacks, templateOf(document), parameters)
  const expanded = expandLoops(document, given)
  const shapelessCopies = misshapen(expanded.document)
  if (shapelessCopies.length > 0) return E.left(shapelessCopies)
  const template = { ...templateOf(expanded.document), looped: expanded.looped }
  const wrong = [
    ...badParameters(template, given),
    ...badReferences(template),
    ...misspeltTypes(template),
  ]
  return wrong.length > 0 ? E.left(wrong) : E.right(template)
}

/**
 * Types that are near one that is read, and so are no other: CloudFormation has none of such names,
 * and refuses a template with one.
 */
const misspeltTypes = ({ from, resources }: Template): readonly DocumentFault[] =>
  [...resources].flatMap(([id, resource]) => {
    const type = typeOf(resource) ?? ''
    const near = readTypes.includes(type) ? undefined : readTypes.find(isTypeLike(type))
    return near === undefined ? [] : [bad(from, ['Resources', id, 'Type'], type, near)]
  })

/** Whether one type may be another one with its name misspelt, or with its service if tasks run. */
const isTypeLike = (type: string): ((other: string) => boolean) => {
  const [service, name] = splitType(type)
  return (other) => {
    const [otherService, otherName] = splitType(other)
    return service.toLowerCase() === otherService.toLowerCase()
      ? isMisspelling(name, otherName)
      : kinds.has(other) && name === otherName && isMisspelling(service, otherService)
  }
}

/** The service of a type, such as `AWS::ECS`, and its name in it. */
const splitType = (type: string): readonly [service: string, name: string] => {
  const end = type.lastIndexOf('::')
  return [type.slice(0, Math.max(0, end)), type.slice(end + '::'.length)]
}

const oursIn = ({ resources }: Stack): readonly StackResource[] =>
  [...resources.values()].filter(({ type }) => kinds.has(type))

const wrongResources = (stack: Stack): readonly DocumentFault[] => {
  const { from } = stack
  const ours = oursIn(stack)
  const open = ours.flatMap(({ id, properties }) =>
    isUnresolved(properties) ? [openAt(from, id, properties)] : [],
  )
  return open.length > 0
    ? open
    : ours.flatMap(({ id, properties }) =>
        misspelt(properties).map((at) => misspeltAt(from, id, at)),
      )
}

/** `parts` are those of all stacks, by their resources. */
const readStack = (stack: Stack, parts: ReadonlyMap<StackResource, Part>): TemplateParts => {
  const { from, resources } = stack
  const ours = oursIn(stack)
  const scheduled = [...resources.values()].flatMap((one) =>
    scheduleTypes.includes(one.type) ? callsOf(stack, one, parts) : [],
  )
  const makers = new Set(scheduled.map(({ at }) => at[1]))
  return {
    parts: [
      ...ours.map((one) => linkDefinition(stack, one, parts)),
      ...scheduled,
      ...providersIn(stack),
    ],
    warnings: [
      ...ours.flatMap((one) => openWarnings(stack, one)),
      ...ours.flatMap((one) => unknownPropertyWarnings(stack, one)),
      ...groupWarnings(stack),
      ...scalingWarnings(stack),
      ...unplannedWarnings(stack),
    ],
    ignored: [...resources.values()]
      .filter(({ id, type }) => !kinds.has(type) && !lookedAt.includes(type) && !makers.has(id))
      .filter(({ type, properties }) => type !== scalableTarget || !scalesTasks(properties))
      .map(({ type }) => ({ from, kind: type })),
  }
}

/** A resource whose properties are all unresolved cannot be planned. */
const openAt = (from: string, id: string, properties: UnresolvedValue): DocumentFault => ({
  ...{ from, at: ['Resources', id, 'Properties'] },
  ...{ found: unresolvedText(properties), expected: 'an object' },
})

const misspeltAt = (from: string, id: string, at: Path): DocumentFault => {
  const name = String(at.at(-1))
  const expected = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}, as properties are spelt in a template`
  return bad(from, ['Resources', id, 'Properties', ...at], name, expected)
}

/** Links a service to the task definition that it refers to, in its own stack or in another. */
const linkDefinition = (
  stack: Stack,
  one: StackResource,
  parts: ReadonlyMap<StackResource, Part>,
): Part => withDefinition(stack, parts.get(one)!, one.properties, parts)

const withDefinition = (
  stack: Stack,
  part: Part,
  properties: unknown,
  parts: ReadonlyMap<StackResource, Part>,
): Part => {
  const found = referredTo(stack, properties, 'TaskDefinition')
  const definition = found === undefined ? undefined : parts.get(found.resource)
  return part.kind !== 'task definition' && definition?.kind === 'task definition'
    ? { ...part, definition }
    : part
}

/** The calls of RunTask that a rule or a schedule makes. */
const callsOf = (
  stack: Stack,
  one: StackResource,
  parts: ReadonlyMap<StackResource, Part>,
): readonly Part[] =>
  scheduledCalls(one).map(({ at, properties }) => {
    const written = withNames(stack, properties)
    const network = sparedNetwork(written)
    const value = apiValue(isObject(written) ? withoutSpared(written) : {})
    const part: Part = {
      ...{ from: stack.from, at: ['Resources', one.id, 'Properties', ...at], value },
      ...{ kind: 'call of RunTask', stack: stack.name },
      ...network,
      isClusterUnnamed: isNameMadeUp(stack, properties, 'Cluster'),
      spelt: (problem) => {
        const inside = inTemplate(value, problem)
        return { ...inside, at: schedulePath(one.type, inside.at) }
      },
    }
    return withDefinition(stack, part, properties, parts)
  })

/** The capacity providers of a stack, of which only the name and the kind are read. */
const providersIn = (stack: Stack): readonly Part[] =>
  [...stack.resources.values()]
    .filter(({ type }) => type === 'AWS::ECS::CapacityProvider')
    .map((one) => ({
      ...{ from: stack.from, at: ['Resources', one.id, 'Properties'], stack: stack.name },
      kind: 'capacity provider',
      value: {
        name: withNames(stack, unresolvedValue(one.id, '', one.id)),
        managedInstancesProvider: propertyOf(one.properties, 'ManagedInstancesProvider'),
      },
    }))

const partOf = (stack: Stack, one: StackResource): Part => {
  const written = withNames(stack, one.properties)
  const network = sparedNetwork(written)
  const defaults = one.type === 'AWS::ECS::Service' ? withDefaultsOf(stack, one) : {}
  const properties = { ...defaults, ...(isObject(written) ? withoutSpared(written) : {}) }
  const count = countWithinBounds(stack, one, own(properties, 'DesiredCount'))
  const value = apiValue({
    ...properties,
    ...(count === undefined ? {} : { DesiredCount: count }),
    ...{ [namePropertyOf(one)]: resourceName(stack, one) },
  })
  return {
    ...{ from: stack.from, at: ['Resources', one.id, 'Properties'], value },
    ...{ kind: kinds.get(one.type)!, stack: stack.name },
    ...network,
    isClusterUnnamed: isNameMadeUp(stack, one.properties, 'Cluster'),
    spelt: (problem) => inTemplate(value, problem),
  }
}

/**
 * Moves a fault of the API value to its place in the template; for an unresolved value the message
 * says why it has none.
 */
const inTemplate = (value: unknown, { at, found, expected }: MalformedValue): MalformedValue => {
  const there = valueAt(value, at)
  return {
    at: templatePath(at),
    found: isUnresolved(there) ? unresolvedText(there) : found,
    expected:
      isUnresolved(there) && there.attribute !== undefined
        ? `${expected}, which the parameter ${there.attribute} can give`
        : expected,
  }
}
