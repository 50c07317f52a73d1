/**
 * Lists the nodes of a cluster with their taints, including those that the node controller adds.
 */
import { byCodeUnit, nodeIds, type StepState } from '@stowage/kernel'
import { daemonHost } from '../controller/daemon-host.js'

/** A node. */
export interface ApiNode {
  readonly name: string
  /** Each as `key=value:effect`, in order. */
  readonly taints: readonly string[]
}

/** The nodes, in the order of their names. */
export const apiNodes = ({ cluster }: StepState): readonly ApiNode[] =>
  nodeIds(cluster)
    .flatMap((node) => daemonHost(cluster, node) ?? [])
    .map(({ name, taints }) => ({ name, taints: taints.map(taintText).sort() }))
    .sort((one, other) => byCodeUnit(one.name, other.name))

const taintText = ({
  key,
  value = '',
  effect,
}: {
  readonly key: string
  readonly value: string | undefined
  readonly effect: string
}): string => `${key}${value === '' ? '' : `=${value}`}:${effect}`
