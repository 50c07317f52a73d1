/** Reads inputs to damage: the examples of the documents, and files beside this one. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import type { Specimen } from './fuzz.js'

const textsIn = (path: string): readonly string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path)
        .sort()
        .flatMap((name) => textsIn(join(path, name)))
    : /\.(ya?ml|json)$/.test(path)
      ? [path]
      : []

/** Tags of CloudFormation, as the long form of their functions. */
const customTags = ['Ref', 'Sub', 'GetAtt', 'If', 'Equals', 'ImportValue', 'Join', 'Select'].map(
  (name) => ({
    tag: `!${name}`,
    resolve: (text: string) => ({ [name === 'Ref' ? name : `Fn::${name}`]: text }),
  }),
)

const documentsIn = (path: string): readonly unknown[] =>
  parseAllDocuments(readFileSync(path, 'utf8'), { customTags, logLevel: 'silent' })
    .map((document): unknown =>
      document.errors.length > 0 ? undefined : (document.toJS() as unknown),
    )
    .filter((value) => value !== undefined && value !== null)

/** A specimen of each file below the folders, and of each folder whose files belong together. */
export const specimensIn = (
  folders: readonly string[],
  together: readonly string[] = [],
): readonly Specimen[] =>
  [
    ...folders.flatMap((folder) => textsIn(folder).map((path) => [path, [path]] as const)),
    ...together.map((folder) => [folder, textsIn(folder)] as const),
  ]
    .map(([name, paths]) => ({
      name,
      texts: paths.map(documentsIn).filter((documents) => documents.length > 0),
    }))
    .filter(({ texts }) => texts.length > 0)
