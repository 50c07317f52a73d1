/**
 * Builds the `Orchestrator` that simulates Kubernetes workloads over time. The orchestrator has the
 * controllers of the workloads, and converts parsed input files to events. For a new simulation it
 * is built from the input files and the new machines; for the replay of a log, from the log's
 * header.
 */
import type { SourceDocument } from '@stowage/documents'
import { assumedReplicaSets, nodesOfType } from '@stowage/kubernetes'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import {
  kubernetesFacts,
  kubernetesOmissions,
  kubernetesOrchestrator,
  kubernetesSetting,
  kubernetesWorkNames,
  type KubernetesSetting,
} from './kubernetes-orchestrator.js'
import type { Orchestration } from './orchestrator.js'

/** The Deployments, StatefulSets and other workloads of Kubernetes over time. */
export const kubernetesOrchestration: Orchestration = {
  workNames: kubernetesWorkNames,
  orchestrate: (documents, { fleet, zones }, terms) => {
    // From what runs before a change: the change does not replace these sets.
    const sets = assumedReplicaSets(documents)
    return pipe(
      kubernetesOrchestrator(kubernetesSetting(documents, terms)),
      E.map((orchestrator) => ({
        ...orchestrator,
        factsOf: (own: readonly SourceDocument[]) =>
          E.right(
            kubernetesFacts([
              ...own,
              ...sets.documents,
              ...fleet.flatMap(({ type, count, before, zones: zonesOfOne = zones, group }) =>
                nodesOfType(type, count, zonesOfOne, before, group),
              ),
            ]),
          ),
        warnings: [...kubernetesOmissions(documents, terms), ...sets.warnings],
      })),
    )
  },
  orchestratorFrom: (setting) =>
    pipe(
      kubernetesOrchestrator(setting as KubernetesSetting),
      E.map((orchestrator) => ({
        ...orchestrator,
        factsOf: (own: readonly SourceDocument[]) => E.right(kubernetesFacts(own)),
      })),
    ),
}
