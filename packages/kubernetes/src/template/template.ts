/**
 * Compares and hashes pod templates as controllers do: with the API server's defaults, and without
 * the label that holds the hash.
 */
import { isObject, own } from '@stowage/documents'
import { encodeHash, hashText } from './hash.js'
import { printTemplate } from './print.js'

/**
 * The text that controllers write into `pod-template-hash` for a template as it was read.
 *
 * The hash equals that of a cluster of the same version while it has had no collision. Another
 * version of Kubernetes may have more fields, and so other hashes.
 */
export const hashOfTemplate = (template: unknown): string =>
  encodeHash(hashText(templateText(template)))

/** A text of a template that is equal for templates that controllers hold equal. */
export const templateText = (template: unknown): string => printTemplate(withoutHash(template))

/** Whether two templates are equal for a controller. */
export const isSameTemplate = (one: unknown, other: unknown): boolean =>
  templateText(one) === templateText(other)

const withoutHash = (template: unknown): unknown => {
  const metadata = isObject(template) ? own(template, 'metadata') : undefined
  const labels = isObject(metadata) ? own(metadata, 'labels') : undefined
  if (!isObject(template) || !isObject(metadata) || !isObject(labels)) return template
  const others = Object.entries(labels).filter(([key]) => key !== 'pod-template-hash')
  return { ...template, metadata: { ...metadata, labels: Object.fromEntries(others) } }
}
