/**
 * Lists the controllers of the platforms, apart from the platforms: a shell that plans and plays
 * nothing over time bundles none of them.
 */
import { ecsOrchestration } from './ecs-orchestration.js'
import { kubernetesOrchestration } from './kubernetes-orchestration.js'
import type { Orchestration } from './orchestrator.js'
import type { Platform } from './platform.js'

/** By platform. */
export const orchestrations: Readonly<Record<Platform['id'], Orchestration>> = {
  kubernetes: kubernetesOrchestration,
  ecs: ecsOrchestration,
}
