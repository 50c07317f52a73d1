/**
 * Tests simulated rollouts on both platforms: the answer agrees with an independent count over the
 * log, updates keep within their bounds if there is room, and a replayed log gives the same answer.
 */
import { getOrThrow, instant } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readMachines } from '../machines/texts.js'
import { kubernetes } from '../platform/kubernetes.js'
import { kubernetesFacts, kubernetesOrchestrator } from '../platform/kubernetes-orchestrator.js'
import type { Orchestrator } from '../platform/orchestrator.js'
import type { QuestionInput } from '../question/question.js'
import { defaultDurations, durationText, readDurations } from './durations.js'
import { rollOutChange } from './question.js'
import { replayRun } from './replay.js'
import { rollOut, type Rollouts } from './rollout.js'

const file = (name: string, ...documents: readonly object[]) => ({
  ...{
    from: name,
    texts: [{ file: name, text: documents.map((one) => JSON.stringify(one)).join('\n') }],
  },
})

const roll = (
  documents: readonly object[],
  change: readonly object[],
  {
    durations = defaultDurations,
    nodes = [],
    withoutNodes = [],
    fargate = {},
  }: {
    readonly durations?: typeof defaultDurations
    readonly nodes?: readonly string[]
    readonly withoutNodes?: readonly string[]
    readonly fargate?: QuestionInput['fargate']
  } = {},
) =>
  rollOutChange(
    {
      documents: file('before', ...documents),
      machines: getOrThrow(readMachines({ nodes })),
      ...{ trunking: false, parameters: [], seed: 0, fargate, withoutNodes },
    },
    { change: file('change', ...change), durations },
  )

const node = (name: string, pods: number) => ({
  ...{ apiVersion: 'v1', kind: 'Node', metadata: { name } },
  status: { allocatable: { cpu: `${pods}`, memory: '64Gi', pods: '110' } },
})
const deployment = (image: string, spec: object, isProbed = false) => ({
  ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' } },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: {
      metadata: { labels: { app: 'web' } },
      spec: {
        containers: [
          {
            ...{ name: 'main', image, resources: { requests: { cpu: '1' } } },
            ...(isProbed ? { readinessProbe: { httpGet: { path: '/', port: 80 } } } : {}),
          },
        ],
      },
    },
    ...spec,
  },
})
const definition = (image: string) => ({
  family: 'api',
  containerDefinitions: [{ name: 'main', image, cpu: 256, memory: 256, essential: true }],
})
const service = (more: object) => ({ serviceName: 'api', taskDefinition: 'api', ...more })

interface LoggedReplica {
  isStopped: boolean
  runsAt?: number
}

/** The fewest pods that serve from the change on, counted from the lines of the log alone. */
const lowestInLog = ({ rollouts, durations }: Rollouts, isProbed: boolean): number => {
  const replicas = new Map<number, LoggedReplica>()
  const lines = rollouts[0]!.log.split('\n').flatMap((line) => {
    if (line === '') return []
    const { event, effect } = JSON.parse(line) as {
      event?: { _tag: string; at: number; replica?: number; about?: string }
      effect?: { _tag: string; replica?: number }
    }
    return [{ event, effect }]
  })
  const isChange = (about = ''): boolean => about.startsWith('Deployment')
  const reports = lines.flatMap(({ event }, i) =>
    event !== undefined && isChange(event.about) ? [i] : [],
  )
  const from = reports.at(-1)!
  let low = Infinity
  let now = 0
  const serving = (): number =>
    [...replicas.values()].filter(
      ({ isStopped, runsAt }) =>
        !isStopped && runsAt !== undefined && (!isProbed || runsAt + durations.ready <= now),
    ).length
  lines.forEach(({ event, effect }, i) => {
    if (event !== undefined) {
      if (i > from && event.at > now) low = Math.min(low, serving())
      now = event.at
    }
    if (i === from) low = serving()
    if (effect?._tag === 'Place') replicas.set(effect.replica!, { isStopped: false })
    if (effect?._tag === 'Stop') replicas.get(effect.replica!)!.isStopped = true
    if (event?._tag === 'ReplicaRunning') replicas.get(event.replica!)!.runsAt = event.at
  })
  return Math.min(low, serving())
}

const anyUpdate = fc.record({
  replicas: fc.integer({ min: 1, max: 8 }),
  maxSurge: fc.nat(3),
  maxUnavailable: fc.nat(3),
  isProbed: fc.boolean(),
  start: fc.integer({ min: 1, max: 30_000 }),
  ready: fc.integer({ min: 1, max: 30_000 }),
})

/** With room for all pods of both templates. */
const staysWithin = (roller: typeof roll) =>
  fc.property(anyUpdate, ({ replicas, maxSurge, maxUnavailable, isProbed, start, ready }) => {
    const rollingUpdate = {
      maxSurge: maxSurge + maxUnavailable === 0 ? 1 : maxSurge,
      maxUnavailable,
    }
    const spec = { replicas, strategy: { type: 'RollingUpdate', rollingUpdate } }
    const rolled = getOrThrow(
      roller(
        [node('a', 20), node('b', 20), deployment('web:1', spec, isProbed)],
        [deployment('web:2', spec, isProbed)],
        { durations: { ...defaultDurations, start, ready } },
      ),
    )
    const [web] = rolled.rollouts[0]!.workloads
    expect(rolled.isDone).toBe(true)
    expect(web!.availableMin).toBe(lowestInLog(rolled, isProbed))
    expect(web!.availableMin).toBeGreaterThanOrEqual(replicas - maxUnavailable)
    expect(web!.replicasMax).toBeLessThanOrEqual(replicas + rollingUpdate.maxSurge)
    expect(web!.after).toMatchObject({ updated: replicas, available: replicas, isComplete: true })
  })

