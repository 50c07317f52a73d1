/**
 * Splits documents into parts. A part is one ECS object, such as a service. A document is (1) JSON
 * as the API writes it, or (2) a CloudFormation template, which is evaluated with its parameters.
 */
import {
  nestingFaults,
  type DocumentFault,
  type IgnoredDocument,
  type SourceDocument,
} from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { filesInAssemblies } from '../template/assembly-files.js'
import { unknownParameters, type TemplateParameters } from '../template/parameter.js'
import { partsOfTemplates } from '../template/part.js'
import { isTemplate } from '../template/template.js'
import { kindOf } from '../words/kind.js'
import { partsOf, type Part } from '../words/part.js'
import type { EcsWarning } from '../words/warning.js'

/** The parts of all documents. */
export interface Source {
  /** In the order of the documents. */
  readonly parts: readonly Part[]
  readonly ignored: readonly IgnoredDocument[]
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
  const unknown = unknownParameters(templates, parameters)
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
