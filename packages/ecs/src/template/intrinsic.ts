/**
 * Evaluates the intrinsic functions of a CloudFormation template, such as `Ref` and `Fn::Sub`. A
 * value that is unknown before the stack is created becomes an `UnresolvedValue`, which says what
 * is missing. A text with an unknown part, such as `arn:${Queue}`, becomes an `UnresolvedValue` as
 * well.
 *
 * Source: AWS CloudFormation Template Reference, intrinsic functions.
 */
import { isObject, own } from '@stowage/documents'
import { renderValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { bracesIn, dynamicReferenceIn } from './braces.js'
import { namesReferredIn, referenceCall } from './reference.js'
import type { Section, Template } from './template.js'
import {
  firstUnresolved,
  isUnresolved,
  seenOutside,
  unresolvedValue,
  type UnresolvedValue,
} from './unresolved.js'

/** What an evaluation can refer to. */
export interface Scope {
  /** Tells the stack from all others: the document of its template, or its path in its parents. */
  readonly key: string
  readonly template: Template
  /** What `Ref` returns for each parameter, including pseudo parameters. */
  readonly parameters: Section
  readonly conditions: ReadonlyMap<string, boolean | UnresolvedValue>
  /** What the other stacks export, by export name. */
  readonly imports: ReadonlyMap<string, unknown>
  /** The stacks within the stack, by logical id. */
  readonly nested: ReadonlyMap<string, E.Either<string, NestedStack>>
}

/** A stack that a resource of another one makes; a `Left` instead says why it is not known. */
export interface NestedStack {
  readonly template: Template
  /** Evaluated when it is first needed: its parameters may need outputs of its siblings. */
  readonly scope: () => Scope
}

/**
 * A value with its function calls evaluated; `undefined` for `AWS::NoValue`, which removes its key
 * or list item. A text with a dynamic reference (`{{resolve:…}}`) is unresolved.
 */
export const evaluate = (scope: Scope, value: unknown): unknown => {
  const found = evaluateParts(scope, value)
  const reference = isText(found) ? dynamicReferenceIn(found) : undefined
  return reference === undefined
    ? found
    : unresolvedValue(renderValue(reference), 'it is looked up when the stack is made')
}

const evaluateParts = (scope: Scope, value: unknown): unknown => {
  const call = referenceCall(value)
  if (call !== undefined) return callIntrinsic(scope, ...call)
  if (Array.isArray(value))
    return value.map((item) => evaluate(scope, item)).filter((item) => item !== undefined)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, member]) => [key, ofKey(scope, key, member)] as const)
      .filter(([, member]) => member !== undefined),
  )
}

/** A macro may stand among other keys, and adds its own beside them. */
const ofKey = (scope: Scope, key: string, member: unknown): unknown =>
  key === 'Fn::Transform' ? callIntrinsic(scope, key, member) : evaluate(scope, member)

const callIntrinsic = (scope: Scope, name: string, argument: unknown): unknown => {
  if (name === 'Ref') return refOf(scope, argument)
  if (name === 'Fn::If') return branchOf(scope, argument)
  if (name === 'Fn::Sub') return substitute(scope, argument)
  if (name === 'Fn::ImportValue') return importedValue(scope, argument)
  const given = evaluate(scope, argument)
  if (name === 'Fn::GetAtt') return resourceAttribute(scope, given)
  const pure = functions[name]
  if (pure === undefined) return unresolvedValue(name, 'this function is not evaluated')
  const open = firstUnresolved(given)
  if (open !== undefined) return unresolvedValue(`${name} of ${open.stands}`, open.why)
  return pure(given, scope) ?? unresolvedValue(name, 'its arguments are not what it takes')
}

/** What another stack exports under the name. */
const importedValue = (scope: Scope, argument: unknown): unknown => {
  const name = evaluate(scope, argument)
  if (isText(name) && scope.imports.has(name)) return scope.imports.get(name)
  const stands = 'Fn::ImportValue'
  if (isText(name))
    return unresolvedValue(stands, `another stack exports ${name}${nameHint(scope, argument)}`)
  if (!isUnresolved(name)) return unresolvedValue(stands, 'another stack exports it')
  return unresolvedValue(
    `${stands} of ${name.stands}`,
    `${name.why}; another stack exports it${nameHint(scope, argument)}`,
  )
}