describe('a rollout of a Deployment', () => {
  it('is what its log says, within the bounds of the update', () => {
    fc.assert(staysWithin(roll), { numRuns: 60 })
  })
  it('is refuted when an update takes more away than it may', () => {
    const hasty: typeof roll = (before, [change], options) => {
      const changed = JSON.stringify(change).replace(
        /"maxUnavailable":(\d)/,
        (_, count: string) => `"maxUnavailable":${Number(count) + 2}`,
      )
      return roll(before, [JSON.parse(changed) as object], options)
    }
    expect(isRefuted(staysWithin(hasty), { runsMax: 200 })).toBe(true)
  })
  it('is refuted when a moment is left out', () => {
    const forgetful: typeof roll = (before, change, options) =>
      pipe(
        roll(before, change, options),
        E.map((rolled) => ({
          ...rolled,
          rollouts: rolled.rollouts.map((one) => ({
            ...one,
            log: one.log.replace(/^\{"effect":\{"_tag":"Stop".*\n/m, ''),
          })),
        })),
      )
    expect(isRefuted(staysWithin(forgetful), { runsMax: 200 })).toBe(true)
  })

  it('says why it is stuck, and what there is then', () => {
    const spec = { replicas: 2, strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } }
    const rolled = getOrThrow(
      roll([node('a', 2), deployment('web:1', spec)], [deployment('web:2', spec)]),
    )
    expect(rolled.isDone).toBe(false)
    expect(rolled.rollouts[0]!.workloads).toMatchObject([
      { name: 'shop/web', availableMin: 2, why: '0 of 1 fit: 1 Insufficient cpu' },
    ])
  })

  it('says that a quota holds it back, and goes on where the update frees what it needs', () => {
    const quota = {
      ...{ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { namespace: 'shop', name: 'few' } },
      spec: { hard: { pods: '2' } },
    }
    const rolled = (maxUnavailable: number) => {
      const spec = { replicas: 2, strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable } } }
      const objects = [node('a', 9), quota, deployment('web:1', spec)]
      return getOrThrow(roll(objects, [deployment('web:2', spec)]))
    }
    const held = rolled(0)
    expect(held.isDone).toBe(false)
    expect(held.rollouts[0]!.workloads[0]!.why).toContain(
      'is forbidden: exceeded quota: few, requested: pods=1, used: pods=2, limited: pods=2',
    )
    expect(held.rollouts[0]!.warnings).toEqual([])
    expect(rolled(1).isDone).toBe(true)
  })

  it('says that it is paused', () => {
    const spec = { replicas: 2 }
    const paused = deployment('web:2', { ...spec, paused: true })
    const rolled = getOrThrow(roll([node('a', 4), deployment('web:1', spec)], [paused]))
    expect(rolled.rollouts[0]!.workloads).toMatchObject([
      {
        availableMin: 2,
        why: 'it is paused: its pods stay as they are until spec.paused is false',
      },
    ])
  })

  it('says that it is cut after 30 days, or refuses what is not at rest before', () => {
    const [slow, days] = [{ replicas: 1, progressDeadlineSeconds: 9_999_999 }, 24 * 3_600]
    const slower = deployment('web:2', { ...slow, minReadySeconds: 40 * days })
    const before = [node('a', 4), deployment('web:1', slow)]
    const [web] = getOrThrow(roll(before, [slower])).rollouts[0]!.workloads
    expect(web?.why).toMatch(/; only 30 days are looked at, and later something still happens$/)
    expect(roll([node('a', 4), slower], [deployment('web:1', slow)])).toMatchObject({
      left: [
        {
          from: 'before, document 1',
          found: expect.stringContaining('not at rest after 30 days') as string,
        },
      ],
    })
  })

  it('waits for another node when one goes', () => {
    const spec = { replicas: 3 }
    const rolled = getOrThrow(
      roll([node('a', 2), node('b', 3), deployment('web:1', spec)], [], { withoutNodes: ['b'] }),
    )
    const [first] = rolled.rollouts[0]!.moments
    expect(first).toMatchObject({ at: 0, nodesLeft: ['b'] })
    expect(rolled.rollouts[0]!.workloads[0]).toMatchObject({
      availableMinAt: 0,
      after: { waiting: 1 },
    })
  })

  describe('when a node is lost', () => {
    const template = deployment('web:1', {}).spec.template
    const workload = (kind: string, name: string, more: object) => ({
      ...{ apiVersion: 'apps/v1', kind, metadata: { name, namespace: 'shop' } },
      spec: { selector: { matchLabels: { app: 'web' } }, template, ...more },
    })
    const answers = (name: string, status: string) => ({
      ...node(name, 5),
      status: { ...node(name, 5).status, conditions: [{ type: 'Ready', status }] },
    })
    const roles = (before: string, after: string) =>
      getOrThrow(
        roll(
          [
            answers('a', before),
            node('b', 5),
            workload('Deployment', 'web', { replicas: 2 }),
            workload('StatefulSet', 'db', { replicas: 2, serviceName: 'db' }),
            workload('DaemonSet', 'agent', {}),
          ],
          [answers('a', after)],
        ),
      ).rollouts[0]!
    const stopsIn = ({ moments }: ReturnType<typeof roles>) =>
      moments.flatMap(({ at, workloads }) =>
        workloads.filter(({ stops }) => stops.length > 0).map(({ name }) => [name, at]),
      )

    it('evicts pods after their time; those of StatefulSets and DaemonSets stay', () => {
      const lost = roles('True', 'Unknown')
      // The controllers wait for the last word of a kubelet, which a silent node never says.
      expect(stopsIn(lost)).toEqual([
        ['shop/db', 300_000],
        ['shop/web', 300_000],
      ])
      expect(lost.workloads).toMatchObject([
        { name: 'shop/agent' },
        { name: 'shop/db', after: { desired: 2, available: 1 } },
        { name: 'shop/web', after: { desired: 2, available: 2 }, doneAt: 320_000 },
      ])
      expect(lost.workloads[1]!.doneAt).toBeUndefined()
      // A kubelet that answers, but is not ready, ends its pods.
      const unready = roles('True', 'False').workloads
      expect(unready).toMatchObject([
        { name: 'shop/db', doneAt: 330_000 },
        { name: 'shop/web', doneAt: 320_000 },
      ])
    })

    it('ends what had to go when it answers again', () => {
      expect(roles('Unknown', 'True').workloads.every(({ doneAt }) => doneAt !== undefined)).toBe(
        true,
      )
    })
  })

  it('changes a node, and lets an object go', () => {
    const spec = { replicas: 2 }
    const larger = getOrThrow(roll([node('a', 1), deployment('web:1', spec)], [node('a', 5)]))
    expect(larger.rollouts[0]!.workloads).toMatchObject([{ doneAt: 20_000 }])
  })

  it('has no part in what nothing changes', () => {
    const spec = { replicas: 1 }
    const rolled = getOrThrow(
      roll([node('a', 2), deployment('web:1', spec)], [deployment('web:1', spec)]),
    )
    expect(rolled.rollouts[0]).toMatchObject({ workloads: [], moments: [] })
  })

  it('warns of what is not simulated', () => {
    const cron = cronJobOf('web:1')
    const spec = { replicas: 1 }
    const rolled = getOrThrow(
      roll([node('a', 2), cron, deployment('web:1', spec)], [deployment('web:2', spec)]),
    )
    expect(rolled.rollouts[0]!.warnings).toMatchObject([
      { code: 'NotSimulated', subject: 'CronJob shop/web' },
    ])
  })
})

