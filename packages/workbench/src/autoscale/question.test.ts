/**
 * Tests the question `autoscale`, from input texts to replica counts, for autoscalers and scaling
 * policies on histories of metrics.
 */
import { isRefuted } from '@stowage/testing'
import * as E from 'fp-ts/lib/Either.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { autoscaleWorkloads, type AutoscaleInput } from './question.js'

const deployment = (cpu: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: 4
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: main, image: web, resources: { requests: { cpu: ${cpu} } } }] }
`
const autoscaler = (metric: string, more = '', name = 'web') => `
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: ${name} }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web }
  minReplicas: 1
  maxReplicas: 20
  metrics: [${metric}]
${more}
`
const cpu =
  '{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 50 } } }'
const external = (target: string) =>
  `{ type: External, external: { metric: { name: queue }, target: ${target} } }`

const textsOf = (texts: readonly string[], suffix: string) => ({
  from: 'here',
  texts: texts.map((text, i) => ({ file: `${i}.${suffix}`, text })),
})
const ask = (documents: readonly string[], csv: string, options: Partial<AutoscaleInput> = {}) =>
  autoscaleWorkloads({
    documents: textsOf(documents, 'yaml'),
    metrics: textsOf([csv], 'csv'),
    ...{ values: 'total', durations: { start: 20_000, ready: 5_000 }, count: undefined },
    ...{ zones: new Map(), parameters: [], parameterFiles: [] },
    ...options,
  })
const played = (...args: Parameters<typeof ask>) => {
  const answer = ask(...args)
  if (E.isLeft(answer)) throw new Error(JSON.stringify(answer.left))
  return answer.right
}
const countsOf = (...args: Parameters<typeof ask>) =>
  played(...args).plays.map(({ count, moments }) => [count, ...moments.map(({ to }) => to)])
const faultsOf = (...args: Parameters<typeof ask>) => {
  const answer = ask(...args)
  return E.isLeft(answer) ? answer.left.map(({ found, expected }) => `${found}; ${expected}`) : []
}

describe('a HorizontalPodAutoscaler', () => {
  it('takes the requests that a LimitRange sets on admission for those of the pods', () => {
    const range = (fields: string) =>
      `{ apiVersion: v1, kind: LimitRange, metadata: { name: d }, spec: { limits: [{ type: Container, ${fields} }] } }`
    const bare = deployment('100m').replace(', resources: { requests: { cpu: 100m } }', '')
    const history = 'time,cpu\n0,0.4\n600,0.9\n1800,0.9'
    const written = countsOf([deployment('100m'), autoscaler(cpu)], history)
    for (const fields of ['defaultRequest: { cpu: 100m }', 'default: { cpu: 100m }'])
      expect(countsOf([bare, range(fields), autoscaler(cpu)], history)).toEqual(written)
    expect(countsOf([bare, autoscaler(cpu)], history)).not.toEqual(written)
  })
  it('shares a total of CPU by the pods, and scales by their requests', () => {
    const steady = 'time,cpu\n0,2\n1200,2'
    expect(countsOf([deployment('1'), autoscaler(cpu)], steady)).toEqual([[4]])
    const double = 'time,cpu\n0,2\n600,4\n1800,4'
    expect(countsOf([deployment('1'), autoscaler(cpu)], double)).toEqual([[4, 8]])
  })
  it('reads averages in percents, which stay as they are, or are totals by a column', () => {
    const stays = 'time,cpu\n0,50\n600,100\n1800,100'
    const options = { values: 'average' } as const
    const [counts] = countsOf([autoscaler(cpu)], stays, { ...options, count: 4 })
    expect(counts!.at(-1)).toBe(20)
    const counted = 'time,cpu,replicas\n0,50,4\n600,100,4\n1800,100,4'
    expect(countsOf([deployment('1'), autoscaler(cpu)], counted, options)).toEqual([[4, 8]])
  })
  it('lets an external metric stand for itself', () => {
    const queue = 'time,queue\n0,40\n600,90\n1200,90'
    const share = external("{ type: AverageValue, averageValue: '10' }")
    expect(countsOf([deployment('1'), autoscaler(share)], queue)).toEqual([[4, 8, 9]])
  })
  it('says for how long more was wanted than the maximum', () => {
    const flood = 'time,queue\n0,40\n600,900\n1200,900'
    const share = external("{ type: AverageValue, averageValue: '10' }")
    const { plays, isWithin } = played([deployment('1'), autoscaler(share)], flood)
    expect([isWithin, plays[0]!.maxedOut, plays[0]!.highest]).toEqual([false, 615_000, 20])
  })
  it('is blocked by another of the same pods, but for its bounds', () => {
    const share = external("{ type: AverageValue, averageValue: '10' }")
    const two = [deployment('1'), autoscaler(share), autoscaler(share, '', 'other')]
    const { plays } = played(two, 'time,queue\n0,40\n600,90\n1200,90')
    expect(plays.map(({ moments }) => moments)).toEqual([[], []])
    expect(plays[0]!.notes[0]).toContain('more than one HPA: web as well')
    expect(countsOf(two, 'time,queue\n0,40\n600,90', { count: 30 })).toEqual([
      [30, 20],
      [30, 20],
    ])
  })
  it('goes to zero and comes back by what is measured outside', () => {
    const value = external("{ type: Value, value: '10' }")
    const hpa = autoscaler(value).replace('minReplicas: 1', 'minReplicas: 0')
    const [counts] = countsOf([deployment('1'), hpa], 'time,queue\n0,10\n600,0\n1800,30\n2400,30')
    expect(counts).toContain(0)
    expect(counts!.at(-1)!).toBeGreaterThan(2)
  })
  it.each([
    [[autoscaler(cpu)], 'no Deployment default/web; the Deployment among the documents'],
    [
      [deployment('1'), autoscaler(external("{ type: Value, value: '1' }"))],
      'the metric "queue", and a history of "cpu"',
    ],
    [
      [deployment('1'), autoscaler(cpu).replace('maxReplicas: 20', 'maxReplicas: 0')],
      '0; at least minReplicas, 1, and 1',
    ],
    [[deployment('1')], 'nothing that scales'],
  ])('refuses %#', (documents, fault) => {
    expect(faultsOf(documents, 'time,cpu\n0,1\n60,2').join()).toContain(fault)
  })
})

const web = {
  ServiceNamespace: 'ecs',
  ResourceId: 'service/shop/web',
  ScalableDimension: 'ecs:service:DesiredCount',
}
const target = JSON.stringify({ ScalableTargets: [{ ...web, MinCapacity: 2, MaxCapacity: 10 }] })
const policy = JSON.stringify({
  ...{ ...web, PolicyName: 'cpu', PolicyType: 'TargetTrackingScaling' },
  TargetTrackingScalingPolicyConfiguration: {
    TargetValue: 50,
    PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
  },
})
const steps = JSON.stringify({
  ...{ ...web, PolicyName: 'steps', PolicyType: 'StepScaling' },
  StepScalingPolicyConfiguration: {
    AdjustmentType: 'ChangeInCapacity',
    StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 3 }],
  },
})
const alarm = JSON.stringify({
  MetricAlarms: [
    {
      ...{ AlarmName: 'deep', MetricName: 'QueueDepth', Threshold: 100, Period: 60 },
      ...{ ComparisonOperator: 'GreaterThanOrEqualToThreshold', EvaluationPeriods: 2 },
      AlarmActions: [
        'arn:aws:autoscaling:x:1:scalingPolicy:y:resource/ecs/service/shop/web:policyName/steps',
      ],
    },
  ],
})

describe('an ECS service', () => {
  it('tracks its target with a total that its tasks share', () => {
    const load = 'time,CPUUtilization\n0,100\n600,200\n3000,200'
    expect(countsOf([target, policy], load)).toEqual([[2, 4]])
  })
  it('takes steps by the alarm that calls the policy', () => {
    const depth = 'time,QueueDepth\n0,10\n600,150\n780,10\n1200,10'
    expect(countsOf([target, steps, alarm], depth)).toEqual([[2, 5]])
    const { plays } = played([target, steps], depth)
    expect([plays[0]!.moments, plays[0]!.notes[0]]).toEqual([
      [],
      'no alarm among the documents calls the step policy steps: it never acts',
    ])
  })
  it.each([
    [[policy], 'expected a scalable target'.slice(9)],
    [[target, policy.replace('50', '0')], '0; more than 0'],
    [[target, policy], 'a column ECSServiceAverageCPUUtilization in the history'],
  ])('refuses %#', (documents, fault) => {
    expect(faultsOf(documents, 'time,rps,other\n0,1,1\n60,2,2').join()).toContain(fault)
  })
})

describe('a CloudFormation template', () => {
  const template = `
