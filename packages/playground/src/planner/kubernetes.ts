/**
 * Re-exports the Kubernetes platform as a separate bundle, which is loaded with the first document
 * of Kubernetes.
 */
export { kubernetes } from '@stowage/workbench'