/** A CronJob, which is not simulated unless it is said how long to look. */
function cronJobOf(image: string) {
  const { metadata, spec } = deployment(image, {})
  const pod = { ...spec.template.spec, restartPolicy: 'Never' }
  const jobTemplate = { spec: { template: { spec: pod } } }
  return {
    ...{ apiVersion: 'batch/v1', kind: 'CronJob', metadata },
    spec: { schedule: '* * * * *', jobTemplate },
  }
}

/** What runs, as the API server prints it: a ReplicaSet of two, whose pods are ready. */
const printed = (image: string, created: string) => {
  const { metadata, spec } = deployment(image, { replicas: 2 })
  const owner = (kind: string, name: string) => [
    { apiVersion: 'apps/v1', kind, name, uid: name, controller: true },
  ]
  const labels = { app: 'web', 'pod-template-hash': 'old' }
  const set = {
    ...{ apiVersion: 'apps/v1', kind: 'ReplicaSet' },
    metadata: {
      ...{ namespace: 'shop', name: 'web-old', labels, creationTimestamp: created },
      ownerReferences: owner('Deployment', 'web'),
    },
    spec: {
      ...{ replicas: 2, selector: { matchLabels: labels } },
      template: { ...spec.template, metadata: { labels } },
    },
  }
  const pods = ['a', 'b'].map((name) => ({
    ...{ apiVersion: 'v1', kind: 'Pod' },
    metadata: {
      ...{ namespace: 'shop', name, labels, creationTimestamp: created },
      ownerReferences: owner('ReplicaSet', 'web-old'),
    },
    spec: { ...spec.template.spec, nodeName: name },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: created }],
    },
  }))
  const own = { ...deployment(image, { replicas: 2 }), metadata: { ...metadata } }
  return [node('a', 3), node('b', 3), own, set, ...pods]
}

/** Whenever what runs was made, an update of it goes the same way. */
const isTimeless = (more: Partial<Orchestrator>) =>
  fc.property(fc.integer({ min: 1_971, max: 9_000 }), (year) => {
    const rolled = (created: string) => {
      const before = printed('web:1', created)
      const [, , , ...others] = printed('web:1', created)
      const after = [...before.slice(0, 2), deployment('web:2', { replicas: 2 }), ...others]
      const sources = (objects: readonly object[]) =>
        objects.map((value, i) => ({ from: `document ${i}`, value }))
      const orchestrator: Orchestrator = {
        ...getOrThrow(kubernetesOrchestrator({ platform: 'kubernetes', objects: [] })),
        factsOf: (own) => E.right(kubernetesFacts(own)),
        ...more,
      }
      const input = { platform: kubernetes, orchestrator, withoutNodes: [], files: new Map() }
      return getOrThrow(
        rollOut({ ...input, before: sources(before), after: sources(after) }, defaultDurations),
      )
    }
    const { workloads, moments } = rolled('1970-01-01T00:00:00Z')
    expect(workloads).toMatchObject([{ availableMin: 2, doneAt: 40_000 }])
    expect(rolled(`${year}-06-01T00:00:00Z`)).toMatchObject({ workloads, moments })
  })

