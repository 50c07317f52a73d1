/** Plants faults in the controller of services, for tests that must notice them. */
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
