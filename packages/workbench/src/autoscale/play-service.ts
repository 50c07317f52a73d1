/**
 * Simulates the scaling policies of an ECS service on a history of metrics. Once a minute the
 * policies decide the number of tasks, which start and share the load. Scheduled actions set the
 * bounds when they are due.
 */
import { utc, type DocumentFault, type TimeZone } from '@stowage/documents'
import {
  defaultScalingOptions,
  emptyScalingMemory,
  evaluateScaling,
  nextRun,
  parseSchedule,
  type ScalingPolicy,
  type StepAlarm,
} from '@stowage/ecs'
import { instant, shown, type Instant } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import type { Faults } from '../text/fault.js'
import { metricsIn, seriesOf, type MetricHistory } from './metric-history.js'
import {
  countRange,
  followLoad,
  initialReplicas,
  spanOf,
  withCount,
  type CountMoment,
  type Play,
  type PlayOptions,
} from './play.js'
import type { FoundAlarm, ScalingDocuments } from './scaling-documents.js'

const evaluationPeriod = 60_000

/**
 * Plays the history against one scalable target. A `Left` says which metric has none.
 *
 * The metrics of target tracking and the utilization of CPU and memory are per task, so a total is
 * divided by the number of running tasks. A step policy on any other metric, such as the length of
 * a queue, reads the value itself.
 */
export const playService = (
  resource: string,
  { registry, alarms }: ScalingDocuments,
  history: MetricHistory,
  options: PlayOptions & { readonly zones: ReadonlyMap<string, TimeZone> },
): E.Either<Faults, Play> => {
  const target = registry.targets.get(resource)!
  const policies = [...registry.policies.values()].filter((one) => one.ResourceId === resource)
  const faults: DocumentFault[] = []
  const notes: string[] = []
  const followed = policies.flatMap((policy) => {
    const alarm = alarmOf(policy, alarms)
    if (policy.PolicyType === 'StepScaling' && alarm === undefined) {
      notes.push(
        `no alarm among the documents calls the step policy ${policy.PolicyName}: it never acts`,
      )
      return []
    }
    const wishes = metricNames(policy, alarm)
    const points = seriesOf(history, wishes, policies.length === 1)
    if (points === undefined) {
      faults.push({
        ...{ from: resource, at: [policy.PolicyName] },
        found: `no history of its metric, and one of ${metricsIn(history).map(shown).join(', ')}`,
        expected: `a column ${wishes[0] ?? policy.PolicyName} in the history of --metric`,
      })
      return []
    }
    const isShared = policy.PolicyType === 'TargetTrackingScaling' || perTask.test(wishes[0] ?? '')
    return [{ policy, alarm, isShared, points, load: followLoad(history, points, options.values) }]
  })
  if (faults.length > 0) return E.left(faults)
  const { start, end } = spanOf(
    followed.length > 0 ? followed.map(({ points }) => points) : [...history.values()],
  )
  const stepAlarms = new Map(
    followed.flatMap(({ policy, alarm }) =>
      alarm === undefined ? [] : [[policy.PolicyName, alarm] as const],
    ),
  )
  const count = options.count ?? target.MinCapacity
  const due = scheduledBounds(resource, registry, options.zones)
  let [bounds, memory, replicas, maxedOut] = [
    { MinCapacity: target.MinCapacity, MaxCapacity: target.MaxCapacity },
    emptyScalingMemory,
    initialReplicas(count),
    0,
  ]
  const moments: CountMoment[] = []
  const scaleTo = (now: Instant, to: number, why: string, wish?: number): void => {
    const more = wish === undefined ? {} : { wanted: wish }
    moments.push({ at: now, from: replicas.length, to, ...more, why })
    replicas = withCount(replicas, to, now)
  }
  for (let time: number = start; time <= end; time += evaluationPeriod) {
    const now = instant(time)
    for (const { name, action } of target.SuspendedState.ScheduledScalingSuspended
      ? []
      : due(now)) {
      bounds = {
        MinCapacity: action.MinCapacity ?? bounds.MinCapacity,
        MaxCapacity: action.MaxCapacity ?? bounds.MaxCapacity,
      }
      const { MinCapacity: low, MaxCapacity: high } = bounds
      const to = Math.max(Math.min(replicas.length, high), low)
      if (to !== replicas.length)
        scaleTo(now, to, `the scheduled action ${name} sets ${low} to ${high}`)
    }
    const ready = replicas.filter(
      ({ startedAt }) => startedAt + options.durations.start + options.durations.ready <= now,
    ).length
    const values = new Map(
      followed.flatMap(({ policy, isShared, load }) => {
        const value = load.valueAt(now)
        if (value === undefined || (isShared && load.isTotal && ready === 0)) return []
        const share = isShared && load.isTotal ? value / ready : value
        return [[policy.PolicyName, share] as const]
      }),
    )
    const decision = evaluateScaling({
      target: { ...target, ...bounds },
      policies: followed.map(({ policy }) => policy),
      ...{ values, alarms: stepAlarms, desiredCount: replicas.length, isDeploying: false },
      ...{ options: defaultScalingOptions, memory, now },
    })
    memory = decision.memory
    const { wanted: wish } = decision
    if (wish !== undefined && wish > bounds.MaxCapacity) maxedOut += evaluationPeriod
    if (decision.desiredCount === replicas.length) continue
    const by = decision.policy === undefined ? '' : `${decision.policy}: `
    scaleTo(now, decision.desiredCount, `${by}${decision.cause}`, wish)
  }
  const { MinCapacity: min, MaxCapacity: max } = target
  const autoscaler = `Application Auto Scaling, ${policies.map(({ PolicyName }) => PolicyName).join(', ')}`
  return E.right({
    ...{ platform: 'ecs', autoscaler, workload: resource, min, max, start, end, count, moments },
    ...countRange({ start, end, count }, moments),
    ...{ maxedOut, notes },
  })
}