describe('a rollout of what runs already', () => {
  it('goes the same way whenever the pods became ready', () => {
    fc.assert(isTimeless({}), { numRuns: 20 })
  })
  it('is refuted by a world that begins before they did', () => {
    expect(isRefuted(isTimeless({ latestOf: () => instant(0) }))).toBe(true)
  })
})

describe('a rollout of pods that start or end when they are printed', () => {
  const then = '2026-01-05T00:00:00Z'
  const strategy = { replicas: 2, strategy: { type: 'Recreate' } }
  const objects = printed('web:1', then).map((one) =>
    'status' in one || !('spec' in one) || 'ownerReferences' in one.metadata
      ? one
      : deployment('web:1', strategy),
  ) as { metadata: object; status: object }[]
  const [before, last] = [objects.slice(0, -1), objects.at(-1)!]

  it('lets a pod start that has its node', () => {
    const pod = { ...last, status: { phase: 'Pending' } }
    const { workloads } = getOrThrow(roll([...before, pod], [], { withoutNodes: ['a'] }))
      .rollouts[0]!
    expect(workloads).toMatchObject([{ availableMin: 1, doneAt: 20_000 }])
  })
  it('lets a pod end that was deleted: an update waits for no pod for ever', () => {
    const metadata = { ...last.metadata, name: 'c', deletionTimestamp: then }
    const rolled = getOrThrow(
      roll([...objects, { ...last, metadata }], [deployment('web:2', strategy)]),
    )
    expect(rolled.rollouts[0]!.workloads).toMatchObject([{ doneAt: 30_000 }])
  })
})

describe('a rollout of an ECS service', () => {
  it('starts the new revision and stops the old one within the two percentages', () => {
    const more = {
      desiredCount: 4,
      deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 150 },
    }
    const rolled = getOrThrow(
      roll([definition('api:1'), service(more)], [definition('api:2')], { nodes: ['m5.large=2'] }),
    )
    expect(rolled.isDone).toBe(true)
    expect(rolled.rollouts[0]!.workloads).toMatchObject([
      { name: 'api', availableMin: 2, replicasMax: 6, after: { updated: 4, running: 4 } },
    ])
  })
  it.each([
    ['us-east-1a', 'm5.large-1'],
    ['us-east-1b', 'm5.large-2'],
    ['us-east-1c', 'm5.large-3'],
  ])('starts in the zone %s of its subnet alone, also when it is replayed', (zone, name) => {
    const awsvpc = (image: string) => ({ ...definition(image), networkMode: 'awsvpc' })
    const subnets = {
      Subnets: [
        {
          ...{ SubnetId: 'subnet-12345678', VpcId: 'vpc-1', AvailabilityZone: zone },
          ...{ CidrBlock: '10.0.0.0/24', State: 'available' },
        },
      ],
    }
    const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-12345678'] } }
    const rolled = getOrThrow(
      roll(
        [awsvpc('api:1'), service({ desiredCount: 1, networkConfiguration }), subnets],
        [awsvpc('api:2')],
        { nodes: ['a', 'b', 'c'].map((one) => `m5.large=1@us-east-1${one}`) },
      ),
    )
    const [{ log, moments }] = rolled.rollouts as [(typeof rolled.rollouts)[number]]
    expect(moments[0]!.workloads[0]!.starts).toMatchObject([{ node: name }])
    expect(E.isRight(replayRun({ file: 'log', text: log }))).toBe(true)
  })
  it('is done when all its tasks are healthy, not when they run', () => {
    const rolled = getOrThrow(
      roll([definition('api:1'), service({ desiredCount: 4 })], [], {
        ...{ nodes: ['m5.large=2'], withoutNodes: ['m5.large-1'] },
      }),
    )
    expect(rolled.rollouts[0]!.workloads).toMatchObject([
      { name: 'api', availableMin: 2, doneAt: 60_000, after: { available: 4 } },
    ])
  })
  it('scales when the count changes, on Fargate too', () => {
    const onFargate = {
      ...{ launchType: 'FARGATE' },
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
    }
    const sized = {
      ...definition('api:1'),
      ...{ cpu: '256', memory: '512', networkMode: 'awsvpc', requiresCompatibilities: ['FARGATE'] },
    }
    const rolled = getOrThrow(
      roll(
        [sized, service({ desiredCount: 1, ...onFargate })],
        [service({ desiredCount: 3, ...onFargate })],
      ),
    )
    expect(rolled.isDone).toBe(true)
    expect(rolled.rollouts[0]!.moments[0]!.workloads[0]!.starts).toHaveLength(2)
  })
  it('mounts tmpfs on Fargate only where an option allows it, also when it is replayed', () => {
    const sized = {
      ...{ family: 'api', cpu: '256', memory: '512', networkMode: 'awsvpc' },
      requiresCompatibilities: ['FARGATE'],
    }
    const containing = (more: object) => ({
      ...sized,
      containerDefinitions: [{ ...more, name: 'main' }],
    })
    const tmpfs = [{ containerPath: '/tmp', size: 64 }]
    const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-1'] } }
    const onFargate = service({ desiredCount: 1, launchType: 'FARGATE', networkConfiguration })
    const rollWith = (fargate: QuestionInput['fargate']) =>
      roll([containing({}), onFargate], [containing({ linuxParameters: { tmpfs } })], { fargate })
    expect(rollWith({})).toMatchObject({ left: [{}, { from: 'change' }] })
    const { isDone, rollouts } = getOrThrow(rollWith({ tmpfs: 'allowed' }))
    expect(isDone).toBe(true)
    expect(E.isRight(replayRun({ file: 'log', text: rollouts[0]!.log }))).toBe(true)
  })
})

