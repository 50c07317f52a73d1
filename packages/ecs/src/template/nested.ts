/**
 * Builds the evaluation scope of each stack of an input: its template, parameters, conditions,
 * imports and nested stacks. A top-level template gives one stack. A nested template gives one
 * stack for each AWS::CloudFormation::Stack resource that refers to it.
 *
 * Source: AWS CloudFormation Template Reference, AWS::CloudFormation::Stack.
 */
import { isObject, own, type DocumentFault } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { parametersWithStack } from './assembly.js'
import { conditionsOf } from './condition.js'
import type { Exports } from './export.js'
import { evaluate, type NestedStack, type Scope } from './intrinsic.js'
import { nestedTemplate, type TemplateFiles } from './nested-file.js'
import {
  badParameters,
  parameterValues,
  type PassedParameters,
  type TemplateParameters,
} from './parameter.js'
import { bad, propertiesOf, typeOf, type Template } from './template.js'
import { isUnresolved, seenOutside, unresolvedText } from './unresolved.js'
import type { EcsWarning } from '../words/warning.js'

/** The type of a resource that makes a nested stack. */
export const nestedStackType = 'AWS::CloudFormation::Stack'

/** What the stacks of an input are made of, beside their templates. */
interface StackSources {
  readonly files: TemplateFiles
  readonly given: TemplateParameters
  readonly imports: Exports
}

/** Where a stack is within others. */
interface Place {
  readonly key: string
  /** The documents of the stack and of those around it. */
  readonly documents: readonly string[]
  readonly passed?: PassedParameters
}

/**
 * The scopes of all stacks; a stack is followed by those within it.
 *
 * The parameters of a nested stack are evaluated in the scope of its parent and passed down; an
 * output that the parent reads with `Fn::GetAtt` is evaluated in the scope of the nested stack.
 * Scopes are built lazily, because a parameter may be an output of a sibling. This terminates, as
 * the resources of a template have no reference cycle, and a template is never nested in itself.
 */
export const scopesOfStacks = (
  files: TemplateFiles,
  given: TemplateParameters,
  imports: Exports,
): readonly Scope[] => {
  const around = { files, given, imports }
  return rootTemplates(around).flatMap((template) => withNested(rootScope(around, template)))
}

const rootScope = (around: StackSources, template: Template): Scope =>
  scopeAt(around, template, { key: template.from, documents: [template.from] })

const withNested = (scope: Scope): readonly Scope[] => [
  scope,
  ...[...scope.nested.values()].flatMap((nested) =>
    E.isRight(nested) ? withNested(nested.right.scope()) : [],
  ),
]

/**
 * The templates that no other one nests. Where templates nest each other in a circle, one of them
 * is a root.
 */
const rootTemplates = (around: StackSources): readonly Template[] => {
  const { templates } = around.files
  const inner = new Map(
    templates.map((template) => {
      const scope = rootScope(around, template)
      const found = stackResources(template).flatMap(([, resource]) => {
        const nested = nestedTemplate(around.files, scope, resource)
        return E.isRight(nested) ? [nested.right] : []
      })
      return [template, found] as const
    }),
  )
  const isNested = new Set([...inner.values()].flat())
  const reached = new Set<Template>()
  const reach = (template: Template): void => {
    const waiting = [template]
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (reached.has(next)) continue
      reached.add(next)
      for (const one of inner.get(next)!) waiting.push(one)
    }
  }
  const outer = templates.filter((template) => !isNested.has(template))
  for (const template of outer) reach(template)
  const ofCircles = templates.filter((template) => {
    if (reached.has(template)) return false
    reach(template)
    return true
  })
  return templates.filter((template) => outer.includes(template) || ofCircles.includes(template))
}

const stackResources = ({ resources }: Template): readonly (readonly [string, unknown])[] =>
  [...resources].filter(([, resource]) => typeOf(resource) === nestedStackType)

const scopeAt = (around: StackSources, template: Template, place: Place): Scope => {
  const { given, imports } = around
  const ofStack = parametersWithStack(around.files.stacks, template, given)
  const parameters = parameterValues(template, ofStack, place.passed)
  const nested = new Map<string, E.Either<string, NestedStack>>()
  const conditions = conditionsOf(template, parameters, imports)
  const scope: Scope = { key: place.key, template, parameters, imports, conditions, nested }
  for (const [id, resource] of stackResources(template)) {
    const stack = nestedAt(around, scope, place, id, resource)
    if (stack !== undefined) nested.set(id, stack)
  }
  return scope
}

/** `undefined` for a resource whose condition does not hold. */
const nestedAt = (
  around: StackSources,
  scope: Scope,
  place: Place,
  id: string,
  resource: unknown,
): E.Either<string, NestedStack> | undefined => {
  const condition = isObject(resource) ? own(resource, 'Condition') : undefined
  const holds = typeof condition === 'string' ? scope.conditions.get(condition) : true
  if (holds === false) return undefined
  if (isUnresolved(holds))
    return E.left(`whether it is made is not known: ${unresolvedText(holds)}`)
  return pipe(
    nestedTemplate(around.files, scope, resource),
    E.filterOrElse(
      ({ from }) => !place.documents.includes(from),
      ({ from }) => `${from} would be nested in itself`,
    ),
    E.map((template) => ({
      template,
      scope: lazily(() =>
        scopeAt(around, template, {
          key: `${place.key}/${id}`,
          documents: [...place.documents, template.from],
          passed: {
            stackName: `${String(scope.parameters.get('AWS::StackName'))}-${id}`,
            values: passedBy(scope, resource),
          },
        }),
      ),
    })),
  )
}

const lazily = <Value>(make: () => Value): (() => Value) => {
  let value: readonly [Value] | undefined
  return () => (value ??= [make()])[0]
}

/** The parameters that a resource passes to its nested stack. */
const passedBy = (scope: Scope, resource: unknown): ReadonlyMap<string, unknown> => {
  const properties = propertiesOf(resource)
  const parameters = evaluate(
    scope,
    isObject(properties) ? own(properties, 'Parameters') : undefined,
  )
  return isObject(parameters) && !isUnresolved(parameters)
    ? new Map(
        Object.entries(parameters).map(([name, value]) => [name, seenOutside(scope.key, value)]),
      )
    : new Map()
}

/** Faults of the parameters that a stack passes: unknown ones, and values that are not allowed. */
export const badPassedParameters = (scope: Scope): readonly DocumentFault[] => {
  const { from, resources } = scope.template
  return [...scope.nested].flatMap(([id, nested]) => {
    if (E.isLeft(nested)) return []
    const { template } = nested.right
    const passed = passedBy(scope, resources.get(id))
    const unknown = [...passed.keys()].filter((name) => !template.parameters.has(name))
    const texts = [...passed].flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number'
        ? [[name, String(value)] as const]
        : [],
    )
    const at = ['Resources', id, 'Properties', 'Parameters']
    return [
      ...unknown.map((name) => bad(from, [...at, name], name, `a parameter of ${template.from}`)),
      ...badParameters(template, { from, values: new Map(texts) }),
    ]
  })
}

/** A warning for each nested stack whose template is not found. */
export const nestedWarnings = (scope: Scope): readonly EcsWarning[] => {
  const { from } = scope.template
  return [...scope.nested].flatMap(([id, nested]) =>
    E.isRight(nested)
      ? []
      : [
          {
            ...{ code: 'NestedStackLeftOut', from, subject: `${from}: ${id}` },
            text: 'a nested stack is left out of the plan, as its template is not found; add the file',
            detail: nested.left,
          } as const,
        ],
  )
}
