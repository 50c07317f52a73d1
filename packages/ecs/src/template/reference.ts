/**
 * Checks the references of a CloudFormation template, such as `Ref` and `Fn::GetAtt`, without
 * evaluating it: each name must be defined, even in a branch that is not taken, and no references
 * may form a cycle.
 */
import { isObject, own, type DocumentFault, type Path } from '@stowage/documents'
import { bracesIn } from './braces.js'
import { circles, type Names } from './circle.js'
import { pseudo } from './parameter.js'
import { bad, propertiesOf, type Template } from './template.js'

/** One reference, with its path in the template; `value` is a parameter or a resource. */
export interface Reference {
  readonly to: 'value' | 'resource' | 'condition' | 'mapping'
  readonly name: string
  readonly at: Path
}

/** The function that an object calls, with its argument; `undefined` when the object is no call. */
export const referenceCall = (
  value: unknown,
): readonly [name: string, argument: unknown] | undefined => {
  if (!isObject(value)) return undefined
  const keys = Object.keys(value)
  const [key] = keys
  return keys.length === 1 && key !== undefined && (key === 'Ref' || key.startsWith('Fn::'))
    ? [key, own(value, key)]
    : undefined
}

/** The variables of an `Fn::Sub` in order; `${!Literal}` is not a variable. */
const variablesIn = (text: string): readonly string[] =>
  bracesIn(text).flatMap(({ inside }) => (inside.startsWith('!') ? [] : [inside.trim()]))

/** All references inside a value. */
const referencesIn = (value: unknown, at: Path = []): readonly Reference[] => {
  const call = referenceCall(value)
  if (call !== undefined) return ofCall(call[0], call[1], [...at, call[0]])
  if (Array.isArray(value)) return value.flatMap((item, i) => referencesIn(item, [...at, i]))
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, member]) => referencesIn(member, [...at, key]))
}

/** The names of the parameters and resources that a value refers to. */
export const namesReferredIn = (value: unknown): readonly string[] =>
  referencesIn(value).flatMap(({ to, name }) => (to === 'value' || to === 'resource' ? [name] : []))

const ofCall = (name: string, argument: unknown, at: Path): readonly Reference[] => {
  const [first, second] = [argument].flat() as readonly unknown[]
  const inside = referencesIn(argument, at)
  if (typeof first !== 'string') return inside
  switch (name) {
    case 'Ref':
      return [{ to: 'value', name: first, at }]
    case 'Fn::GetAtt':
      return [{ to: 'resource', name: resourceIn(first), at }, ...inside]
    case 'Fn::If':
      return [{ to: 'condition', name: first, at }, ...inside]
    case 'Fn::FindInMap':
      return [{ to: 'mapping', name: first, at }, ...inside]
    case 'Fn::Sub':
      return [...ofVariables(first, second, at), ...inside]
    default:
      return inside
  }
}

/** The part before the first dot. */
const resourceIn = (text: string): string => text.split('.')[0] ?? ''

const ofVariables = (text: string, given: unknown, at: Path): readonly Reference[] =>
  variablesIn(text)
    .filter((name) => !(isObject(given) && Object.hasOwn(given, name)))
    .map((name) =>
      name.includes('.')
        ? { to: 'resource', name: resourceIn(name), at }
        : { to: 'value', name, at },
    )

/** The references of a condition, which names another as `{ Condition: NAME }`. */
export const ofCondition = (value: unknown, at: Path = []): readonly Reference[] => {
  const named = isObject(value) ? own(value, 'Condition') : undefined
  if (typeof named === 'string') return [{ to: 'condition', name: named, at: [...at, 'Condition'] }]
  const call = referenceCall(value)
  if (call === undefined) return []
  const [name, argument] = call
  if (!['Fn::And', 'Fn::Or', 'Fn::Not'].includes(name) || !Array.isArray(argument))
    return referencesIn(value, at)
  return argument.flatMap((each, i) => ofCondition(each, [...at, name, i]))
}

