/** Loads the code of a platform (Kubernetes or Amazon ECS) when it is first needed. */
import type { planStages } from '@stowage/workbench'

type Platform = Parameters<typeof planStages.questionOn>[0][number]
type PlatformId = ReturnType<typeof planStages.platformsNamedIn>[number]

const loaders: Readonly<Record<PlatformId, () => Promise<Platform>>> = {
  kubernetes: async () => (await import('./kubernetes.js')).kubernetes,
  ecs: async () => (await import('./ecs.js')).ecs,
}

/** The platforms of these ids, in their order. */
export const loadPlatforms = (ids: readonly PlatformId[]): Promise<readonly Platform[]> =>
  Promise.all(ids.map((id) => loaders[id]()))