/** Metrics of ECS that are a mean over tasks. */
const perTask = /CPU|Memory|PerTarget/

const alarmOf = (
  { PolicyName, PolicyARN }: ScalingPolicy,
  alarms: readonly FoundAlarm[],
): (StepAlarm & { readonly metric: string }) | undefined =>
  alarms.find(({ actions }) =>
    actions.some(
      (action) =>
        action === PolicyARN ||
        action === PolicyName ||
        action.endsWith(`:policyName/${PolicyName}`),
    ),
  )

/** The names under which a history of a policy's metric is looked for. */
const metricNames = (
  { PolicyName, TargetTrackingScalingPolicyConfiguration: tracking }: ScalingPolicy,
  alarm: { readonly metric: string } | undefined,
): readonly string[] => {
  const predefined = tracking?.PredefinedMetricSpecification?.PredefinedMetricType
  const customized = tracking?.CustomizedMetricSpecification?.MetricName
  const short =
    predefined === undefined
      ? []
      : predefined.includes('CPU')
        ? ['CPUUtilization', 'cpu']
        : predefined.includes('Memory')
          ? ['MemoryUtilization', 'memory']
          : ['RequestCountPerTarget', 'requests']
  return [predefined, customized, alarm?.metric, ...short, PolicyName].flatMap((name) =>
    name === undefined ? [] : [name],
  )
}

/** What scheduled actions are due at an instant that never goes back. */
const scheduledBounds = (
  resource: string,
  registry: ScalingDocuments['registry'],
  zones: ReadonlyMap<string, TimeZone>,
) => {
  const actions = [...registry.actions.values()]
    .filter((one) => one.ResourceId === resource)
    .map(({ ScheduledActionName: name, Schedule, Timezone = 'UTC', ...one }) => ({
      ...{ name, action: one.ScalableTargetAction, schedule: parseSchedule(Schedule)! },
      bounds: {
        zone: zones.get(Timezone) ?? utc,
        from: instant(Math.round(one.CreationTime * 1000)),
        ...{ hasStart: false, until: undefined },
      },
    }))
  const next: (Instant | undefined)[] = []
  let isFirst = true
  return (now: Instant) => {
    const before = instant(now - 1)
    const found = actions.filter(({ schedule, bounds }, i) => {
      if (isFirst) next[i] = nextRun(schedule, bounds, before)
      const at = next[i]
      if (at === undefined || at > now) return false
      next[i] = nextRun(schedule, bounds, now)
      return true
    })
    isFirst = false
    return found
  }
}
