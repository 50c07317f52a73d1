/**
 * Merges the errors of a manifest with unexpanded variables, such as `${NAME}`, into one error per
 * file. A command shell or envsubst would have expanded the variables.
 */
import { isObject, type DocumentFault, type SourceDocument } from '@stowage/documents'
import { fileOf, type Faults } from './fault.js'

/** A variable as envsubst fills it in, with a default as some programs like it have. */
const shellVariable = /\$\{[A-Za-z_]\w*(?::?[-=][^}]*)?\}/

/** The faults, with one in the place of all that are about variables of the same file. */
export const withVariables = (faults: Faults, documents: readonly SourceDocument[]): Faults => {
  const manifests = new Set(
    documents.flatMap(({ from, value }) =>
      isObject(value) && 'apiVersion' in value && 'kind' in value ? [from] : [],
    ),
  )
  const files = new Set<string>()
  return faults.flatMap((fault): Faults => {
    const [name] = manifests.has(fault.from) ? (shellVariable.exec(fault.found) ?? []) : []
    if (name === undefined) return [fault]
    const file = fileOf(fault.from)
    if (files.has(file)) return []
    files.add(file)
    return [variableFault(fault, name)]
  })
}

const variableFault = ({ from, at }: DocumentFault, name: string): DocumentFault => ({
  ...{ from, at, found: `the variable ${name}` },
  expected: 'objects: fill their variables in first, as in envsubst < FILE | stowage plan -',
})