describe('a log', () => {
  const spec = { replicas: 3 }
  const { rollouts } = getOrThrow(
    roll([node('a', 9), deployment('web:1', spec)], [deployment('web:2', spec)]),
  )
  const [{ log, moments }] = rollouts as [(typeof rollouts)[number]]

  it('tells the same when it is replayed, from its beginning', () => {
    const { replays } = getOrThrow(replayRun({ file: 'log', text: log }))
    const story = replays[0].moments.slice(-moments.length)
    const shift = story[0]!.at - moments[0]!.at
    expect(story.map((moment) => ({ ...moment, at: moment.at - shift }))).toEqual(moments)
  })
  it('is replayed up to an instant', () => {
    const { replays } = getOrThrow(replayRun({ file: 'log', text: log }, 1))
    expect(replays[0].moments.map(({ at }) => at)).toEqual([0, 1])
  })
  it('that was cut says where', () => {
    const lines = log.split('\n')
    const { replays } = getOrThrow(replayRun({ file: 'log', text: lines.slice(0, 6).join('\n') }))
    expect(replays[0].cutAfter).toBe(6)
  })
  it.each([
    ['of no platform', log.replace('"platform":"kubernetes"', '"platform":"nomad"'), 'log, line 1'],
    ['that is none', 'hello', 'log, line 1'],
    ['whose orders differ', log.replace('"node":"a","owner"', '"node":"b","owner"'), 'log, line 5'],
  ])('%s is refused with its line', (_, text, from) => {
    expect(replayRun({ file: 'log', text })).toMatchObject({ left: [{ from }] })
  })
})

describe('what is not simulated', () => {
  it('is named where pods have a need that no rule of a rollout knows', () => {
    const claim = { name: 'data', persistentVolumeClaim: { claimName: 'data' } }
    const claiming = (image: string) => {
      const { spec, ...rest } = deployment(image, { replicas: 1 })
      const { template } = spec
      const volumes = { ...template.spec, volumes: [claim] }
      return { ...rest, spec: { ...spec, template: { ...template, spec: volumes } } }
    }
    const rolled = getOrThrow(roll([node('a', 4), claiming('web:1')], [claiming('web:2')]))
    expect(rolled.rollouts[0]!.warnings).toMatchObject([
      { code: 'PodNeedIgnored', subject: 'Deployment shop/web' },
    ])
  })
  it('is named also where it is a rule: autoscalers', () => {
    const rules = ['HorizontalPodAutoscaler']
    const objects = rules.flatMap((kind) =>
      ['one', 'two'].map((name) => ({
        ...{ apiVersion: 'v1', kind, metadata: { namespace: 'shop', name }, spec: {} },
      })),
    )
    const all = [node('a', 4), ...objects, deployment('web:1', { replicas: 1 })]
    const rolled = getOrThrow(roll(all, [deployment('web:2', { replicas: 1 })]))
    expect(rolled.rollouts[0]!.warnings).toMatchObject(
      rules.map((kind) => ({ code: 'NotSimulated', subject: `${kind} shop/one` })),
    )
    expect(rolled.rollouts[0]!.warnings[0]!.text).toContain('1 other')
  })
  const replica = { desiredCount: 1 }
  const before = (more: object) => [
    definition('api:1'),
    service(replica),
    service({ serviceName: 'other', ...replica, ...more }),
  ]
  const nodes = ['m5.large=2']
  const changed = { serviceName: 'other', desiredCount: 2 }

  it.each([
    [{ deploymentController: { type: 'CODE_DEPLOY' } }, 'deploymentController.type'],
    [
      { capacityProviderStrategy: [{ capacityProvider: 'machines', weight: 1 }] },
      'capacityProviderStrategy[0].capacityProvider',
    ],
  ])('a service with %o is named, and the others are rolled out', (more, field) => {
    const rolled = getOrThrow(roll(before(more), [definition('api:2')], { nodes }))
    expect(rolled.rollouts[0]).toMatchObject({
      workloads: [{ name: 'api', doneAt: 70_000 }],
      warnings: [{ code: 'NotSimulated', subject: 'service other' }],
    })
    expect(rolled.rollouts[0]!.warnings[0]!.text).toContain(field)
    const alone = roll(before(more), [service({ ...changed, ...more })], { nodes })
    expect(alone).toMatchObject({ left: [{ from: 'change', found: 'service other' }] })
    const both = roll(before(more), [definition('api:2'), service({ ...changed, ...more })], {
      nodes,
    })
    expect(E.isRight(both)).toBe(true)
  })
  it('is refused where it becomes so: it is not told as a deletion', () => {
    const deployed = service({ ...replica, deploymentController: { type: 'CODE_DEPLOY' } })
    expect(roll([definition('api:1'), service(replica)], [deployed], { nodes })).toMatchObject({
      left: [{ from: 'change', found: 'service api' }],
    })
  })
  it('is refused in a template that has nothing else', () => {
    const template = (image: string, more: object) => ({
      Resources: {
        Task: { Type: 'AWS::ECS::TaskDefinition', Properties: cased(definition(image)) },
        Service: {
          Type: 'AWS::ECS::Service',
          Properties: {
            TaskDefinition: { Ref: 'Task' },
            ServiceName: 'api',
            DesiredCount: 2,
            ...more,
          },
        },
      },
    })
    const cased = ({ family, containerDefinitions }: ReturnType<typeof definition>) => ({
      Family: family,
      ContainerDefinitions: containerDefinitions.map(({ name, image, cpu, memory }) => ({
        ...{ Name: name, Image: image, Cpu: cpu, Memory: memory },
      })),
    })
    const deployed = { DeploymentController: { Type: 'CODE_DEPLOY' } }
    const alone = roll([template('api:1', deployed)], [template('api:2', deployed)], { nodes })
    expect(alone).toMatchObject({ left: [{ from: 'change', found: 'service api' }] })
    expect(JSON.stringify(alone)).toContain('deploymentController.type')
    expect(roll([template('api:1', {})], [template('api:1', deployed)], { nodes })).toMatchObject({
      left: [{ from: 'change', found: 'service api' }],
    })
    const own = getOrThrow(roll([template('api:1', {})], [template('api:2', {})], { nodes }))
    expect(own.rollouts[0]!.workloads).toMatchObject([
      { name: 'api', doneAt: expect.anything() as number },
    ])
  })
  it('rolls services of a capacity provider out on its own instances', () => {
    const provider = { capacityProviderStrategy: [{ capacityProvider: 'machines', weight: 1 }] }
    const own = ['m5.large=1,capacityProvider=machines', 'm5.large=1']
    const rolled = getOrThrow(roll(before(provider), [definition('api:2')], { nodes: own }))
    expect(rolled.rollouts[0]!.warnings).toEqual([])
    const starts = rolled.rollouts[0]!.moments.flatMap(({ workloads }) =>
      workloads.flatMap(({ name, starts: all }) => (name === 'other' ? all : [])),
    )
    expect(starts.map(({ node }) => node)).toEqual(['m5.large-1'])
  })
  it('begins at rest where an instance of a capacity provider is idle', () => {
    const provider = { capacityProviderStrategy: [{ capacityProvider: 'machines', weight: 1 }] }
    const own = ['m5.large=2,capacityProvider=machines', 'm5.large=1']
    expect(getOrThrow(roll(before(provider), [definition('api:2')], { nodes: own })).isDone).toBe(
      true,
    )
  })
  it('rolls a DAEMON out on every instance', () => {
    const daemon = { schedulingStrategy: 'DAEMON', desiredCount: undefined }
    const rolled = getOrThrow(roll(before(daemon), [definition('api:2')], { nodes }))
    expect(rolled.rollouts[0]!.workloads).toMatchObject([
      { name: 'api', after: { isComplete: true } },
      { name: 'other', after: { desired: 2, running: 2, isComplete: true } },
    ])
  })
  it('is refused alone, and named when it stays as it is', () => {
    const set = cronJobOf('db:1')
    const other = { ...set, spec: { ...set.spec, suspend: true } }
    const all = [node('a', 4), set, deployment('web:1', { replicas: 1 })]
    expect(roll(all, [other])).toMatchObject({
      left: [{ from: 'change', found: 'CronJob shop/web' }],
    })
    expect(E.isRight(roll(all, [set]))).toBe(true)
    expect(E.isRight(roll(all, [other, deployment('web:2', { replicas: 1 })]))).toBe(true)
  })
})

