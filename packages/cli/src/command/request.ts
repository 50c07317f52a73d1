/**
 * Types of a request (the parsed command line), and the function that reads the files whose paths a
 * request contains.
 */
import {
  readMachines,
  type Faults,
  type FargateQuotas,
  type QuestionInput,
} from '@stowage/workbench'
import type { Command } from 'commander'
import * as E from 'fp-ts/lib/Either.js'
import { readTexts, readTextSet, type Stdin } from '../read/files.js'
import type { Flags } from './flags.js'

/** The arguments of a command. */
export interface Request {
  /** The argument before the paths, such as a name; `''` for `plan` and `capacity`. */
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
  const { catalogue: path, nodes, zones, trunking = false, parameter: parameters, seed } = flags
  const files = await readTexts(flags.parameterFile, stdin)
  if (E.isLeft(files)) return files
  const catalogue = path === undefined ? undefined : await readTextSet([path], stdin)
  if (catalogue !== undefined && E.isLeft(catalogue)) return catalogue
  const machines = readMachines({
    nodes,
    ...(catalogue === undefined ? {} : { catalogue: catalogue.right }),
  })
  if (E.isLeft(machines)) return machines
  const documents = await readTextSet(paths, stdin)
  if (E.isLeft(documents)) return documents
  tell('planning')
  const supply = { machines: machines.right, zones, trunking, fargate: quotasOf(flags) }
  const { cluster, withoutNode: withoutNodes = [], rollouts = false } = flags
  const { enableAdmissionPlugins: admissionPlugins = [] } = flags
  return E.right({
    documents: documents.right,
    ...supply,
    ...(cluster === undefined ? {} : { cluster }),
    parameters,
    parameterFiles: files.right,
    seed,
    withoutNodes,
    rollouts,
    admissionPlugins,
  })
}

const quotasOf = ({ fargateVcpus, fargateRate, fargateWindowsStorage }: Flags): FargateQuotas => ({
  ...(fargateWindowsStorage === true ? { windowsStorage: 'allowed' } : {}),
  ...(fargateVcpus === undefined ? {} : { vcpusAtOnce: fargateVcpus }),
  ...(fargateRate === undefined ? {} : { launchRate: fargateRate }),
})
