/**
 * Exports the controller of services with changed commands (intents), as if it had a bug, for tests
 * that must detect the bug.
 */
import type { AnyController, Intent } from '@stowage/kernel'
import type { EcsMemory } from '../memory/memory.js'
import { ecsController } from './ecs-controller.js'

/** The controller with other intents. */
export const withIntents = (
  change: (intents: readonly Intent[]) => readonly Intent[],
  ...options: Parameters<typeof ecsController>
): AnyController => {
  const controller = ecsController(...options)
  return {
    ...controller,
    decide: (view, memory: EcsMemory) => {
      const decision = controller.decide(view, memory)
      return { ...decision, intents: change(decision.intents) }
    },
  }
}
