/**
 * Lists, for each platform, how its controllers are built for a simulation over time. The list is
 * separate from the platforms, so that a user interface that only plans bundles no controllers.
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
