/**
 * Finds the value of each parameter of a CloudFormation template: the given value, or else the
 * default. A parameter without either is unresolved, which is an error only where its value is
 * needed.
 *
 * Source: AWS CloudFormation User Guide, Parameters section, and pseudo parameters. AllowedPattern
 * is not checked.
 */
import {
  isObject,
  nearestNames,
  own,
  someOf,
  type DocumentFault,
  type Path,
  type SourceDocument,
} from '@stowage/documents'
import { renderValue } from '@stowage/kernel'
import { bad, templateOf, type Template } from './template.js'
import { isUnresolved, openParameter, unresolvedValue } from './unresolved.js'

/** Values by parameter name; `from` is where they come from, for messages. */
export interface TemplateParameters {
  readonly from: string
  readonly values: ReadonlyMap<string, string>
  /** For messages, where a value comes from, if not `from`. */
  readonly origins?: ReadonlyMap<string, string>
}

/** No values: every parameter has its default. */
export const noParameters: TemplateParameters = { from: 'parameters', values: new Map() }

/** What a stack passes to one within it. */
export interface PassedParameters {
  /** The name of the inner stack. */
  readonly stackName: string
  /** Values by parameter name, each as the outer stack sees it. */
  readonly values: ReadonlyMap<string, unknown>
}

/**
 * The pseudo parameters, which CloudFormation sets when it creates a stack; `AWS::NoValue` means no
 * value.
 */
export const pseudo: readonly string[] = [
  ...['AWS::AccountId', 'AWS::NotificationARNs', 'AWS::NoValue', 'AWS::Partition'],
  ...['AWS::Region', 'AWS::StackId', 'AWS::StackName', 'AWS::URLSuffix'],
]

/**
 * What `Ref` returns for each parameter: a text, texts, an `UnresolvedValue`, or `undefined`
 * for `AWS::NoValue`. A name with a dot, such as `Count.DesiredCount`, is an attribute of a
 * resource, for `Fn::GetAtt`. A nested stack has the values that its parent passes; of a parameter
 * that the parent leaves open, or does not pass, it has the given value.
 */
export const parameterValues = (
  template: Template,
  { values }: TemplateParameters,
  passed?: PassedParameters,
): ReadonlyMap<string, unknown> =>
  new Map([
    ...pseudo.map(
      (name) =>
        [
          name,
          name === 'AWS::StackName' && passed !== undefined
            ? passed.stackName
            : pseudoValue(template, name, values.get(name)),
        ] as const,
    ),
    ...[...template.parameters].map(([name, parameter]) => {
      const outer = passed?.values.get(name)
      const isOpen = outer === undefined || (isUnresolved(outer) && values.has(name))
      const value = isOpen
        ? valueOf(name, parameter, values.get(name))
        : passedValue(name, parameter, outer)
      return [name, value] as const
    }),
    ...[...values].filter(([name]) => isAttributeName(name)),
  ])

/** A value that a parent passes: a text, a list, or a placeholder. */
const passedValue = (name: string, parameter: unknown, outer: unknown): unknown => {
  if (isScalar(outer)) return valueOf(name, parameter, String(outer))
  if (!Array.isArray(outer)) return outer
  const texts = outer.every(isScalar) ? outer.map(String).join(',') : undefined
  return texts === undefined ? outer : valueOf(name, parameter, texts)
}

/** True for a name such as `Count.DesiredCount`, which no parameter can have. */
export const isAttributeName = (name: string): boolean => /^[A-Za-z0-9]+\../.test(name)

const pseudoValue = (template: Template, name: string, given: string | undefined): unknown => {
  if (name === 'AWS::NoValue') return undefined
  if (name === 'AWS::StackName') return given ?? stackNameOf(template)
  return given ?? openParameter(name, `${name} was not given`)
}

/**
 * The name of a stack is chosen when it is created; until then it is the name of the template's
 * file.
 */
const stackNameOf = ({ from }: Template): string =>
  from
    .slice(from.lastIndexOf('/') + 1)
    .replace(/\.(json|ya?ml|template)\b/gi, '')
    .replace(/[^A-Za-z0-9]+/g, '-')

const parameterField = (parameter: unknown, name: string): unknown =>
  isObject(parameter) ? own(parameter, name) : undefined

/** True for a text, a number or a truth value. */
export const isScalar = (value: unknown): value is string | number | boolean =>
  ['string', 'number', 'boolean'].includes(typeof value)

const parameterText = (parameter: unknown, given: string | undefined): string | undefined => {
  const byDefault = parameterField(parameter, 'Default')
  return given ?? (isScalar(byDefault) ? String(byDefault) : undefined)
}

/** The type of a parameter; an empty text for what is no type. */
const parameterType = (parameter: unknown): string => {
  const type = parameterField(parameter, 'Type')
  return typeof type === 'string' ? type : ''
}

