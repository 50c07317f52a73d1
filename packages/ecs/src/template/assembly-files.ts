/**
 * Selects the files of an AWS CDK cloud assembly that its manifest refers to, directly or through
 * other files. All other files are ignored, such as files of stacks that the app no longer has.
 *
 * 1. A manifest refers to the templates of stacks, to lists of assets, and to the manifests of
 *    nested assemblies.
 * 2. A list of assets refers to the templates of nested stacks.
 * 3. A template refers to the templates of its nested stacks by their paths.
 *
 * Source: AWS CDK, cloud assembly schema (manifest and asset manifest).
 */
import { isObject, own, type SourceDocument } from '@stowage/documents'
import type { EcsWarning } from '../words/warning.js'
import { kindOf } from '../words/kind.js'
import { isAddress, normalPath, pathBeside } from './path.js'
import { isTemplate, propertiesOf } from './template.js'

/** The documents to read, and a warning about each of the others. */
export interface AssemblyFiles {
  readonly documents: readonly SourceDocument[]
  readonly warnings: readonly EcsWarning[]
}

/** Leaves out the files of assemblies that no manifest names. */
export const filesInAssemblies = (documents: readonly SourceDocument[]): AssemblyFiles => {
  const files = new Map(documents.map((document) => [normalPath(document.from), document.value]))
  const manifests = [...files].flatMap(([file, value]) => (isOfApp(value) ? [file] : []))
  const roots = manifests.filter((file) => !manifests.some((other) => isInside(file, other)))
  const named = new Set(roots)
  for (const file of named)
    for (const next of namesIn(file, files.get(file))) if (files.has(next)) named.add(next)
  const unnamed = new Map(
    documents.flatMap((document) => {
      const file = normalPath(document.from)
      const root = roots.find((one) => one === file || isInside(file, one) || isBeside(file, one))
      const isLeftOut = root !== undefined && isOfAssembly(document.value) && !named.has(file)
      return isLeftOut ? [[document, root] as const] : []
    }),
  )
  return {
    documents: documents.filter((document) => !unnamed.has(document)),
    warnings: [...unnamed].map(([{ from }, root]) => ({
      ...{ code: 'FileNotInManifest', from, subject: from },
      text: 'the manifest of its cloud assembly does not name it, so it is left out, as a deployment would; plan it by itself if it is meant',
      detail: root,
    })),
  }
}

/** True for a manifest with an artifact of the CDK: a document of another tool may look alike. */
const isOfApp = (value: unknown): boolean =>
  kindOf(value) === 'assembly manifest' &&
  namedMembers(value, 'artifacts').some((one) =>
    textUnder(one, 'type').some((type) => /^(aws|cdk):/.test(type)),
  )

const folderOf = (file: string): string => file.slice(0, file.lastIndexOf('/') + 1)

const isBeside = (file: string, manifest: string): boolean => folderOf(file) === folderOf(manifest)

/** True for a file in a folder within that of a manifest. */
const isInside = (file: string, manifest: string): boolean => {
  const folder = folderOf(manifest)
  const isWithin = folder === '' ? !/^(\/|\.\.\/)/.test(file) : file.startsWith(folder)
  return isWithin && !isBeside(file, manifest)
}

const isOfAssembly = (value: unknown): boolean => {
  const kind = kindOf(value)
  return isTemplate(value) || kind === 'asset list' || kind === 'assembly manifest'
}

/** The paths that a file of an assembly names. */
const namesIn = (file: string, value: unknown): readonly string[] => {
  const written = isTemplate(value)
    ? namedMembers(value, 'Resources').flatMap(nestedPaths)
    : kindOf(value) === 'asset list'
      ? namedMembers(value, 'files').flatMap((one) => textUnder(one, 'source', 'path'))
      : namedMembers(value, 'artifacts').flatMap(pathsOfArtifact)
  return written.map((path) => pathBeside(file, path))
}

const namedMembers = (value: unknown, section: string): readonly unknown[] => {
  const members = isObject(value) ? own(value, section) : undefined
  return isObject(members) ? Object.values(members) : []
}

const textUnder = (value: unknown, ...names: readonly string[]): readonly string[] => {
  const found = names.reduce<unknown>(
    (outer, name) => (isObject(outer) ? own(outer, name) : undefined),
    value,
  )
  return typeof found === 'string' ? [found] : []
}

/** A stack has a template, a list of assets a file, and a nested assembly a folder. */
const pathsOfArtifact = (artifact: unknown): readonly string[] => [
  ...textUnder(artifact, 'properties', 'templateFile'),
  ...textUnder(artifact, 'properties', 'file'),
  ...textUnder(artifact, 'properties', 'directoryName').map((folder) => `${folder}/manifest.json`),
]

const nestedPaths = (resource: unknown): readonly string[] => [
  ...textUnder(resource, 'Metadata', 'aws:asset:path'),
  ...textUnder(propertiesOf(resource), 'TemplateURL').filter((url) => !isAddress(url)),
]
