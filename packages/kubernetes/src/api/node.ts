/**
 * Lists the nodes of a cluster with their taints, including the taints that the node controller
 * adds to lost nodes.
 */
import { byCodeUnit, nodeIds, type StepState } from '@stowage/kernel'
import { daemonHost } from '../controller/daemon-host.js'
import { taintsNow } from '../controller/lost-nodes.js'
import { controllerName, emptyMemory, type KubernetesMemory } from '../memory/memory.js'

/** A node. */
export interface ApiNode {
  readonly name: string
  /** Each as `key=value:effect`, in order. */
  readonly taints: readonly string[]
}

/** The nodes, in the order of their names. */
export const apiNodes = ({ cluster, memories }: StepState): readonly ApiNode[] => {
  const { lost } = (memories.get(controllerName) ?? emptyMemory) as KubernetesMemory
  return nodeIds(cluster)
    .flatMap((node) => {
      const host = daemonHost(cluster, node)
      if (host === undefined) return []
      const taints = taintsNow(host.taints, lost.get(node)).map(taintText).sort()
      return [{ name: host.name, taints }]
    })
    .sort((one, other) => byCodeUnit(one.name, other.name))
}

const taintText = ({
  key,
  value = '',
  effect,
}: {
  readonly key: string
  readonly value: string | undefined
  readonly effect: string
}): string => `${key}${value === '' ? '' : `=${value}`}:${effect}`
