/**
 * Finds the template of a nested stack among the documents of the input. Uses the first of these
 * that exists:
 *
 * 1. the file that the AWS CDK names in the metadata of the resource;
 * 2. the file of the CDK asset whose name in S3 is the last part of the TemplateURL;
 * 3. the file at the TemplateURL, a path relative to the template of the parent;
 * 4. the one file whose path shares the longest ending with the TemplateURL.
 *
 * Sources: AWS CloudFormation Template Reference, AWS::CloudFormation::Stack, TemplateURL; AWS CLI
 * Command Reference, cloudformation package; AWS CDK, cloud assembly schema (asset manifest).
 */
import { isObject, own, type SourceDocument } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import type { AssemblyStack } from './assembly.js'
import { evaluate, type Scope } from './intrinsic.js'
import { isAddress, normalPath, pathBeside, stepsIn } from './path.js'
import { referenceCall } from './reference.js'
import { propertiesOf, type Template } from './template.js'
import { isUnresolved, unresolvedText } from './unresolved.js'

/** Where the templates of nested stacks are looked for. */
export interface TemplateFiles {
  readonly templates: readonly Template[]
  /** The path of the file of each asset, by the name of its object in S3. */
  readonly assets: ReadonlyMap<string, string>
  /** The stacks of cloud assemblies, by the path of the file of their template. */
  readonly stacks: ReadonlyMap<string, AssemblyStack>
}

/** The files of the lists of assets among documents. */
export const assetsIn = (documents: readonly SourceDocument[]): ReadonlyMap<string, string> =>
  new Map(
    documents.flatMap(({ from, value }) => {
      const files = isObject(value) ? own(value, 'files') : undefined
      return isObject(files)
        ? Object.values(files).flatMap((file: unknown) => objectsOf(from, file))
        : []
    }),
  )

const objectsOf = (from: string, file: unknown): readonly (readonly [string, string])[] => {
  const source = isObject(file) ? own(file, 'source') : undefined
  const path = isObject(source) ? own(source, 'path') : undefined
  const destinations = isObject(file) ? own(file, 'destinations') : undefined
  if (typeof path !== 'string' || !isObject(destinations)) return []
  return Object.values(destinations).flatMap((destination: unknown) => {
    const key = isObject(destination) ? own(destination, 'objectKey') : undefined
    return typeof key === 'string' ? [[stepsIn(key).at(-1)!, pathBeside(from, path)] as const] : []
  })
}

/**
 * The template of a nested stack; a `Left` says why none is found. The lists of assets of a cloud
 * assembly map objects in S3 to files. `aws cloudformation package` reads a relative path in the
 * same way.
 */
export const nestedTemplate = (
  { templates, assets }: TemplateFiles,
  scope: Scope,
  resource: unknown,
): E.Either<string, Template> => {
  const { from } = scope.template
  const others = templates.filter((one) => one.from !== from)
  const at = (path: string): Template | undefined =>
    others.find((one) => normalPath(one.from) === path)
  const metadata = isObject(resource) ? own(resource, 'Metadata') : undefined
  const asset = isObject(metadata) ? own(metadata, 'aws:asset:path') : undefined
  const ofAsset = typeof asset === 'string' ? at(pathBeside(from, asset)) : undefined
  if (ofAsset !== undefined) return E.right(ofAsset)
  const properties = propertiesOf(resource)
  const written = isObject(properties) ? own(properties, 'TemplateURL') : undefined
  const url = evaluate(scope, written)
  const text = typeof url === 'string' ? url : endOf(scope, written)
  const steps = text === undefined ? [] : stepsIn(text)
  const name = steps.at(-1)
  if (text === undefined || name === undefined)
    return E.left(`its TemplateURL is ${isUnresolved(url) ? unresolvedText(url) : 'not written'}`)
  const exact = at(assets.get(name) ?? (isAddress(text) ? '' : pathBeside(from, text)))
  return exact === undefined ? byEnd(others, steps, text) : E.right(exact)
}

/** The one template whose path ends with most of these steps, the last one at least. */
const byEnd = (
  templates: readonly Template[],
  steps: readonly string[],
  text: string,
): E.Either<string, Template> => {
  const shared = templates.map((one) => sharedEnd(stepsIn(one.from), steps))
  const most = shared.reduce((a, b) => Math.max(a, b), 0)
  const best = most === 0 ? [] : templates.filter((_, i) => shared[i] === most)
  const [only] = best
  if (only === undefined) return E.left(`no template among the files is ${text}`)
  return best.length === 1
    ? E.right(only)
    : E.left(`several files may be ${text}: ${best.map(({ from }) => from).join(', ')}`)
}

const sharedEnd = (path: readonly string[], steps: readonly string[]): number => {
  let shared = 0
  while (shared < steps.length && path.at(-1 - shared) === steps.at(-1 - shared)) shared++
  return shared
}

/** The end of an address whose beginning, such as the bucket, is not known. */
const endOf = (scope: Scope, written: unknown): string | undefined => {
  const [name, argument] = referenceCall(written) ?? []
  const given: readonly unknown[] = Array.isArray(argument) ? argument : [argument]
  const [first, second] = given
  if (name === 'Fn::Join' && Array.isArray(second)) {
    const last = evaluate(scope, second.at(-1))
    return typeof last === 'string' ? last : endOf(scope, second.at(-1))
  }
  if (name !== 'Fn::Sub' || typeof first !== 'string') return undefined
  const known = first.slice(first.lastIndexOf('}') + 1)
  return known.includes('/') ? known.slice(known.indexOf('/')) : undefined
}