Parameters: { Most: { Type: Number, Default: 8 } }
Resources:
  Cluster: { Type: AWS::ECS::Cluster }
  Target:
    Type: AWS::ApplicationAutoScaling::ScalableTarget
    Properties:
      ServiceNamespace: ecs
      ScalableDimension: ecs:service:DesiredCount
      ResourceId: !Sub service/\${Cluster}/web
      MinCapacity: '2'
      MaxCapacity: !Ref Most
      ScheduledActions:
        - { ScheduledActionName: early, Schedule: at(1970-01-01T00:05:00), ScalableTargetAction: { MinCapacity: 3 } }
  Policy:
    Type: AWS::ApplicationAutoScaling::ScalingPolicy
    Properties:
      PolicyName: steps
      PolicyType: StepScaling
      ScalingTargetId: !Ref Target
      StepScalingPolicyConfiguration:
        AdjustmentType: ChangeInCapacity
        StepAdjustments: [{ MetricIntervalLowerBound: 0, ScalingAdjustment: 4 }]
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Properties:
      MetricName: QueueDepth
      Threshold: 100
      EvaluationPeriods: 2
      Period: 60
      ComparisonOperator: GreaterThanOrEqualToThreshold
      AlarmActions: [!Ref Policy]
`
  const depth = 'time,QueueDepth\n0,10\n600,150\n780,10\n1200,10'
  it('scales by its target, its policies, their alarms and its schedule', () => {
    const { plays } = played([template], depth)
    expect(plays.map(({ max, moments }) => [max, moments.map(({ to }) => to)])).toEqual([
      [8, [3, 7]],
    ])
  })
  it('is evaluated with parameters, which one of the templates declares', () => {
    const { plays } = played([template], depth, { parameters: ['Most=5'] })
    expect(plays.map(({ max }) => max)).toEqual([5])
    expect(faultsOf([template], depth, { parameters: ['Mots=5'] })).toEqual([
      '"Mots"; a parameter of a template, such as Most',
    ])
  })
  it('that the manifest of its cloud assembly does not name is left out', () => {
    const manifest = {
      version: '36.0.0',
      artifacts: {
        App: { type: 'aws:cloudformation:stack', properties: { templateFile: '0.yaml' } },
      },
    }
    const stale = template.replaceAll('/web', '/old')
    const { plays } = played([template, stale, JSON.stringify(manifest)], depth)
    expect(plays).toHaveLength(1)
  })
  it('is refused where the API would refuse it, at its place', () => {
    expect(faultsOf([template.replace("'2'", "'9'")], depth).join()).toContain(
      'at most MaxCapacity, 8',
    )
  })
})

/** A load that is steady at the end is served at the end, and the count no longer changes. */
const rests = (play: typeof played) =>
  fc.property(
    fc.array(fc.integer({ min: 1, max: 180 }), { minLength: 1, maxLength: 6 }),
    fc.integer({ min: 1, max: 180 }),
    (loads, last) => {
      const rows = loads.map((load, i) => `${i * 600},${load}`)
      const settled = loads.length * 600
      const csv = ['time,queue', ...rows, `${settled},${last}`, `${settled + 3600},${last}`].join(
        '\n',
      )
      const share = external("{ type: AverageValue, averageValue: '10' }")
      const [one] = play([deployment('1'), autoscaler(share)], csv).plays
      const count = one!.moments.at(-1)?.to ?? one!.count
      const isQuiet = one!.moments.every(({ at }) => at <= (settled + 1200) * 1000)
      const ratio = last / (10 * count)
      return (
        isQuiet &&
        (ratio <= 1.1 || count === 20) &&
        (ratio >= 0.9 || count === Math.ceil(last / 10))
      )
    },
  )

describe('scaling there and back', () => {
  it('comes to rest where the load is served', () => {
    fc.assert(rests(played), { numRuns: 60, seed: 1 })
  })
  it('is refuted when the last change is lost', () => {
    const losing: typeof played = (...args) => {
      const answer = played(...args)
      return {
        ...answer,
        plays: answer.plays.map((one) => ({ ...one, moments: one.moments.slice(0, -1) })),
      }
    }
    expect(isRefuted(rests(losing), { runsMax: 60 })).toBe(true)
  })
})
