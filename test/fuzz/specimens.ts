/**
 * Loads the specimens, which are sample inputs that the fuzzer damages, from the YAML and JSON
 * files of folders such as `docs/examples`.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isLeft } from 'fp-ts/lib/Either.js'
import { documentsOf } from '../../packages/workbench/src/text/documents.js'
import type { Specimen } from './fuzz.js'

const textsIn = (path: string): readonly string[] =>
  statSync(path).isDirectory()
    ? readdirSync(path)
        .sort()
        .flatMap((name) => textsIn(join(path, name)))
    : /\.(ya?ml|json)$/.test(path)
      ? [path]
      : []

/** A file that cannot be parsed has no documents. */
const documentsIn = (path: string): readonly unknown[] => {
  const read = documentsOf([{ file: path, text: readFileSync(path, 'utf8') }])
  return isLeft(read) ? [] : read.right.map(({ value }) => value)
}

/**
 * A specimen of each file below the folders, and of each folder whose files belong together; these
 * files are none by themselves.
 */
export const specimensIn = (
  folders: readonly string[],
  together: readonly string[] = [],
): readonly Specimen[] =>
  [
    ...folders
      .flatMap(textsIn)
      .filter((path) => !together.some((folder) => path.startsWith(`${folder}/`)))
      .map((path) => [path, [path]] as const),
    ...together.map((folder) => [folder, textsIn(folder)] as const),
  ]
    .map(([name, paths]) => ({
      name,
      texts: paths.map(documentsIn).filter((documents) => documents.length > 0),
    }))
    .filter(({ texts }) => texts.length > 0)

/** The folders of the examples whose files belong together. */
export const exampleSets: readonly string[] = [
  'cloudformation',
  'running',
  'shop-on-fargate',
  'shop/ecs',
  'shop/kubernetes',
  'stacks',
].map((folder) => `docs/examples/${folder}`)