/** More exports than these are not compared with an import that has no match. */
const comparedMax = 1_000

/** No text of a template has it. */
const placeholder = '\u0000'

/**
 * Which value of a parameter would make an import match an export, as the stacks of an input are
 * named by their files, and a parameter often names the other stack. Empty when none would.
 */
const nameHint = (scope: Scope, argument: unknown): string => {
  const names = [...scope.imports.keys()].slice(0, comparedMax)
  for (const parameter of namesReferredIn(argument)) {
    if (!scope.template.parameters.has(parameter)) continue
    const parameters = new Map([...scope.parameters, [parameter, placeholder]])
    const shape = evaluate({ ...scope, parameters }, argument)
    const [start, end, more] = isText(shape) ? shape.split(placeholder) : []
    if (start === undefined || end === undefined || more !== undefined) continue
    const match = names
      .filter((one) => one.length > start.length + end.length)
      .find((one) => one.startsWith(start) && one.endsWith(end))
    if (match === undefined) continue
    const value = match.slice(start.length, match.length - end.length)
    return `; ${match} is exported here: --parameter ${parameter}=${value} would import it`
  }
  return ''
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isValueList = (value: unknown): value is readonly unknown[] => Array.isArray(value)

/** A scalar as a text; `undefined` for anything else. */
const intrinsicText = (value: unknown): string | undefined =>
  isText(value) || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined

const refOf = (scope: Scope, argument: unknown): unknown => {
  const { parameters, template } = scope
  if (!isText(argument) && !template.isExtended) return unresolvedValue('Ref', notExtended)
  const name = isText(argument) ? argument : evaluate(scope, argument)
  if (isUnresolved(name)) return unresolvedValue(`Ref of ${name.stands}`, name.why)
  if (!isText(name)) return unresolvedValue('Ref', 'it names nothing')
  if (parameters.has(name)) return parameters.get(name)
  const isWrong = !isText(argument) && !template.resources.has(name)
  const why = isWrong ? `the template has no ${name}` : whenMade(scope, name)
  return unresolvedValue(`Ref ${name}`, why, name)
}

const notExtended = 'only the transform AWS::LanguageExtensions takes more than a name in it'

/**
 * Why a resource has no name or attribute yet: it is not created before the stack, or not at all.
 */
const whenMade = ({ template, conditions }: Scope, name: string): string => {
  const resource = template.resources.get(name)
  const condition = isObject(resource) ? own(resource, 'Condition') : undefined
  return isText(condition) && conditions.get(condition) === false
    ? `${name} is not made, as ${condition} does not hold`
    : `it is known when ${name} is made`
}

const resourceAttribute = (scope: Scope, argument: unknown): unknown => {
  const path = isValueList(argument)
    ? argument.map((part) => intrinsicText(part) ?? '?').join('.')
    : argument
  if (!isText(path)) return unresolvedValue('Fn::GetAtt', 'it names nothing')
  if (scope.parameters.has(path)) return scope.parameters.get(path)
  const [resource = '', section, ...output] = path.split('.')
  if (section === 'Outputs' && scope.nested.has(resource))
    return nestedOutput(scope.nested.get(resource)!, path, output.join('.'))
  const open = unresolvedValue(`Fn::GetAtt ${path}`, whenMade(scope, resource), resource)
  return { ...open, attribute: path }
}

/** The output of a nested stack. */
const nestedOutput = (
  nested: E.Either<string, NestedStack>,
  path: string,
  name: string,
): unknown => {
  const stands = `Fn::GetAtt ${path}`
  if (E.isLeft(nested)) return { ...unresolvedValue(stands, nested.left), attribute: path }
  const inside = nested.right.scope()
  const output = inside.template.outputs.get(name)
  const condition = outputField(output, 'Condition')
  const isMade = !isText(condition) || inside.conditions.get(condition) !== false
  if (output === undefined || !isMade) {
    const why = `${inside.template.from} has no output ${name}${isMade ? '' : `, as ${condition} does not hold`}`
    return { ...unresolvedValue(stands, why), attribute: path }
  }
  return seenOutside(inside.key, evaluate(inside, outputField(output, 'Value')))
}

/** A field of an output of a template. */
export const outputField = (output: unknown, name: string): unknown =>
  isObject(output) ? own(output, name) : undefined

const branchOf = (scope: Scope, argument: unknown): unknown => {
  if (!isValueList(argument) || argument.length !== 3 || !isText(argument[0]))
    return unresolvedValue('Fn::If', 'it is not a condition with two values')
  const [name, yes, no] = argument
  const holds = scope.conditions.get(name)
  if (holds === undefined) return unresolvedValue(`Fn::If ${name}`, 'there is no such condition')
  if (isUnresolved(holds)) return unresolvedValue(`Fn::If ${name}`, holds.why)
  return evaluate(scope, holds ? yes : no)
}

const substitute = (scope: Scope, argument: unknown): unknown => {
  const [template, written]: readonly unknown[] = isValueList(argument) ? argument : [argument]
  if (!isText(template)) return unresolvedValue('Fn::Sub', 'it is not a text')
  const given = evaluate(scope, written)
  const stands = `Fn::Sub ${renderValue(template)}`
  const texts: string[] = []
  let open: UnresolvedValue | undefined
  let done = 0
  for (const { start, end, inside } of bracesIn(template)) {
    texts.push(template.slice(done, start))
    done = end
    if (inside.startsWith('!')) texts.push(`\${${inside.slice(1)}}`)
    else {
      const value = variableOf(scope, given, inside.trim())
      if (isUnresolved(value)) open ??= unresolvedValue(stands, value.why)
      texts.push(intrinsicText(value) ?? template.slice(start, end))
    }
  }
  return open ?? joinTexts([...texts, template.slice(done)], '') ?? unresolvedValue(stands, tooLong)
}

/**
 * A template has at most 1 MB, and so has each of its texts: calls within calls that repeat their
 * arguments would write more than a memory holds.
 */
export const lettersMax = 1_048_576

const tooLong = `its text would be longer than ${lettersMax} letters`

/** The texts as one; `undefined` when it would be too long. */
const joinTexts = (texts: readonly string[], between: string): string | undefined => {
  const count = texts.reduce((sum, { length }) => sum + length, 0)
  return count + between.length * (texts.length - 1) > lettersMax ? undefined : texts.join(between)
}

const variableOf = (scope: Scope, given: unknown, name: string): unknown => {
  if (isObject(given) && Object.hasOwn(given, name)) return own(given, name)
  const value = name.includes('.') ? resourceAttribute(scope, name) : refOf(scope, name)
  return isUnresolved(value) || intrinsicText(value) !== undefined
    ? value
    : unresolvedValue(`Ref ${name}`, `${name} is no text`)
}

/** A function of evaluated arguments; `undefined` when it does not accept them. */
type Pure = (argument: unknown, scope: Scope) => unknown

const functions: Readonly<Record<string, Pure>> = {
  'Fn::Join': (argument) => {
    const [between, list] = pairOf(argument)
    const texts = isValueList(list) ? list.map(intrinsicText) : [undefined]
    return isText(between) && texts.every(isText)
      ? (joinTexts(texts, between) ?? unresolvedValue('Fn::Join', tooLong))
      : undefined
  },
  'Fn::Split': (argument) => {
    const [between, text] = pairOf(argument)
    return isText(between) && between !== '' && isText(text) ? text.split(between) : undefined
  },
  'Fn::Select': (argument) => {
    const [index, list] = pairOf(argument)
    return isValueList(list) && /^\d+$/.test(intrinsicText(index) ?? '')
      ? list[Number(index)]
      : undefined
  },
  'Fn::FindInMap': (argument, { template }) => {
    if (!isValueList(argument)) return undefined
    const [map, top, second, options] = argument
    const found = [top, second].reduce<unknown>(
      (inside, key) => (isObject(inside) ? own(inside, intrinsicText(key) ?? '') : undefined),
      isText(map) ? template.mappings.get(map) : undefined,
    )
    return found ?? (isObject(options) ? own(options, 'DefaultValue') : undefined)
  },
  'Fn::Length': (argument) => (isValueList(argument) ? argument.length : undefined),
}

const pairOf = (argument: unknown): readonly [unknown, unknown] =>
  isValueList(argument) && argument.length === 2
    ? [argument[0], argument[1]]
    : [undefined, undefined]