describe('bad input', () => {
  it('changes a field that is immutable', () => {
    const before = deployment('web:1', { replicas: 2 })
    const other = { matchLabels: { app: 'other' } }
    const change = deployment('web:2', { replicas: 2, selector: other })
    const template = { ...change.spec.template, metadata: { labels: { app: 'other' } } }
    const renamed = { ...change, spec: { ...change.spec, template } }
    const list = { apiVersion: 'v1', kind: 'List', items: [renamed] }
    const rolled = roll([node('a', 4), before], [list])
    expect(rolled).toMatchObject({
      left: [{ from: 'change', at: ['items', 0, 'spec', 'selector'] }],
    })
    expect(E.isLeft(rolled) && rolled.left[0]!.expected).toMatch(
      /^no change, as the field is immutable: delete Deployment shop\/web and make it anew/,
    )
    expect(E.isRight(roll([node('a', 4), before], [deployment('web:2', { replicas: 2 })]))).toBe(
      true,
    )
  })
  it('has nothing that runs', () => {
    expect(roll([], [], { withoutNodes: ['n1'] })).toMatchObject({
      left: [{ from: 'before', found: 'no documents of Kubernetes or Amazon ECS' }],
    })
  })
  const spec = { replicas: 1 }
  const before = [node('a', 2), deployment('web:1', spec)]
  it('is refused with its place', () => {
    const other = { ...deployment('web:2', spec), metadata: { name: 'other', namespace: 'shop' } }
    expect(roll(before, [other])).toMatchObject({
      left: [{ from: 'change', found: 'Deployment shop/other' }],
    })
    expect(roll(before, [deployment('web:2', { replicas: 'two' })])).toMatchObject({
      left: [{ from: 'change', at: ['spec', 'replicas'] }],
    })
    expect(roll(before, [], { withoutNodes: ['c'] })).toMatchObject({
      left: [{ from: '--without-node', found: '"c"' }],
    })
    expect(roll(before, [])).toMatchObject({ left: [{ from: 'change', found: 'no documents' }] })
    expect(E.isRight(roll(before, [], { withoutNodes: ['a', 'a'] }))).toBe(true)
  })
  it('is refused in the template of the change, not in the one before', () => {
    const template = (count: number) => ({
      Resources: {
        Task: {
          Type: 'AWS::ECS::TaskDefinition',
          Properties: {
            Family: 'api',
            ContainerDefinitions: [{ Name: 'main', Image: 'api:1', Cpu: 256, Memory: 256 }],
          },
        },
        Service: {
          Type: 'AWS::ECS::Service',
          Properties: { ServiceName: 'api', TaskDefinition: { Ref: 'Task' }, DesiredCount: count },
        },
      },
    })
    const nodes = ['m5.large=2']
    expect(roll([template(1)], [template(-1)], { nodes })).toMatchObject({
      left: [{ from: 'change', found: '-1' }],
    })
    expect(roll([template(-1)], [template(1)], { nodes })).toMatchObject({
      left: [{ from: 'before', found: '-1' }],
    })
  })
  it.each([
    ['start=20', '"start=20"'],
    ['begin=20s', '"begin=20s"'],
    ['start=20s,,stop=1s', '""'],
    ['start=20s,start=1s', '"start=1s"'],
    ['start=20s=1s', '"start=20s=1s"'],
  ])('%s is no list of durations', (text, found) => {
    expect(readDurations(text)).toMatchObject({ left: [{ from: '--durations', found }] })
  })
  it('shows durations as they are read', () => {
    expect(readDurations('start=500ms,stop=2m')).toEqual(
      E.right({ ...defaultDurations, start: 500, stop: 120_000 }),
    )
    const texts = [0, 999, 20_000, 60_000, 3_661_500].map(durationText)
    expect(texts).toEqual(['0 s', '0.999 s', '20 s', '1 min', '1 h 1 min 1.5 s'])
  })
})

