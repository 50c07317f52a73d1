/**
 * Validates the deployment configuration of a service, such as its percentages, circuit breaker,
 * traffic shifts and lifecycle hooks. For example, `canaryConfiguration` needs the strategy CANARY.
 *
 * Source: Amazon ECS API Reference, DeploymentConfiguration and the types that it holds.
 */
import type { Path } from '@stowage/documents'
import type { Complaint } from '../words/complaint.js'
import type {
  DeploymentConfiguration,
  DeploymentLifecycleHook,
  ThresholdConfiguration,
} from '../words/deployment-configuration.js'
import { checkBetween } from './between.js'

/** All complaints about a deployment configuration, at paths from the configuration on. */
export const checkDeployment = (configuration: DeploymentConfiguration): readonly Complaint[] => [
  ...checkPercentages(configuration),
  ...checkStrategyFields(configuration),
  ...checkThreshold(configuration.deploymentCircuitBreaker?.thresholdConfiguration ?? {}),
  ...checkEarlySuccess(configuration),
  ...checkShifts(configuration),
  ...(configuration.lifecycleHooks ?? []).flatMap(checkHook),
]

const checkPercentages = ({
  minimumHealthyPercent = 0,
  maximumPercent = Infinity,
}: DeploymentConfiguration): readonly Complaint[] =>
  maximumPercent >= minimumHealthyPercent
    ? []
    : [
        {
          at: ['maximumPercent'],
          expected: `${minimumHealthyPercent} or more, the minimumHealthyPercent`,
        },
      ]

/** The fields that are of some strategies only. */
const checkStrategyFields = (configuration: DeploymentConfiguration): readonly Complaint[] => {
  const { strategy = 'ROLLING' } = configuration
  const only = (field: keyof DeploymentConfiguration, owner: string): readonly Complaint[] =>
    configuration[field] === undefined || strategy === owner
      ? []
      : [{ at: [field], expected: `nothing beside the strategy ${strategy}` }]
  return [
    ...(strategy === 'BLUE_GREEN' && configuration.bakeTimeInMinutes === undefined
      ? [{ at: ['bakeTimeInMinutes'], expected: minutesText }]
      : checkBetween(['bakeTimeInMinutes'], configuration.bakeTimeInMinutes, 0, bakeMax)),
    ...only('linearConfiguration', 'LINEAR'),
    ...only('canaryConfiguration', 'CANARY'),
    ...(configuration.deploymentCircuitBreaker?.enable === true
      ? only('deploymentCircuitBreaker', 'ROLLING')
      : []),
    ...(configuration.earlySuccessCriteria?.enable === true
      ? only('earlySuccessCriteria', 'ROLLING')
      : []),
  ]
}

/** Minutes of a day: no traffic shift bakes longer. */
const bakeMax = 1440
const minutesText = `a whole number of minutes from 0 to ${bakeMax}`

const checkThreshold = ({
  type = 'BOUNDED_PERCENT',
  value,
}: ThresholdConfiguration): readonly Complaint[] =>
  checkBetween(
    ['deploymentCircuitBreaker', 'thresholdConfiguration', 'value'],
    value,
    1,
    type === 'COUNT' ? Infinity : 100,
  )

const checkEarlySuccess = ({
  earlySuccessCriteria,
  minimumHealthyPercent = 100,
  strategy = 'ROLLING',
}: DeploymentConfiguration): readonly Complaint[] => {
  if (earlySuccessCriteria?.enable !== true || strategy !== 'ROLLING') return []
  const { healthyPercent = -1, sourceServiceRevisionCleanup } = earlySuccessCriteria
  const isPercent = healthyPercent >= minimumHealthyPercent && healthyPercent <= 100
  return [
    ...(isPercent
      ? []
      : [
          {
            at: ['earlySuccessCriteria', 'healthyPercent'],
            expected: `from ${minimumHealthyPercent}, the minimumHealthyPercent, to 100`,
          },
        ]),
    ...(sourceServiceRevisionCleanup === undefined
      ? [
          {
            at: ['earlySuccessCriteria', 'sourceServiceRevisionCleanup'],
            expected: 'BLOCKING or DEFERRED',
          },
        ]
      : []),
  ]
}

const checkShifts = ({
  linearConfiguration: linear = {},
  canaryConfiguration: canary = {},
}: DeploymentConfiguration): readonly Complaint[] => [
  ...checkShare(['linearConfiguration', 'stepPercent'], linear.stepPercent, 3),
  ...checkBetween(
    ['linearConfiguration', 'stepBakeTimeInMinutes'],
    linear.stepBakeTimeInMinutes,
    0,
    bakeMax,
  ),
  ...checkShare(['canaryConfiguration', 'canaryPercent'], canary.canaryPercent, 0.1),
  ...checkBetween(
    ['canaryConfiguration', 'canaryBakeTimeInMinutes'],
    canary.canaryBakeTimeInMinutes,
    0,
    bakeMax,
  ),
]

/** Shares of traffic are in tenths of a percent, as near as a fraction can be. */
const checkShare = (at: Path, percent: number | undefined, min: number): readonly Complaint[] => {
  if (percent === undefined) return []
  const isTenth = Math.abs(percent * 10 - Math.round(percent * 10)) < 1e-9
  return isTenth && percent >= min && percent <= 100
    ? []
    : [{ at, expected: `a multiple of 0.1 from ${min} to 100` }]
}

/** The stages at which a hook may be called; those of traffic that is shifting cannot be paused. */
const hookStages = [
  ...['RECONCILE_SERVICE', 'PRE_SCALE_UP', 'POST_SCALE_UP', 'POST_TEST_TRAFFIC_SHIFT'],
  ...['PRE_PRODUCTION_TRAFFIC_SHIFT', 'POST_PRODUCTION_TRAFFIC_SHIFT'],
] as const
const shiftStages = ['TEST_TRAFFIC_SHIFT', 'PRODUCTION_TRAFFIC_SHIFT'] as const
/** 14 days. */
const pauseMax = 20_160

const checkHook = (hook: DeploymentLifecycleHook, i: number): readonly Complaint[] => {
  const { targetType = 'AWS_LAMBDA', lifecycleStages = [], timeoutConfiguration = {} } = hook
  const isPause = targetType === 'PAUSE'
  const stages: readonly string[] = isPause ? hookStages : [...hookStages, ...shiftStages]
  const base = ['lifecycleHooks', i]
  return [
    ...(lifecycleStages.length === 0
      ? [{ at: [...base, 'lifecycleStages'], expected: `some of ${stages.join(', ')}` }]
      : lifecycleStages.flatMap((stage, k) =>
          stages.includes(stage)
            ? []
            : [{ at: [...base, 'lifecycleStages', k], expected: `one of ${stages.join(', ')}` }],
        )),
    ...(isPause || (hook.hookTargetArn ?? '') !== ''
      ? []
      : [{ at: [...base, 'hookTargetArn'], expected: 'the ARN of a Lambda function' }]),
    ...checkBetween(
      [...base, 'timeoutConfiguration', 'timeoutInMinutes'],
      timeoutConfiguration.timeoutInMinutes,
      1,
      isPause ? pauseMax : bakeMax,
    ),
  ]
}
