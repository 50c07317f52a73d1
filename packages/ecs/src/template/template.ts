/**
 * Recognizes a CloudFormation template and splits it into its sections, such as Parameters and
 * Resources, without evaluating them.
 *
 * Source: AWS CloudFormation User Guide, template anatomy.
 */
import {
  isObject,
  nestingFaults,
  own,
  type DocumentFault,
  type Path,
  type SourceDocument,
} from '@stowage/documents'
import { renderValue } from '@stowage/kernel'

/** The entries of a section by name. */
export type Section = ReadonlyMap<string, unknown>

/** The sections of a template that are read. */
export interface Template {
  readonly from: string
  readonly parameters: Section
  readonly mappings: Section
  readonly conditions: Section
  readonly resources: Section
  readonly outputs: Section
  /** True with a macro, which may add names that the template does not have yet. */
  readonly isTransformed: boolean
  /** True with the language extensions, by which a `Ref` may compute its name. */
  readonly isExtended: boolean
  /** The loops that stand for resources and are not expanded, by their keys. */
  readonly loops: Section
  /** The values of parameters that decided what loops go over. */
  readonly looped: Section
}

const sections = ['Parameters', 'Mappings', 'Conditions', 'Resources', 'Outputs'] as const

/**
 * True for a document with Resources that declares AWSTemplateFormatVersion, or has a loop or a
 * resource with a type such as `AWS::ECS::Service`.
 */
export const isTemplate = (value: unknown): boolean => {
  if (!isObject(value)) return false
  const resources = own(value, 'Resources')
  if (!isObject(resources)) return false
  return (
    Object.hasOwn(value, 'AWSTemplateFormatVersion') ||
    hasLoop(resources) ||
    Object.values(resources).some((resource) => typeOf(resource)?.includes('::') === true)
  )
}

/** The type of a resource, such as `AWS::ECS::Service`. */
export const typeOf = (resource: unknown): string | undefined => {
  const type = isObject(resource) ? own(resource, 'Type') : undefined
  return typeof type === 'string' ? type : undefined
}

/** True for a loop of the language extensions, which is a list and stands for several resources. */
export const isLoop = (name: string): boolean => name.startsWith('Fn::ForEach::')

/** The properties of a resource; empty when it has none. */
export const propertiesOf = (resource: unknown): unknown =>
  isObject(resource) ? (own(resource, 'Properties') ?? {}) : {}

/** The sections that may have loops. */
export const loopSections = ['Conditions', 'Resources', 'Outputs'] as const

/** The transform of the language extensions, which is applied. */
export const extensions = 'AWS::LanguageExtensions'

/** The names of the macros for all of a template. */
export const transformsOf = (value: object): readonly unknown[] =>
  [own(value, 'Transform') ?? []].flat()

/** Splits a document into sections. */
export const templateOf = ({ from, value }: SourceDocument): Template => {
  const [parameters, mappings, conditions, resources, outputs] = sections.map((name) =>
    sectionOf(isObject(value) ? own(value, name) : undefined),
  ) as [Section, Section, Section, Section, Section]
  const written = isObject(value) ? own(value, 'Resources') : undefined
  const loops = new Map(
    isObject(written) ? Object.entries(written).filter(([name]) => isLoop(name)) : [],
  )
  const transforms = isObject(value) ? transformsOf(value) : []
  const isTransformed =
    loopSections.some((name) => hasLoop(isObject(value) ? own(value, name) : undefined)) ||
    transforms.some((name) => name !== extensions)
  const isExtended = transforms.includes(extensions)
  const split = { parameters, mappings, conditions, resources, outputs }
  return { from, ...split, isTransformed, isExtended, loops, looped: new Map() }
}

const hasLoop = (section: unknown): boolean =>
  isObject(section) && Object.keys(section).some(isLoop)

const sectionOf = (value: unknown): Section =>
  new Map(isObject(value) ? Object.entries(value).filter(([name]) => !isLoop(name)) : [])

/** The faults of a document that has not the shape of a template. */
export const misshapen = (document: SourceDocument): readonly DocumentFault[] => {
  const deep = nestingFaults(document)
  return deep.length > 0 ? deep : badSections(document)
}

const badSections = ({ from, value }: SourceDocument): readonly DocumentFault[] =>
  sections.flatMap((name) => {
    const section = isObject(value) ? own(value, name) : undefined
    if (section === undefined) return []
    if (!isObject(section)) return [bad(from, [name], section, 'an object, with a name for each')]
    return name === 'Resources' || name === 'Parameters' ? memberFaults(from, name, section) : []
  })

const memberFaults = (from: string, section: string, value: object): readonly DocumentFault[] =>
  Object.entries(value).flatMap(([name, member]: [string, unknown]) => {
    if (isLoop(name)) return []
    if (typeOf(member) === undefined)
      return [
        bad(
          from,
          [section, name, 'Type'],
          isObject(member) ? own(member, 'Type') : member,
          'a type',
        ),
      ]
    const properties = propertiesOf(member)
    return section === 'Resources' && !isObject(properties)
      ? [bad(from, [section, name, 'Properties'], properties, 'an object')]
      : []
  })

/** A fault at a path of a document. */
export const bad = (from: string, at: Path, found: unknown, expected: string): DocumentFault => ({
  ...{ from, at, found: renderValue(found), expected },
})
