/** Kubernetes, as the command line sees it. */
import {
  allocatableFormula,
  explainOnNodes,
  isKubernetes,
  namesOf,
  nodesOfType,
  planOnFargate,
  planOnNodes,
  readKubernetes,
  type KubernetesInput,
} from '@stowage/kubernetes'
import * as E from 'fp-ts/lib/Either.js'
import type { Planner, Vocabulary } from './vocabulary.js'

const plannerOf = (input: KubernetesInput): Planner => ({
  ignored: input.ignored,
  names: namesOf(input),
  wants: input.wanting.length > 0,
  hasMachines: input.nodes.length > 0,
  onMachines: () => ({ ...planOnNodes(input), vended: [], refused: [] }),
  onFargate: () => ({ ...planOnFargate(input), plan: { nodes: [], unplaced: [] } }),
  explainOnMachines: (name) => explainOnNodes(input, name),
})

export const kubernetes: Vocabulary = {
  id: 'kubernetes',
  title: 'Kubernetes',
  replica: ['pod', 'pods'],
  machine: ['node', 'nodes'],
  allocatableFormula,
  cpu: { per: 128, unit: 'm' },
  recognises: isKubernetes,
  read: (documents, { fleet, zones }) => {
    const machines = fleet.flatMap(({ machine, count, before }) =>
      nodesOfType(machine, count, zones, before),
    )
    return E.map(plannerOf)(readKubernetes([...documents, ...machines]))
  },
}
