/** Documents of YAML, as a file of its own that is loaded with the first text that is no JSON. */
export { documentsOf } from '@stowage/workbench'
