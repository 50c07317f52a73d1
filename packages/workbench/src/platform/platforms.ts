/** Lists the platforms, Kubernetes and Amazon ECS, in the order in which answers show them. */
import { ecs } from './ecs.js'
import { kubernetes } from './kubernetes.js'
import type { Platform } from './platform.js'

/** Every platform that documents may be of. */
export const platforms: readonly Platform[] = [kubernetes, ecs]

/** What a new machine of a type leaves to workloads, in words: a text per platform. */
export const allocatableFormulas: readonly string[] = platforms.map(
  ({ allocatableFormula }) => allocatableFormula,
)
