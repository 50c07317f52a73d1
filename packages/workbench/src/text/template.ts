/**
 * Recognizes a template that was not rendered, such as a Helm template, and merges the errors of
 * all templates of a chart into one. A template action, such as `{{ .Values.name }}`, is invalid
 * YAML, or YAML with another meaning.
 *
 * Source: Helm documentation, "The Chart Template Developer's Guide".
 */
import type { DocumentFault } from '@stowage/documents'
import { byCodeUnit } from '@stowage/kernel'
import { isMap, isScalar, visit, type Document, type Node } from 'yaml'

/** An action where YAML has a value, a key or a line. */
const actionInPlace = /^[ \t]*(?:-[ \t]+)*(?:[^\s#'"{}]+:[ \t]+)?(\{\{.*)$/m
/** The inside of an action that names an object or a function of Helm. */
const helmName =
  /(?:^-?|[\s(])(?:[.$]*\.(?:Values|Release|Chart|Capabilities|Files|Template)\b|(?:include|template)\s+")/
/** Fields whose texts may hold templates of other programs. */
const payloads: readonly string[] = ['annotations', 'data', 'stringData', 'binaryData']
/** API groups of Kubernetes itself: other kinds, such as a HelmRelease, may hold templates. */
const ownVersion =
  /^apiVersion:[ \t]*["']?(?:[a-z]+\/|[a-z.]+\.k8s\.io\/)?v[0-9][a-z0-9]*["']?[ \t]*$/m

/** The fault of a text that is a template; `undefined` when it is none. */
export const templateIn = (
  file: string,
  text: string,
  documents: readonly Document<Node>[],
): DocumentFault | undefined => {
  if (!text.includes('{{')) return undefined
  const isBroken = documents.some((one) => one.errors.length > 0 || hasActionAsKey(one))
  const action =
    (isBroken ? (actionInPlace.exec(text)?.[1] ?? helmActionIn(text)) : undefined) ??
    (ownVersion.test(text)
      ? documents.map(actionInText).find((one) => one !== undefined)
      : undefined)
  if (action === undefined) return undefined
  const line = text.slice(0, text.indexOf(action)).split('\n').length
  const kind =
    helmActionIn(text) !== undefined || /^apiVersion:/m.test(text)
      ? 'a Helm template'
      : 'a template'
  const found = `${kind}: ${action.trim()}`
  return { from: `${file}, line ${line}`, at: [], found, expected: expectedText }
}

/**
 * The first action that names something of Helm and ends in the same line or with the text. Each
 * part between two openings is looked at once, so the time is linear in the text.
 */
const helmActionIn = (text: string): string | undefined => {
  let at = text.indexOf('{{')
  while (at !== -1) {
    const next = text.indexOf('{{', at + 2)
    const part = text.slice(at + 2, next === -1 ? text.length : next)
    const name = helmName.exec(part.split('}', 1)[0]!)
    if (name !== null) {
      const end = at + 2 + name.index + name[0].length
      const [line = ''] = text.slice(end).split('\n', 1)
      const length = line.indexOf('}}')
      if (length !== -1) return text.slice(at, end + length + 2)
      if (end + line.length === text.length) return text.slice(at)
    }
    at = next
  }
  return undefined
}

const expectedText = 'objects: render it first, as in helm template CHART | stowage plan -'

/** YAML reads `{{ x }}` as a map whose key is a map. */
const hasActionAsKey = (document: Document<Node>): boolean => {
  let isFound = false
  visit(document, {
    Pair: (_, { key }) => {
      if (!isMap(key) || key.flow !== true) return undefined
      isFound = true
      return visit.BREAK
    },
  })
  return isFound
}

/** The first action of Helm in a text of one line, outside payloads. */
const actionInText = (document: Document<Node>): string | undefined => {
  let action: string | undefined
  visit(document, {
    Pair: (_, { key }) =>
      isScalar(key) && payloads.includes(String(key.value)) ? visit.SKIP : undefined,
    Scalar: (_, { type, value }) => {
      if (typeof value !== 'string' || type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED')
        return undefined
      action = helmActionIn(value)
      return action === undefined ? undefined : visit.BREAK
    },
  })
  return action
}

/** A text that is a template, with its fault. */
export interface Template {
  readonly file: string
  readonly fault: DocumentFault
}

/**
 * A fault per chart or folder of templates. A chart is the outermost folder with a `Chart.yaml`
 * among all files; a template outside of charts counts to its own folder.
 */
export const templateFaults = (
  templates: readonly Template[],
  files: readonly string[],
): readonly DocumentFault[] => {
  const folders = new Map<string, Template[]>()
  const chartOf = chartFinder(files)
  for (const template of templates) {
    const folder = chartOf(template.file) ?? folderOf(template.file)
    const others = folders.get(folder)
    if (others === undefined) folders.set(folder, [template])
    else others.push(template)
  }
  return [...folders].map(([folder, all]) => {
    const isChart = chartOf(all[0]!.file) !== undefined
    if (all.length === 1 && !isChart) return all[0]!.fault
    const first = all.map(({ fault }) => fault.from).sort(byCodeUnit)[0]!
    const count = all.length === 1 ? 'a template' : `${all.length} templates`
    const found = isChart
      ? `a Helm chart with ${count} to render, such as ${first}`
      : `${count}, such as ${first}`
    return { from: folder, at: [], found, expected: expectedText }
  })
}

/**
 * Finds the outermost folder around a file that has a `Chart.yaml` among all files. A file costs as
 * many looks as it has folders around it.
 */
export const chartFinder = (files: readonly string[]): ((file: string) => string | undefined) => {
  const charts = new Set(
    files.filter((each) => /(?:^|[\\/])Chart\.ya?ml$/.test(each)).map(folderOf),
  )
  return (file) =>
    charts.size === 0 ? undefined : foldersAround(file).find((one) => charts.has(one))
}

/** The folders around a file, the outermost first, which is that without a name. */
const foldersAround = (file: string): readonly string[] => [
  '',
  ...Array.from(file.matchAll(/[\\/]/g), ({ index }) => file.slice(0, index + 1)),
]

/** With the separator at its end; empty for a file without a folder. */
const folderOf = (file: string): string =>
  file.slice(0, 1 + Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')))
