/**
 * Defines the input of the page (texts, machines and options) as a value that a link can carry, and
 * validates such a value.
 */
import type { SourceText } from '@stowage/workbench'

/** The input of a plan. */
export interface PlanInput {
  readonly files: readonly SourceText[]
  /** New machines, as `--nodes` takes them; lines and spaces separate them, too. */
  readonly nodes: string
  /** Whether the same workloads are planned on Fargate as well. */
  readonly fargate: boolean
  /** Whether new container instances have a trunk for the interfaces of tasks. */
  readonly trunking: boolean
  /** A list of prices per hour, as `--prices` takes it; empty for none. */
  readonly prices: string
}

/** A page without input. */
export const emptyInput: PlanInput = {
  ...{ files: [], nodes: '', fargate: false, trunking: false, prices: '' },
}

/** The value of a link as an input; `undefined` when it is none. */
export const inputOf = (value: unknown): PlanInput | undefined => {
  if (typeof value !== 'object' || value === null) return undefined
  const { files, nodes, fargate, trunking, prices } = value as Readonly<Record<string, unknown>>
  return Array.isArray(files) &&
    files.every(isFile) &&
    typeof nodes === 'string' &&
    typeof fargate === 'boolean' &&
    typeof trunking === 'boolean' &&
    typeof prices === 'string'
    ? { files: files.map(({ file, text }) => ({ file, text })), nodes, fargate, trunking, prices }
    : undefined
}

const isFile = (value: unknown): value is SourceText => {
  if (typeof value !== 'object' || value === null) return false
  const { file, text } = value as Readonly<Record<string, unknown>>
  return typeof file === 'string' && typeof text === 'string'
}

/** A name that no file has yet: `pods.yaml`, then `pods-2.yaml`. */
export const freeName = (files: readonly SourceText[], name: string): string => {
  const names = new Set(files.map(({ file }) => file))
  const [, stem = name, suffix = ''] = /^(.*?)(\.[^.]*)?$/s.exec(name) ?? []
  let free = name
  for (let i = 2; names.has(free); i++) free = `${stem}-${i}${suffix}`
  return free
}