const valueOf = (name: string, parameter: unknown, given: string | undefined): unknown => {
  const [type, text] = [parameterType(parameter), parameterText(parameter, given)]
  if (text === undefined)
    return openParameter(name, `parameter ${name} has no Default, and no value was given`)
  if (type.startsWith('AWS::SSM::Parameter::Value<'))
    return unresolvedValue(`Ref ${name}`, `it is what the Systems Manager has under ${text}`)
  return isListType(type) ? membersOf(text) : text
}

const isListType = (type: string): boolean =>
  type === 'CommaDelimitedList' || type.startsWith('List<')

const membersOf = (text: string): readonly string[] => text.split(',').map((each) => each.trim())

/**
 * The given values and the defaults that break the template's own limits, such as AllowedValues.
 */
export const badParameters = (
  { from, parameters }: Template,
  { from: giver, values, origins }: TemplateParameters,
): readonly DocumentFault[] =>
  [...parameters].flatMap(([name, parameter]) => {
    const given = values.get(name)
    const at: Path = ['Parameters', name, ...(given === undefined ? ['Default'] : [])]
    const byDefault = parameterField(parameter, 'Default')
    if (given === undefined && byDefault !== undefined && !isScalar(byDefault))
      return [bad(from, at, byDefault, 'a text or a number')]
    const wrong = badAllowedValues(parameter)
    if (wrong !== undefined)
      return [bad(from, ['Parameters', name, ...wrong.at], wrong.value, wrong.expected)]
    const text = parameterText(parameter, given)
    if (text === undefined) return []
    const type = parameterType(parameter)
    return (isListType(type) ? membersOf(text) : [text]).flatMap((value) => {
      const expected = expectedOf(parameter, type, value)
      if (expected === undefined) return []
      const { found, ...rest } = bad(from, at, value, expected)
      return [
        {
          ...rest,
          found: given === undefined ? found : `${found} from ${origins?.get(name) ?? giver}`,
        },
      ]
    })
  })

/** What is wrong with the list of allowed values of a parameter, if anything. */
const badAllowedValues = (parameter: unknown) => {
  const allowed = parameterField(parameter, 'AllowedValues')
  if (!Array.isArray(allowed)) return undefined
  const index = allowed.findIndex((each) => !isScalar(each))
  return index < 0
    ? undefined
    : {
        at: ['AllowedValues', index] as Path,
        value: allowed[index] as unknown,
        expected: 'a text or a number',
      }
}

/** What was expected instead of a value; `undefined` when the value is allowed. */
const expectedOf = (parameter: unknown, type: string, value: string): string | undefined => {
  const allowed = parameterField(parameter, 'AllowedValues')
  if (Array.isArray(allowed) && !allowed.some((each) => String(each) === value))
    return `one of its AllowedValues, ${someOf(allowed.map(String))}`
  if ((type === 'Number' || type === 'List<Number>') && !/^[-+]?\d+(\.\d+)?$/.test(value))
    return 'a number'
  const bounds: readonly (readonly [name: string, amount: number, sign: 1 | -1])[] = [
    ['MinValue', Number(value), 1],
    ['MaxValue', Number(value), -1],
    ['MinLength', value.length, 1],
    ['MaxLength', value.length, -1],
  ]
  const broken = bounds.find(([name, amount, sign]) => {
    const bound = parameterField(parameter, name)
    return isScalar(bound) && (amount - Number(bound)) * sign < 0
  })
  return broken === undefined
    ? undefined
    : `a value within its ${broken[0]}, ${String(parameterField(parameter, broken[0]))}`
}

/** Errors for parameters that no template declares, as they are misspelt. */
export const unknownParameters = (
  documents: readonly SourceDocument[],
  { from, values, origins = new Map() }: TemplateParameters,
): readonly DocumentFault[] => {
  const templates = documents.map(templateOf)
  const names = templates.flatMap(({ parameters }) => [...parameters.keys()])
  const known = new Set([...names, ...(templates.length === 0 ? [] : pseudo)])
  const isAttribute = (name: string): boolean =>
    isAttributeName(name) &&
    templates.some(({ resources }) => resources.has(name.slice(0, name.indexOf('.'))))
  return [...values.keys()]
    .filter((name) => (!known.has(name) && !isAttribute(name)) || name === 'AWS::NoValue')
    .map((name, i) => ({
      ...{ from: origins.get(name) ?? from, at: [], found: renderValue(name) },
      expected: expectedName(name, names, templates, i < nearNamesMax),
    }))
}

/** For so many unknown names near ones are looked for: each costs a look at all that are known. */
const nearNamesMax = 100

const expectedName = (
  name: string,
  names: readonly string[],
  templates: readonly Template[],
  hasSuggestion: boolean,
): string => {
  if (!hasSuggestion) return 'a parameter of a template'
  if (isAttributeName(name)) {
    const resources = new Set(templates.flatMap((each) => [...each.resources.keys()]))
    return `an attribute of a resource, such as ${nearestNames(name, resources).join(', ')}`
  }
  return names.length === 0
    ? 'nothing, as no template has parameters'
    : `a parameter of a template, such as ${nearestNames(name, new Set(names)).join(', ')}`
}
