/**
 * Reads the parameters of CloudFormation templates: texts as `--parameter` takes them,
 * `NAME=VALUE`, and files in the forms that AWS's tools take. A value in a text replaces a value of
 * the same name in a file.
 *
 * Source: AWS CLI Command Reference, cloudformation create-stack and deploy; AWS CodePipeline User
 * Guide, template configuration file.
 */
import {
  collectAll,
  duplicates,
  isObject,
  own,
  type DocumentFault,
  type SourceDocument,
} from '@stowage/documents'
import type { TemplateParameters } from '@stowage/ecs'
import { renderValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { documentsOf, type SourceText } from './documents.js'
import type { Faults } from './fault.js'

const from = '--parameter'

/** A parameter with the text or the file that it is from. */
interface GivenParameter {
  readonly name: string
  readonly value: string
  readonly from: string
}

/**
 * The values by name, or every text and file of another form, and every name that is there twice
 * among the texts or among the files.
 */
export const parametersOf = (
  texts: readonly string[],
  files: readonly SourceText[] = [],
): E.Either<Faults, TemplateParameters> => {
  const documents = documentsOf(files)
  if (E.isLeft(documents)) return documents
  const ofFiles = collectAll(documents.right.map(givenIn))
  const ofTexts = collectAll(
    texts.map((text) =>
      pipe(
        givenOf(text, from),
        E.map((one) => [one]),
      ),
    ),
  )
  if (E.isLeft(ofFiles) || E.isLeft(ofTexts))
    return E.left([ofFiles, ofTexts].flatMap((each) => (E.isLeft(each) ? each.left : [])))
  const [fromFiles, fromTexts] = [ofFiles.right.flat(), ofTexts.right.flat()]
  const wrong = [...givenTwice(fromFiles), ...givenTwice(fromTexts)]
  if (wrong.length > 0) return E.left(wrong)
  const all = [...fromFiles, ...fromTexts]
  return E.right({
    from,
    values: new Map(all.map(({ name, value }) => [name, value])),
    origins: new Map(all.map((each) => [each.name, each.from])),
  })
}

const givenTwice = (all: readonly GivenParameter[]): Faults =>
  duplicates(all, ({ name }) => name).map(({ item }) => ({
    ...{ from: item.from, at: [], found: JSON.stringify(textOf(item)) },
    expected: 'every parameter once',
  }))

const textOf = ({ name, value }: GivenParameter): string => `${name}=${value}`

const givenOf = (text: string, origin: string): E.Either<Faults, GivenParameter> => {
  const [, name = '', value = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? []
  return name === ''
    ? E.left([{ from: origin, at: [], found: JSON.stringify(text), expected: 'NAME=VALUE' }])
    : E.right({ name, value, from: origin })
}

/**
 * The parameters of a file: `{"Parameters": {NAME: VALUE}}`, or a list of `{"ParameterKey": NAME,
 * "ParameterValue": VALUE}` or of `"NAME=VALUE"`.
 */
const givenIn = ({
  from: file,
  value,
}: SourceDocument): E.Either<Faults, readonly GivenParameter[]> => {
  if (Array.isArray(value))
    return collectAll(value.map((item: unknown, i) => givenInItem(file, item, i)))
  const parameters = isObject(value) ? own(value, 'Parameters') : undefined
  if (!isObject(parameters) || Array.isArray(parameters))
    return E.left([malformedFile(file, value)])
  return collectAll(
    Object.entries(parameters).map(([name, member]) =>
      givenValue(file, ['Parameters', name], name, member),
    ),
  )
}

const givenInItem = (file: string, item: unknown, i: number): E.Either<Faults, GivenParameter> => {
  if (typeof item === 'string') return givenOf(item, file)
  const name = isObject(item) ? own(item, 'ParameterKey') : undefined
  if (!isObject(item) || typeof name !== 'string')
    return E.left([{ ...malformedFile(file, item), at: [i] }])
  return givenValue(file, [i, 'ParameterValue'], name, own(item, 'ParameterValue'))
}

/** A list is a text with commas, as CloudFormation takes it. */
const givenValue = (
  file: string,
  at: DocumentFault['at'],
  name: string,
  member: unknown,
): E.Either<Faults, GivenParameter> => {
  const value = Array.isArray(member) ? member.map(scalarText) : scalarText(member)
  const text = Array.isArray(value)
    ? value.includes(undefined)
      ? undefined
      : value.join(',')
    : value
  return text === undefined
    ? E.left([
        { from: file, at, found: renderValue(member), expected: 'a text, a number or a list' },
      ])
    : E.right({ name, value: text, from: file })
}

const scalarText = (value: unknown): string | undefined =>
  ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined

const malformedFile = (file: string, value: unknown): DocumentFault => ({
  from: file,
  at: [],
  found: renderValue(value),
  expected:
    '{"Parameters": {NAME: VALUE}}, or a list of {"ParameterKey": NAME, "ParameterValue": VALUE}',
})
