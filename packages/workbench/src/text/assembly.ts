/**
 * Recognizes the construct tree of an app (`tree.json`), which the AWS CDK writes beside its
 * templates. A plan does not need the tree.
 *
 * Source: AWS CDK Developer Guide, cloud assembly.
 */
import { isObject, own } from '@stowage/documents'

/** True for the tree of an app. */
export const isAssemblyTree = (value: unknown): boolean =>
  isObject(value) && typeof own(value, 'version') === 'string' && isObject(own(value, 'tree'))
