/**
 * Splits documents into parts, each one object of Amazon ECS. A document is (1) JSON as the API
 * writes it, or (2) a CloudFormation template, which is evaluated with its parameters.
 */
import {
  nearestNames,
  nestingFaults,
  type DocumentFault,
  type Ignored,
  type SourceDocument,
} from '@stowage/documents'
import { shown } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { filesInAssemblies } from '../template/assembly-files.js'
import { isAttributeName, pseudo, type TemplateParameters } from '../template/parameter.js'
import { partsOfTemplates } from '../template/part.js'
import { isTemplate, templateOf, type Template } from '../template/template.js'
import { kindOf } from '../words/kind.js'
import { partsOf, type Part } from '../words/part.js'
import type { EcsWarning } from '../words/warning.js'

/** The parts of all documents. */
export interface Source {
  /** In the order of the documents. */
  readonly parts: readonly Part[]
  readonly ignored: readonly Ignored[]
  readonly warnings: readonly EcsWarning[]
}

/** Splits all documents. A template is evaluated with the parameters that it declares. */
export const sourceOf = (
  all: readonly SourceDocument[],
  parameters: TemplateParameters,
): E.Either<readonly DocumentFault[], Source> => {
  const deep = all.flatMap(nestingFaults)
  if (deep.length > 0) return E.left(deep)
  const { documents, warnings } = filesInAssemblies(all)
  const templates = documents.filter(({ value }) => isTemplate(value))
  const unknown = unknownIn(templates, parameters)
  const assemblies = documents.filter(({ value }) => {
    const kind = kindOf(value)
    return kind === 'asset list' || kind === 'assembly manifest'
  })
  const made = partsOfTemplates(templates, parameters, assemblies)
  if (E.isLeft(made)) return E.left([...unknown, ...made.left])
  if (unknown.length > 0) return E.left(unknown)
  const ofTemplates = new Map(made.right.map((each, i) => [templates[i]!, each]))
  const sources = documents.map(
    (document) => ofTemplates.get(document) ?? { ...partsOf(document), warnings: [] },
  )
  return E.right({
    parts: sources.flatMap(({ parts }) => parts),
    ignored: sources.flatMap(({ ignored }) => ignored),
    warnings: [...warnings, ...sources.flatMap((one) => one.warnings)],
  })
}

/** Errors for parameters that no template declares, as they are misspelt. */
const unknownIn = (
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
    .map((name) => ({
      ...{ from: origins.get(name) ?? from, at: [], found: shown(name) },
      expected: expectedName(name, names, templates),
    }))
}

const expectedName = (
  name: string,
  names: readonly string[],
  templates: readonly Template[],
): string => {
  if (isAttributeName(name)) {
    const resources = new Set(templates.flatMap((each) => [...each.resources.keys()]))
    return `an attribute of a resource, such as ${nearestNames(name, resources).join(', ')}`
  }
  return names.length === 0
    ? 'nothing, as no template has parameters'
    : `a parameter of a template, such as ${nearestNames(name, new Set(names)).join(', ')}`
}
