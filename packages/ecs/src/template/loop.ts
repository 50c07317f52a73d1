/**
 * Expands the loops of a CloudFormation template, `Fn::ForEach`, as the transform
 * `AWS::LanguageExtensions` does: replaces each loop by one copy of its body for each item of its
 * collection. A loop stays when its collection is unknown, or when its copies would overwrite keys.
 *
 * Source: AWS CloudFormation Template Reference, Fn::ForEach and AWS::LanguageExtensions.
 */
import { isObject, own, type SourceDocument } from '@stowage/documents'
import { evaluate, lettersMax, type Scope } from './intrinsic.js'
import { isScalar, parameterValues, type TemplateParameters } from './parameter.js'
import { namesReferredIn, referenceCall } from './reference.js'
import {
  loopSections,
  extensions,
  isLoop,
  templateOf,
  transformsOf,
  type Section,
} from './template.js'

/** The texts of the identifiers of the loops around a value. */
type Identifiers = ReadonlyMap<string, string>

/** A document whose loops are expanded, and the values of parameters that they went over. */
export interface ExpandedDocument {
  readonly document: SourceDocument
  readonly looped: Section
}

/**
 * Expands the loops of a template by the values of its parameters. In each copy, the text of the
 * collection stands for the identifier of the loop.
 */
export const expandLoops = (
  document: SourceDocument,
  given: TemplateParameters,
): ExpandedDocument => {
  const { from, value } = document
  if (!isObject(value) || !transformsOf(value).includes(extensions))
    return { document, looped: new Map() }
  const template = templateOf(document)
  const parameters = parameterValues(template, given)
  const scope: Scope = {
    ...{ key: from, template, parameters, conditions: new Map(), imports: new Map() },
    nested: new Map(),
  }
  const looped = new Map<string, unknown>()
  let lettersLeft = lettersMax

  const expandValue = (inside: unknown, texts: Identifiers): unknown => {
    if (typeof inside === 'string') return withTexts(inside, texts)
    if (Array.isArray(inside)) return inside.map((item) => expandValue(item, texts))
    if (!isObject(inside)) return inside
    const [name, argument] = referenceCall(inside) ?? []
    const text = name === 'Ref' && typeof argument === 'string' ? texts.get(argument) : undefined
    return text ?? expandMembers(inside, texts)
  }
  const expandMembers = (object: object, texts: Identifiers): object => {
    const members = new Map<string, unknown>()
    for (const [key, member] of Object.entries(object) as readonly (readonly [string, unknown])[])
      if (!isLoop(key)) members.set(withTexts(key, texts), expandValue(member, texts))
    for (const [key, member] of Object.entries(object) as readonly (readonly [string, unknown])[]) {
      if (!isLoop(key)) continue
      const copies = copiesOf(member, texts)
      const isFree = copies?.every(([name]) => !members.has(name)) === true
      for (const [name, copy] of isFree ? copies : [[key, member] as const]) members.set(name, copy)
    }
    return Object.fromEntries(members)
  }
  const copiesOf = (loop: unknown, texts: Identifiers): readonly Copy[] | undefined => {
    const [identifier, collection, fragment] = Array.isArray(loop) ? (loop as unknown[]) : []
    if (typeof identifier !== 'string' || !isObject(fragment)) return undefined
    const values = evaluate(scope, expandValue(collection, texts))
    if (!Array.isArray(values) || !values.every(isScalar)) return undefined
    lettersLeft -= values.length * JSON.stringify(fragment).length
    if (lettersLeft < 0) return undefined
    for (const name of namesReferredIn(collection))
      if (template.parameters.has(name)) looped.set(name, parameters.get(name))
    const copies = values.flatMap((each) =>
      Object.entries(expandMembers(fragment, new Map([...texts, [identifier, String(each)]]))),
    )
    return new Set(copies.map(([name]) => name)).size === copies.length ? copies : undefined
  }

  const sections = loopSections.flatMap((name) => {
    const section = own(value, name)
    return isObject(section) ? [[name, expandMembers(section, new Map())] as const] : []
  })
  return { document: { from, value: { ...value, ...Object.fromEntries(sections) } }, looped }
}

type Copy = readonly [name: string, value: unknown]

/** `&{Identifier}` leaves out what a logical id cannot have. */
const withTexts = (text: string, texts: Identifiers): string =>
  [...texts].reduce(
    (before, [identifier, value]) =>
      before
        .replaceAll(`\${${identifier}}`, () => value)
        .replaceAll(`&{${identifier}}`, () => value.replace(/[^A-Za-z0-9]/g, '')),
    text,
  )
