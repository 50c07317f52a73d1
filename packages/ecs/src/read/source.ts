/**
 * Splits documents into parts, each one object of Amazon ECS. A document is (1) JSON as the API
 * writes it, or (2) a CloudFormation template, which is evaluated with its parameters.
 */
import {
  nearestNames,
  type DocumentFault,
  type Ignored,
  type SourceDocument,
} from '@stowage/documents'
import { shown } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { pseudo, type TemplateParameters } from '../template/parameter.js'
import { partsOfTemplate } from '../template/part.js'
import { isTemplate, templateOf } from '../template/template.js'
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
  documents: readonly SourceDocument[],
  parameters: TemplateParameters,
): E.Either<readonly DocumentFault[], Source> => {
  const { left, right } = RA.separate(
    documents.map((document) =>
      isTemplate(document.value)
        ? partsOfTemplate(document, parameters)
        : E.right({ ...partsOf(document), warnings: [] }),
    ),
  )
  const bad = [...unknownIn(documents, parameters), ...left.flat()]
  if (bad.length > 0) return E.left(bad)
  return E.right({
    parts: right.flatMap(({ parts }) => parts),
    ignored: right.flatMap(({ ignored }) => ignored),
    warnings: right.flatMap(({ warnings }) => warnings),
  })
}

/** Errors for parameters that no template declares, as they are misspelt. */
const unknownIn = (
  documents: readonly SourceDocument[],
  { from, values }: TemplateParameters,
): readonly DocumentFault[] => {
  const templates = documents.filter(({ value }) => isTemplate(value)).map(templateOf)
  const names = templates.flatMap(({ parameters }) => [...parameters.keys()])
  const known = new Set([...names, ...(templates.length === 0 ? [] : pseudo)])
  return [...values.keys()]
    .filter((name) => !known.has(name) || name === 'AWS::NoValue')
    .map((name) => ({
      ...{ from, at: [], found: shown(name) },
      expected:
        names.length === 0
          ? 'nothing, as no template has parameters'
          : `a parameter of a template, such as ${nearestNames(name, new Set(names)).join(', ')}`,
    }))
}