const ofResource = (resource: unknown, at: Path): readonly Reference[] => {
  const [named, after] = isObject(resource)
    ? [own(resource, 'Condition'), own(resource, 'DependsOn')]
    : []
  const names = (value: unknown): readonly string[] =>
    [value].flat().filter((each): each is string => typeof each === 'string')
  return [
    ...names(named).map((name) => ({ to: 'condition' as const, name, at: [...at, 'Condition'] })),
    ...names(after).map((name) => ({ to: 'resource' as const, name, at: [...at, 'DependsOn'] })),
    ...referencesIn(propertiesOf(resource), [...at, 'Properties']),
  ]
}

/** For each name, its references. */
type Graph = ReadonlyMap<string, readonly Reference[]>

/**
 * The names of a section that each of its members refers to. A condition, a parameter or resource,
 * and a mapping may have the same name.
 */
const namesInSection = (graph: Graph, kinds: readonly Reference['to'][]): Names =>
  new Map(
    [...graph].map(([name, all]) => [
      name,
      new Set(all.filter(({ to }) => kinds.includes(to)).map((each) => each.name)),
    ]),
  )

const graphOf = (
  section: ReadonlyMap<string, unknown>,
  name: string,
  of: (value: unknown, at: Path) => readonly Reference[],
): Graph => new Map([...section].map(([key, value]) => [key, of(value, [name, key])]))

/**
 * Faults for undefined names and for cycles. A template with a macro may gain names, so its
 * undefined names are allowed.
 */
export const badReferences = (template: Template): readonly DocumentFault[] => {
  const conditions = graphOf(template.conditions, 'Conditions', ofCondition)
  const resources = graphOf(template.resources, 'Resources', ofResource)
  const outputs = graphOf(template.outputs, 'Outputs', (output, at) => [
    ...ofResource({ Condition: referenceField(output, 'Condition') }, at),
    ...referencesIn(referenceField(output, 'Value'), [...at, 'Value']),
  ])
  const all = [conditions, resources, outputs].flatMap((graph) => [...graph.values()].flat())
  return [
    ...(template.isTransformed ? [] : all.flatMap((reference) => toNothing(template, reference))),
    ...circles(namesInSection(conditions, ['condition'])).map((names) =>
      circular(template, 'Conditions', names),
    ),
    ...circles(namesInSection(resources, ['value', 'resource'])).map((names) =>
      circular(template, 'Resources', names),
    ),
  ]
}

const referenceField = (value: unknown, name: string): unknown =>
  isObject(value) ? own(value, name) : undefined

const toNothing = (template: Template, { to, name, at }: Reference): readonly DocumentFault[] => {
  const { from, parameters, mappings, conditions, resources } = template
  const known = {
    value: () => parameters.has(name) || resources.has(name) || pseudo.includes(name),
    resource: () => resources.has(name),
    condition: () => conditions.has(name),
    mapping: () => mappings.has(name),
  }
  const words = {
    value: 'the name of a parameter or of a resource of the template',
    resource: 'the name of a resource of the template',
    condition: 'the name of a condition of the template',
    mapping: 'the name of a mapping of the template',
  }
  return known[to]() ? [] : [bad(from, at, name, words[to])]
}

/** Of a long circle the first names, and its end. */
const circleText = (names: readonly string[]): string =>
  names.length <= circleMax + 1
    ? names.join(' -> ')
    : [
        ...names.slice(0, circleMax),
        `${names.length - 1 - circleMax} more`,
        names[names.length - 1]!,
      ].join(' -> ')
const circleMax = 20

const circular = (
  { from }: Template,
  section: string,
  names: readonly string[],
): DocumentFault => ({
  ...{ from, at: [section, names[0]!] },
  ...{ found: `a circle, ${circleText(names)}`, expected: 'nothing that needs itself' },
})
