/**
 * Recognizes the file `tree.json` (an app's construct tree), which the AWS CDK writes beside its
 * templates. The file is skipped, because it says nothing that a plan needs.
 *
 * Source: AWS CDK Developer Guide, cloud assembly.
 */
import { isObject, own } from '@stowage/documents'

/** True for the tree of an app. */
export const isAssemblyTree = (value: unknown): boolean =>
  isObject(value) && typeof own(value, 'version') === 'string' && isObject(own(value, 'tree'))
