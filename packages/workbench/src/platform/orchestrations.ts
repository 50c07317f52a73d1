/**
 * Lists how each platform builds its controllers. The list stands apart from the platforms, so that
 * a user interface which only plans, and simulates nothing over time, bundles no controllers.
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
