/**
 * Defines the types of a request (the parsed command line), and the functions that read the files
 * whose paths a request contains.
 */
import {
  readMachines,
  readPrices,
  type Faults,
  type FargateQuotas,
  type PriceList,
  type QuestionInput,
} from '@stowage/workbench'
import type { Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { readTexts, readTextSet, type Stdin } from '../read/files.js'
import type { Flags } from './flags.js'

/** The arguments of a command. */
export interface Request {
  /** The argument before the paths, such as a name; `''` for `plan`, `diff` and `capacity`. */
  readonly subject: string
  readonly paths: readonly string[]
  readonly flags: Flags
  /** The whole command line, as it is declared. */
  readonly program: Command
  /** Is told what is being done. */
  readonly tell: (stage: string) => void
}

/** Reads the catalogue and the documents that a request names, and makes its new machines. */
export const readInput = async (
  { paths, flags, tell }: Request,
  stdin: Stdin,
): Promise<E.Either<Faults, QuestionInput>> => {
  tell('reading')
  const { nodes, addNodes = [], zones, trunking = false, parameter: parameters, seed } = flags
  const files = await readTexts(flags.parameterFile, stdin)
  if (E.isLeft(files)) return files
  const machines = await readFleet({ ...flags, nodes, addNodes }, stdin)
  if (E.isLeft(machines)) return machines
  const documents = await readTextSet(paths, stdin)
  if (E.isLeft(documents)) return documents
  tell('planning')
  const supply = { machines: machines.right, zones, trunking, fargate: quotasOf(flags) }
  const { cluster, withoutNode: withoutNodes = [], rollouts } = flags
  const { enableAdmissionPlugins: admissionPlugins = [] } = flags
  return E.right({
    documents: documents.right,
    ...supply,
    ...(cluster === undefined ? {} : { cluster }),
    parameters,
    parameterFiles: files.right,
    seed,
    withoutNodes,
    ...(rollouts === undefined ? {} : { rollouts }),
    admissionPlugins,
  })
}

/** Reads the catalogue, and makes the new machines. */
export const readFleet = async (
  { catalogue: path, nodes = [], addNodes = [] }: Partial<Flags>,
  stdin: Stdin,
): Promise<ReturnType<typeof readMachines>> => {
  const catalogue = path === undefined ? undefined : await readTextSet([path], stdin)
  if (catalogue !== undefined && E.isLeft(catalogue)) return catalogue
  return readMachines({
    ...{ nodes, addNodes },
    ...(catalogue === undefined ? {} : { catalogue: catalogue.right }),
  })
}

/** Reads the file of prices; `undefined` without any. */
export const readPriceList = async (
  { prices: path }: Flags,
  stdin: Stdin,
): Promise<E.Either<Faults, PriceList | undefined>> => {
  if (path === undefined) return E.right(undefined)
  const texts = await readTextSet([path], stdin)
  return E.isLeft(texts) ? texts : readPrices(texts.right)
}

const quotasOf = ({
  fargateVcpus,
  fargateRate,
  fargateWindowsStorage,
  fargateTmpfs,
}: Flags): FargateQuotas => ({
  ...(fargateWindowsStorage === true ? { windowsStorage: 'allowed' } : {}),
  ...(fargateTmpfs === true ? { tmpfs: 'allowed' } : {}),
  ...(fargateVcpus === undefined ? {} : { vcpusAtOnce: fargateVcpus }),
  ...(fargateRate === undefined ? {} : { launchRate: fargateRate }),
})
