/**
 * Reads the user's texts about new machines: first the catalogue (a table of instance types), and
 * after that the fleet (the machines to add).
 */
import * as E from 'fp-ts/lib/Either.js'
import { documentsOf, type TextSet } from '../text/documents.js'
import type { Faults } from '../text/fault.js'
import { catalogueOf, type Catalogue } from './catalogue.js'
import { parseMachines, type Machines, type MachinesInput } from './fleet.js'

/** Reads the catalogue, then the fleet; the faults of the first stage that fails. */
export const readMachines = ({
  catalogue,
  ...input
}: MachinesInput): E.Either<Faults, Machines> => {
  const types = catalogue === undefined ? E.right(undefined) : readCatalogue(catalogue)
  return E.isLeft(types) ? types : parseMachines(input, types.right)
}

const readCatalogue = ({ from, texts }: TextSet): E.Either<Faults, Catalogue> => {
  const documents = documentsOf(texts)
  if (E.isLeft(documents)) return documents
  return catalogueOf(documents.right.length === 0 ? [{ from, value: undefined }] : documents.right)
}
