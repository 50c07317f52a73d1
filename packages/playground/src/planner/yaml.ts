/**
 * Re-exports the YAML parser as a separate bundle, which is loaded with the first text that is not
 * JSON.
 */
export { documentsOf } from '@stowage/workbench'
