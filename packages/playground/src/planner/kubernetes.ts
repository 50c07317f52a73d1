/** Kubernetes, as a file of its own that is loaded with the first of its documents. */
export { kubernetes } from '@stowage/workbench'
