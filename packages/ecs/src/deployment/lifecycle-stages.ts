/**
 * Lists the stages of a blue/green, linear or canary deployment, with the share of production
 * traffic that the new revision has from each stage on. Shares only grow, and end at 100 percent.
 *
 * Source: Amazon ECS API Reference, DeploymentLifecycleHook, LinearConfiguration and
 * CanaryConfiguration; Developer Guide, blue/green deployments.
 */
import type { DeploymentConfiguration } from '../words/deployment-configuration.js'

/** The stages as the API spells them. */
export type LifecycleStage =
  | 'RECONCILE_SERVICE'
  | 'PRE_SCALE_UP'
  | 'SCALE_UP'
  | 'POST_SCALE_UP'
  | 'TEST_TRAFFIC_SHIFT'
  | 'POST_TEST_TRAFFIC_SHIFT'
  | 'PRE_PRODUCTION_TRAFFIC_SHIFT'
  | 'PRODUCTION_TRAFFIC_SHIFT'
  | 'POST_PRODUCTION_TRAFFIC_SHIFT'
  | 'BAKE_TIME'
  | 'CLEAN_UP'

/** One stage; the two of a traffic shift come once for each step of it. */
export interface StageStep {
  readonly stage: LifecycleStage
  /** Percent of production traffic of the new revision once the stage has begun. */
  readonly percent: number
  /** How long the deployment stays in the stage after its hooks, in minutes. */
  readonly bakeMinutes: number
}

/** True for a deployment that scales a new revision up beside the old one before it has traffic. */
export const isStaged = ({ strategy = 'ROLLING' }: DeploymentConfiguration): boolean =>
  strategy !== 'ROLLING'

/**
 * The stages in their order; with `hasOthers` more revisions than the old and the new one are
 * active.
 */
export const stageSteps = (
  configuration: DeploymentConfiguration,
  hasOthers: boolean,
): readonly StageStep[] => {
  const at = (stage: LifecycleStage, percent = 0, bakeMinutes = 0): StageStep => ({
    ...{ stage, percent, bakeMinutes },
  })
  const shifts = trafficShifts(configuration)
  return [
    ...(hasOthers ? [at('RECONCILE_SERVICE')] : []),
    ...[at('PRE_SCALE_UP'), at('SCALE_UP'), at('POST_SCALE_UP')],
    ...[at('TEST_TRAFFIC_SHIFT'), at('POST_TEST_TRAFFIC_SHIFT')],
    ...shifts.flatMap(([percent, bakeMinutes], i) => [
      at('PRE_PRODUCTION_TRAFFIC_SHIFT', shifts[i - 1]?.[0] ?? 0),
      at('PRODUCTION_TRAFFIC_SHIFT', percent, bakeMinutes),
    ]),
    at('POST_PRODUCTION_TRAFFIC_SHIFT', 100),
    at('BAKE_TIME', 100, configuration.bakeTimeInMinutes ?? 0),
    at('CLEAN_UP', 100),
  ]
}

/** The shares to which traffic shifts, and the minutes after each; none after the last one. */
const trafficShifts = ({
  strategy,
  linearConfiguration: { stepPercent = 10, stepBakeTimeInMinutes = 6 } = {},
  canaryConfiguration: { canaryPercent = 5, canaryBakeTimeInMinutes = 10 } = {},
}: DeploymentConfiguration): readonly (readonly [percent: number, minutes: number])[] => {
  const last = [100, 0] as const
  if (strategy === 'CANARY')
    return canaryPercent >= 100 ? [last] : [[canaryPercent, canaryBakeTimeInMinutes], last]
  if (strategy !== 'LINEAR') return [last]
  // In tenths of a percent, so that sums are exact.
  const step = Math.round(stepPercent * 10)
  const count = Math.ceil(1000 / step)
  return Array.from({ length: count }, (_, i) =>
    i === count - 1 ? last : ([(step * (i + 1)) / 10, stepBakeTimeInMinutes] as const),
  )
}

/** The share of production traffic of a deployment, in percent. */
export interface TrafficShare {
  readonly deployment: string
  readonly percent: number
}

/**
 * The shares once a deployment has so many percent: the others divide the rest in proportion to
 * their shares before it had any. The shares sum to 100.
 */
export const shiftedTraffic = (
  before: readonly TrafficShare[],
  deployment: string,
  percent: number,
): readonly TrafficShare[] => {
  const tenths = 1000 - Math.round(percent * 10)
  const floors = before.map((share) => Math.floor((share.percent * tenths) / 100))
  const left = tenths - floors.reduce((sum, one) => sum + one, 0)
  return [
    ...before.map((share, i) => ({ ...share, percent: (floors[i]! + (i === 0 ? left : 0)) / 10 })),
    { deployment, percent: (1000 - tenths) / 10 },
  ].filter((share) => share.percent > 0)
}