describe('what a service waits for', () => {
  const definition = (image: string, more: object = {}) => ({
    family: 'web',
    containerDefinitions: [{ name: 'main', image, cpu: 256, memory: 256, ...more }],
  })
  const web = (more: object = {}) => ({
    ...{ serviceName: 'web', taskDefinition: 'web', desiredCount: 2, ...more },
  })
  const whyOf = (before: readonly object[], change: readonly object[], more: object = {}) => {
    const [rollout] = getOrThrow(roll(before, change, { nodes: ['m5.large=2'], ...more })).rollouts
    return rollout!.workloads[0]!.why
  }
  const ports = { portMappings: [{ containerPort: 80, hostPort: 80 }] }
  const pause = { targetType: 'PAUSE', lifecycleStages: ['POST_SCALE_UP'] }
  it.each<[string, readonly object[], readonly object[], RegExp]>([
    [
      'two percentages of 100',
      [definition('web:1'), web()],
      [
        definition('web:2'),
        web({ deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 100 } }),
      ],
      /^waits for room between its bounds: at least 2 tasks .* and at most 2 may run/,
    ],
    [
      'a host port',
      [definition('web:1', ports), web()],
      [definition('web:2', ports)],
      /RESOURCE:PORTS; waits for host port 80, which tasks of ecs-svc\/1 have/,
    ],
    [
      'a pause that nobody answers',
      [definition('web:1'), web()],
      [
        definition('web:2'),
        web({
          deploymentConfiguration: {
            ...{ strategy: 'BLUE_GREEN', bakeTimeInMinutes: 0, lifecycleHooks: [pause] },
          },
        }),
      ],
      /^waits for another deployment, as ecs-svc\/2 failed \(.*was not answered in time\)/,
    ],
  ])('is told: %s', (_, before, change, text) => {
    expect(whyOf(before, change)).toMatch(text)
  })
})

describe('a service of task sets', () => {
  const definition = (image: string) => ({
    family: 'web',
    containerDefinitions: [{ name: 'main', image, cpu: 256, memory: 256 }],
  })
  const web = (percent: number) => ({
    ...{ serviceName: 'web', desiredCount: 4, deploymentController: { type: 'EXTERNAL' } },
    taskSets: [
      {
        ...{ id: 'ecs-svc/1', status: 'PRIMARY', taskDefinition: 'web' },
        scale: { value: percent, unit: 'PERCENT' },
      },
    ],
  })
  it('has the tasks of its sets, by their scale', () => {
    const before = [definition('web:1'), web(100)]
    const [rollout] = getOrThrow(roll(before, [web(50)], { nodes: ['m5.large=2'] })).rollouts
    expect(rollout!.warnings).toEqual([])
    expect(rollout!.workloads).toMatchObject([
      { name: 'web.1', before: { running: 4 }, after: { running: 2, isComplete: true } },
    ])
  })
})

