/**
 * Recognises the files that the AWS CDK writes beside the templates of an app (a cloud assembly):
 * its manifest, its tree, and its lists of assets. A plan needs none of them.
 *
 * Source: AWS CDK Developer Guide, cloud assembly.
 */
import { isObject, own } from '@stowage/documents'

/** True for a manifest, a tree or a list of assets. */
export const isAssemblyFile = (value: unknown): boolean =>
  isObject(value) &&
  typeof own(value, 'version') === 'string' &&
  (isObject(own(value, 'artifacts')) ||
    (isObject(own(value, 'files')) && isObject(own(value, 'dockerImages'))) ||
    isObject(own(value, 'tree')))
