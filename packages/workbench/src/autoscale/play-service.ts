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
import { instant, renderValue, type Instant } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type { Faults } from '../text/fault.js'
import { metricsIn, seriesOf, type MetricHistory, type MetricPoint } from './metric-history.js'
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
  const calls = policies.map((policy) => ({ policy, alarm: alarmOf(policy, alarms) }))
  const [active, idle] = [calls.filter(isActive), calls.filter((call) => !isActive(call))]
  return pipe(
    followPolicies(resource, active, policies.length === 1, history, options),
    E.map((followed): Play => {
      const { MinCapacity: min, MaxCapacity: max } = target
      const { start, end } = spanOf(
        followed.length > 0 ? followed.map(({ points }) => points) : [...history.values()],
      )
      const count = options.count ?? min
      const due = scheduledBounds(resource, registry, options.zones)
      const { moments, maxedOut } = playPolicies(target, followed, due, {
        ...{ start, end, count, durations: options.durations },
      })
      const names = policies.map(({ PolicyName }) => PolicyName).join(', ')
      return {
        ...{ platform: 'ecs', autoscaler: `Application Auto Scaling, ${names}` },
        ...{ workload: resource, min, max, start, end, count, moments, maxedOut },
        ...countRange({ start, end, count }, moments),
        notes: idle.map(
          ({ policy: { PolicyName } }) =>
            `no alarm among the documents calls the step policy ${PolicyName}: it never acts`,
        ),
      }
    }),
  )
}

/** A policy, and the alarm that calls it. */
interface PolicyCall {
  readonly policy: ScalingPolicy
  readonly alarm: ReturnType<typeof alarmOf>
}

/** A policy with the load that its metric follows. */
interface FollowedPolicy extends PolicyCall {
  /** Whether the tasks share the load. */
  readonly isShared: boolean
  readonly points: readonly MetricPoint[]
  readonly load: ReturnType<typeof followLoad>
}

/** A step policy acts when an alarm calls it. */
const isActive = ({ policy, alarm }: PolicyCall): boolean =>
  policy.PolicyType !== 'StepScaling' || alarm !== undefined

const followPolicies = (
  resource: string,
  calls: readonly PolicyCall[],
  isOnly: boolean,
  history: MetricHistory,
  { values }: PlayOptions,
): E.Either<Faults, readonly FollowedPolicy[]> => {
  const faults: DocumentFault[] = []
  const followed = calls.flatMap(({ policy, alarm }) => {
    const names = metricNames(policy, alarm)
    const points = seriesOf(history, names, isOnly)
    if (points === undefined) {
      faults.push({
        ...{ from: resource, at: [policy.PolicyName] },
        found: `no history of its metric, and one of ${metricsIn(history).map(renderValue).join(', ')}`,
        expected: `a column ${names[0] ?? policy.PolicyName} in the history of --metric`,
      })
      return []
    }
    const isShared = policy.PolicyType === 'TargetTrackingScaling' || perTask.test(names[0] ?? '')
    return [{ policy, alarm, isShared, points, load: followLoad(history, points, values) }]
  })
  return faults.length > 0 ? E.left(faults) : E.right(followed)
}

type ScalableTarget = NonNullable<ReturnType<ScalingDocuments['registry']['targets']['get']>>

interface PolicyPlay extends Pick<Play, 'start' | 'end' | 'count'> {
  readonly durations: PlayOptions['durations']
}

/** Each minute, what is due by schedule is done first; then the policies decide. */
const playPolicies = (
  target: ScalableTarget,
  followed: readonly FollowedPolicy[],
  due: ReturnType<typeof scheduledBounds>,
  { start, end, count, durations }: PolicyPlay,
): Pick<Play, 'moments' | 'maxedOut'> => {
  const stepAlarms = new Map(
    followed.flatMap(({ policy, alarm }) =>
      alarm === undefined ? [] : [[policy.PolicyName, alarm] as const],
    ),
  )
  let { MinCapacity, MaxCapacity } = target
  let [memory, replicas, maxedOut] = [emptyScalingMemory, initialReplicas(count), 0]
  const moments: CountMoment[] = []
  const scaleTo = (now: Instant, to: number, why: string, proposal?: number): void => {
    const more = proposal === undefined ? {} : { wanted: proposal }
    moments.push({ at: now, from: replicas.length, to, ...more, why })
    replicas = withCount(replicas, to, now)
  }
  for (let time: number = start; time <= end; time += evaluationPeriod) {
    const now = instant(time)
    const isSuspended = target.SuspendedState.ScheduledScalingSuspended
    for (const { name, action } of isSuspended ? [] : due(now)) {
      MinCapacity = action.MinCapacity ?? MinCapacity
      MaxCapacity = action.MaxCapacity ?? MaxCapacity
      const to = Math.max(Math.min(replicas.length, MaxCapacity), MinCapacity)
      if (to !== replicas.length)
        scaleTo(now, to, `the scheduled action ${name} sets ${MinCapacity} to ${MaxCapacity}`)
    }
    const ready = replicas.filter(
      ({ startedAt }) => startedAt + durations.start + durations.ready <= now,
    ).length
    const decision = evaluateScaling({
      target: { ...target, MinCapacity, MaxCapacity },
      policies: followed.map(({ policy }) => policy),
      ...{ values: valuesAt(followed, ready, now), alarms: stepAlarms },
      ...{ desiredCount: replicas.length, isDeploying: false },
      ...{ options: defaultScalingOptions, memory, now },
    })
    memory = decision.memory
    const { proposal } = decision
    if (proposal !== undefined && proposal > MaxCapacity) maxedOut += evaluationPeriod
    if (decision.desiredCount === replicas.length) continue
    const by = decision.policy === undefined ? '' : `${decision.policy}: `
    scaleTo(now, decision.desiredCount, `${by}${decision.cause}`, proposal)
  }
  return { moments, maxedOut }
}

/** The value of each policy's metric; none of a total that no task is there to share. */
const valuesAt = (
  followed: readonly FollowedPolicy[],
  ready: number,
  now: Instant,
): ReadonlyMap<string, number> =>
  new Map(
    followed.flatMap(({ policy, isShared, load }) => {
      const value = load.valueAt(now)
      const isSplit = isShared && load.isTotal
      if (value === undefined || (isSplit && ready === 0)) return []
      return [[policy.PolicyName, isSplit ? value / ready : value] as const]
    }),
  )

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