describe('a provider of Managed Instances', () => {
  const definition = {
    family: 'web',
    containerDefinitions: [{ name: 'main', image: 'web:1', cpu: 1024, memory: 512 }],
  }
  const service = (desiredCount: number) => ({
    ...{ serviceName: 'web', taskDefinition: 'web', desiredCount },
    capacityProviderStrategy: [{ capacityProvider: 'managed', weight: 1 }],
  })
  const provider = (instanceRequirements: object | undefined) => ({
    name: 'managed',
    managedInstancesProvider: {
      infrastructureRoleArn: 'arn:aws:iam::1:role/r',
      infrastructureOptimization: { scaleInAfter: 60 },
      instanceLaunchTemplate: {
        ...{ ec2InstanceProfileArn: 'arn:aws:iam::1:instance-profile/p', instanceRequirements },
        networkConfiguration: { subnets: ['subnet-1'] },
      },
    },
  })
  const m5 = {
    ...{ vCpuCount: { min: 2, max: 4 }, memoryMiB: { min: 4096 } },
    allowedInstanceTypes: ['m5.*'],
  }
  const rolled = (
    requirements: object | undefined,
    [before, after]: readonly [number, number],
    ...more: readonly object[]
  ) =>
    getOrThrow(
      roll([definition, service(before), provider(requirements), ...more], [service(after)]),
    ).rollouts[0]!
  const instance = {
    ...{ ec2InstanceId: 'i-1', capacityProviderName: 'managed' },
    registeredResources: [
      { name: 'CPU', integerValue: 4096 },
      { name: 'MEMORY', integerValue: 8192 },
    ],
  }
  it('launches what waits, and terminates what is idle', () => {
    const more = rolled(m5, [2, 5])
    expect(more.capacity).toMatchObject([{ name: 'managed', before: 2, after: 3, bought: 1 }])
    expect(more.workloads).toMatchObject([{ after: { available: 5, isComplete: true } }])
    const texts = more.moments.flatMap(({ capacity }) => capacity.flatMap((one) => one.messages))
    expect(texts).toEqual(['for 1 waiting task: launches 1 m5.large in us-east-1c'])
    expect(rolled(m5, [2, 0]).capacity).toMatchObject([{ before: 2, after: 0, bought: 0 }])
  })
  it('names requirements that are not read, and says when it has none', () => {
    const texts = (requirements: object | undefined) =>
      rolled(requirements, [0, 1], instance).warnings.map(({ text }) => text)
    expect(texts({ ...m5, bareMetal: 'excluded' })).toEqual([
      'read but not honoured yet: bareMetal of instanceRequirements',
    ])
    expect(texts(undefined).join()).toContain('has no instanceRequirements')
    expect(texts({ ...m5, allowedInstanceTypes: ['x0.*'] }).join()).toContain(
      'no known instance type meets its instanceRequirements',
    )
  })
})

describe('a capacity provider', () => {
  const definition = {
    family: 'web',
    containerDefinitions: [{ name: 'main', image: 'web:1', cpu: 1024, memory: 512 }],
  }
  const service = (desiredCount: number) => ({
    ...{ serviceName: 'web', taskDefinition: 'web', desiredCount },
    capacityProviderStrategy: [{ capacityProvider: 'spare', weight: 1 }],
  })
  const provider = (managedScaling: object = { status: 'ENABLED' }) => ({
    name: 'spare',
    autoScalingGroupProvider: {
      autoScalingGroupArn: 'arn:aws:autoscaling:eu-west-1:1:g:0a:autoScalingGroupName/asg',
      managedScaling,
    },
  })
  const group = (more: object = {}) => ({
    ...{ AutoScalingGroupName: 'asg', MinSize: 0, MaxSize: 4 },
    ...{ AvailabilityZones: ['eu-west-1a', 'eu-west-1b'] },
    MixedInstancesPolicy: { LaunchTemplate: { Overrides: [{ InstanceType: 'm5.large' }] } },
    ...more,
  })
  const before = (...others: readonly object[]) => [definition, service(2), ...others]
  const rolled = (documents: readonly object[], change: readonly object[]): Rollouts =>
    getOrThrow(roll(documents, change))

  it('buys what an update needs, and the answer has the peak and the decisions', () => {
    const [rollout] = rolled(before(provider(), group()), [service(6)]).rollouts
    expect(rollout!.capacity).toMatchObject([
      { name: 'spare', before: 2, after: 3, machinesMax: 3, bought: 1 },
    ])
    const messages = rollout!.moments.flatMap(({ capacity }) =>
      capacity.flatMap((one) => one.messages),
    )
    expect(messages[0]).toContain('M 3, N 2, CapacityProviderReservation 150 %')
    expect(rollout!.workloads).toMatchObject([{ name: 'web', after: { available: 6 } }])
  })
  it('that is full, or has no type for the tasks, is the reason why the rollout hangs', () => {
    const full = rolled(before(provider(), group({ MaxSize: 2 })), [service(6)])
    expect(full.isDone).toBe(false)
    expect(full.rollouts[0]!.workloads[0]!.why).toContain('held by max')
  })
  it.each<[string, readonly object[], string]>([
    ['no group', [provider()], 'Auto Scaling group asg is not described'],
    [
      'no type',
      [provider(), group({ MixedInstancesPolicy: undefined })],
      'Auto Scaling group asg lists no instance type',
    ],
    [
      'an unknown type',
      [
        provider(),
        group({
          MixedInstancesPolicy: { LaunchTemplate: { Overrides: [{ InstanceType: 'm5.huge' }] } },
        }),
      ],
      'instance type m5.huge is not known',
    ],
  ])('of %s keeps what it has, and a warning says why', (_, documents, text) => {
    const instances = [
      {
        ...{ ec2InstanceId: 'i-1', capacityProviderName: 'spare' },
        registeredResources: [
          { name: 'CPU', integerValue: 4096 },
          { name: 'MEMORY', integerValue: 8192 },
        ],
      },
    ]
    const [rollout] = rolled(before(...documents, ...instances), [service(3)]).rollouts
    expect(rollout!.warnings.map((one) => one.text).join()).toContain(text)
    expect(rollout!.workloads).toMatchObject([{ name: 'web', after: { available: 3 } }])
  })
  it.each<[string, object, string]>([
    ['a minimum above its maximum', group({ MinSize: 5 }), 'MinSize'],
    ['a size that is none', group({ MaxSize: -1 }), 'MaxSize'],
    ['a target of 0', provider({ targetCapacity: 0 }), 'targetCapacity'],
  ])('with %s is refused', (_, document, field) => {
    const result = roll(before(document), [service(3)])
    expect(E.isLeft(result) && JSON.stringify(result.left)).toContain(field)
  })
})
