/**
 * Tests that a scheduler's state is a value: an event leaves the earlier state as it was, and a
 * state that was encoded and decoded continues exactly as the original.
 */
import { instant, type Instant } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { emptyQueue } from '../queue/queue.js'
import { concatObjects, readObjects } from '../words/object.js'
import { decodeScheduler } from './decode.js'
import { encodeScheduler } from './encode.js'
import type { EncodedScheduler } from './encoded.js'
import { openScheduler, type SchedulerOptions } from './open.js'
import type { SchedulerState } from './state.js'
import type { ClusterEvent } from '../queue/event.js'
import {
  applyEvent,
  nextInstant,
  nominatePod,
  passTime,
  removePod,
  runReady,
  schedulePod,
  type Transition,
} from './transition.js'

const node = (name: string, cpu: string, zone: string) => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    name,
    labels: { 'kubernetes.io/hostname': name, 'topology.kubernetes.io/zone': zone },
  },
  status: { allocatable: { cpu, memory: '4Gi', pods: '20' } },
})

interface Sketch {
  readonly cpu: string
  readonly priority: number
  readonly on?: string | undefined
  readonly claim?: string | undefined
  readonly isApart?: boolean | undefined
}

const pod = (name: string, { cpu, priority, on, claim, isApart }: Sketch) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels: { app: isApart === true ? 'apart' : 'other' } },
  spec: {
    priority,
    containers: [{ name: 'c', resources: { requests: { cpu } } }],
    ...(on === undefined ? {} : { nodeName: on }),
    ...(claim === undefined
      ? {}
      : { volumes: [{ name: 'v', persistentVolumeClaim: { claimName: claim } }] }),
    ...(isApart === true
      ? {
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: 'topology.kubernetes.io/zone',
              whenUnsatisfiable: 'DoNotSchedule',
              labelSelector: { matchLabels: { app: 'apart' } },
            },
          ],
        }
      : {}),
  },
})

const storage = [
  {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'local' },
    provisioner: 'kubernetes.io/no-provisioner',
    volumeBindingMode: 'WaitForFirstConsumer',
  },
  {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: { name: 'made' },
    provisioner: 'disk.example.com',
    volumeBindingMode: 'WaitForFirstConsumer',
  },
  ...['c0', 'c1', 'c2'].map((name, i) => ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name },
    spec: {
      storageClassName: i === 2 ? 'made' : 'local',
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '1Gi' } },
    },
  })),
  {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name: 'disk' },
    spec: {
      storageClassName: 'local',
      accessModes: ['ReadWriteOnce'],
      capacity: { storage: '1Gi' },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            {
              matchExpressions: [
                { key: 'kubernetes.io/hostname', operator: 'In', values: ['n0', 'n1'] },
              ],
            },
          ],
        },
      },
    },
    status: { phase: 'Available' },
  },
]

const opened = (objects: readonly unknown[], options: SchedulerOptions = {}): SchedulerState => {
  const read = concatObjects(objects.map((value, i) => readObjects({ from: `object ${i}`, value })))
  expect(read.bad).toEqual([])
  return openScheduler(read.objects, instant(0), options)
}

const right = <Value>(read: E.Either<unknown, Value>): Value => {
  if (E.isLeft(read)) throw new Error(JSON.stringify(read.left))
  return read.right
}

/** Something that happens, so many milliseconds after what was before it. */
type Act =
  | { readonly _tag: 'Run' | 'Pass' | 'Event' }
  | { readonly _tag: 'Schedule' | 'Remove' | 'Nominate'; readonly pod: number }
type Timed = Act & { readonly after: number }

const play = (state: SchedulerState, act: Timed, pods: number): Transition<unknown> => {
  const at: Instant = instant(state.at + act.after)
  const name = 'pod' in act ? `default/p${act.pod % pods}` : ''
  switch (act._tag) {
    case 'Run':
      return runReady(state, at)
    case 'Pass':
      return passTime(state, at)
    case 'Event':
      return applyEvent(state, { at, event: { resource: 'AssignedPod', action: 'Delete' } })
    case 'Schedule':
      return schedulePod(state, { at, pod: name })
    case 'Remove':
      return removePod(state, { at, pod: name })
    case 'Nominate':
      return nominatePod(state, { at, pod: name, node: 'n0' })
  }
}

const anyAct: fc.Arbitrary<Timed> = fc
  .tuple(
    fc.oneof(
      { weight: 3, arbitrary: fc.record({ _tag: fc.constantFrom('Run', 'Pass', 'Event') }) },
      {
        weight: 2,
        arbitrary: fc.record({
          _tag: fc.constantFrom('Schedule', 'Remove', 'Nominate'),
          pod: fc.nat(9),
        }),
      },
    ),
    fc.constantFrom(0, 700, 2500, 11_000),
  )
  .map(([act, after]) => ({ ...(act as Act), after }))

const anyPod: fc.Arbitrary<Sketch> = fc.record(
  {
    cpu: fc.constantFrom('500m', '1'),
    priority: fc.nat(2),
    on: fc.constantFrom('n0', 'n1', 'n2'),
    claim: fc.constantFrom('c0', 'c1', 'c2'),
    isApart: fc.boolean(),
  },
  { requiredKeys: ['cpu', 'priority'] },
)
const anyOptions: fc.Arbitrary<SchedulerOptions> = fc.record({
  sampled: fc.boolean(),
  tie: fc.constantFrom<NonNullable<SchedulerOptions['tie']>>('rank', 'heap', { seeded: 7 }),
})
const anyHistory = fc.record({
  cpus: fc.array(fc.constantFrom('1', '2'), { minLength: 1, maxLength: 4 }),
  pods: fc.array(anyPod, { minLength: 1, maxLength: 8 }),
  options: anyOptions,
  before: fc.array(anyAct, { maxLength: 5 }),
  after: fc.array(anyAct, { minLength: 1, maxLength: 6 }),
})

/** What a carrier makes of plain data: nothing of it is the same object afterwards. */
const carried = (encoded: EncodedScheduler): unknown => {
  const { cluster, ...others } = encoded
  const copy = JSON.parse(JSON.stringify(others)) as object
  return { ...copy, cluster: Uint8Array.from(cluster) }
}

interface Opening {
  readonly cpus: readonly string[]
  readonly pods: readonly Sketch[]
  readonly options: SchedulerOptions
}

const start = ({ cpus, pods, options }: Opening): SchedulerState =>
  opened(
    [
      ...cpus.map((cpu, i) => node(`n${i}`, cpu, `z${i % 2}`)),
      ...storage,
      ...pods.map((sketch, i) => pod(`p${i}`, sketch)),
    ],
    options,
  )
const advance = (
  state: SchedulerState,
  acts: readonly Timed[],
  pods: number,
): readonly [after: SchedulerState, answers: readonly unknown[]] => {
  const answers: unknown[] = []
  let now = state
  for (const act of acts) {
    const [after, answer] = right(play(now, act, pods))
    now = after
    answers.push(answer, nextInstant(now))
  }
  return [now, answers]
}

/** The encoding, without what the bytes' identity would add to the comparison. */
const seen = (state: SchedulerState): unknown => carried(encodeScheduler(state))

const continuesAs = (spoil: (encoded: EncodedScheduler) => EncodedScheduler) =>
  fc.property(anyHistory, ({ before, after, ...history }) => {
    const count = history.pods.length
    const [state] = advance(start(history), before, count)
    const original = encodeScheduler(state)
    const copy = right(decodeScheduler(carried(spoil(original))))
    expect(seen(copy)).toEqual(carried(original))
    const [end, answers] = advance(state, after, count)
    const [copyEnd, copyAnswers] = advance(copy, after, count)
    expect(copyAnswers).toEqual(answers)
    expect(seen(copyEnd)).toEqual(seen(end))
  })
/** The same, of the answers alone. */
const answersAs = (spoil: (encoded: EncodedScheduler) => EncodedScheduler) =>
  fc.property(anyHistory, ({ before, after, ...history }) => {
    const count = history.pods.length
    const [state] = advance(start(history), before, count)
    const copy = right(decodeScheduler(carried(spoil(encodeScheduler(state)))))
    expect(advance(copy, after, count)[1]).toEqual(advance(state, after, count)[1])
  })
const seeded = { seed: 5, numRuns: 60 }

describe('a state that was encoded and decoded', () => {
  it('goes on exactly as the original', () => {
    fc.assert(
      continuesAs((encoded) => encoded),
      seeded,
    )
  })

  it.each<[string, (encoded: EncodedScheduler) => EncodedScheduler]>([
    ['nominations are left out', (encoded) => ({ ...encoded, nominations: [] })],
    ['reservations are left out', (encoded) => ({ ...encoded, reservations: [] })],
    [
      'the queue is left out',
      (encoded) => ({ ...encoded, queue: { ...emptyQueue(), options: encoded.queue.options } }),
    ],
    ['the tie-break is left out', (encoded) => ({ ...encoded, tie: 'rank' })],
  ])('is refuted when %s', (_, spoil) => {
    expect(isRefuted(answersAs(spoil))).toBe(true)
  })

  it('knows who was preempted: without that, room is made twice', () => {
    const pods = [
      { cpu: '1', priority: 0, on: 'n0' },
      { cpu: '1', priority: 0, on: 'n1' },
      { cpu: '1', priority: 5 },
    ]
    const opening = start({ cpus: ['1', '1'], options: {}, pods })
    const encoded = encodeScheduler(right(runReady(opening, instant(0)))[0])
    const placed = encoded.placed.map((one) => ({ ...one, isPreempted: false }))
    const again = (data: EncodedScheduler) =>
      right(schedulePod(right(decodeScheduler(data)), { at: instant(9), pod: 'default/p2' }))[1]
        .nominations
    expect(again(encoded)).toEqual([])
    expect(again({ ...encoded, placed })).not.toEqual([])
  })
})

describe('an event', () => {
  const history = { cpus: ['1'], options: {} }
  const old = { cpu: '1', priority: 0, on: 'n0' }
  const waiting = { cpu: '1', priority: 5 }

  it('leaves the state before as it was', () => {
    fc.assert(
      fc.property(anyHistory, ({ before, after, ...rest }) => {
        const count = rest.pods.length
        const [state] = advance(start(rest), before, count)
        const first = seen(state)
        const [, answers] = advance(state, after, count)
        expect(seen(state)).toEqual(first)
        expect(advance(state, after, count)[1]).toEqual(answers)
      }),
      seeded,
    )
  })

  it('preempts, and places the pod when its victim is gone', () => {
    const state = start({ ...history, pods: [old, waiting] })
    const [first, effects] = right(runReady(state, instant(0)))
    expect(effects.map(({ _tag }) => _tag)).toEqual(['Unschedulable', 'Delete', 'Nominate'])
    const [gone] = right(removePod(first, { at: instant(5000), pod: 'default/p0' }))
    const [after, bound] = right(runReady(gone, instant(5000)))
    expect(bound).toEqual([{ _tag: 'Bind', pod: 'default/p1', node: 'n0' }])
    expect([...after.nominations]).toEqual([])
    expect([...after.placed.values()].map(({ name }) => name)).toEqual(['default/p1'])
  })

  it('is refused when it cannot apply', () => {
    const [state] = right(passTime(start({ ...history, pods: [old] }), instant(10)))
    const at = instant(10)
    const earlier = { _tag: 'EarlierInstant', at: 9, last: 10 }
    expect(runReady(state, instant(9))).toEqual(E.left(earlier))
    expect(passTime(state, instant(9))).toEqual(E.left(earlier))
    const unknown = { _tag: 'UnknownPod', pod: 'default/x' }
    expect(removePod(state, { at, pod: 'default/x' })).toEqual(E.left(unknown))
    expect(schedulePod(state, { at, pod: 'default/x' })).toEqual(E.left(unknown))
    expect(nominatePod(state, { at, pod: 'default/x' })).toEqual(E.left(unknown))
    expect(nominatePod(state, { at, pod: 'default/p0', node: 'x' })).toEqual(
      E.left({ _tag: 'UnknownNode', node: 'x' }),
    )
    const event = { resource: 'AssignedPod', action: 'UpdateNodeLabel' } as unknown as ClusterEvent
    expect(applyEvent(state, { at, event })).toEqual(E.left({ _tag: 'UnknownEvent', event }))
  })

  const calls: readonly ((state: SchedulerState, at: Instant) => Transition<unknown>)[] = [
    runReady,
    passTime,
    (state, at) => schedulePod(state, { at, pod: 'default/p1' }),
    (state, at) => nominatePod(state, { at, pod: 'default/p1', node: 'n0' }),
    (state, at) => removePod(state, { at, pod: 'default/p0' }),
    (state, at) => applyEvent(state, { at, event: { resource: 'AssignedPod', action: 'Delete' } }),
  ]
  const anyNumber = fc.oneof(
    fc.constantFrom(NaN, 1.5, Infinity, -Infinity, 2 ** 53, 2 ** 53 - 1, -1, 0, 7),
    fc.double(),
    fc.integer(),
  )
  /** A call leads to a state that can be decoded, or has a fault and leaves the state. */
  const keepsDecodable = (play: (call: (typeof calls)[number]) => (typeof calls)[number]) =>
    fc.property(fc.constantFrom(...calls), anyNumber, (call, number) => {
      const state = start({ ...history, pods: [old, waiting] })
      const first = seen(state)
      const result = play(call)(state, instant(number))
      expect(seen(state)).toEqual(first)
      const expected = Number.isSafeInteger(number) ? 'EarlierInstant' : 'InvalidInstant'
      if (E.isLeft(result)) expect(result.left).toMatchObject({ _tag: expected, at: number })
      else expect(E.isRight(decodeScheduler(encodeScheduler(result.right[0])))).toBe(true)
    })

  it('is refused at an instant that no encoded state can hold', () => {
    fc.assert(keepsDecodable((call) => call))
  })

  it('is refuted when any number is an instant', () => {
    const atAnyNumber = (call: (typeof calls)[number]): (typeof calls)[number] => {
      return (state, at) =>
        pipe(
          call(state, instant(Math.max(0, Math.trunc(at) || 0))),
          E.map(([after, answer]) => [{ ...after, at }, answer] as const),
        )
    }
    expect(isRefuted(keepsDecodable(atAnyNumber))).toBe(true)
  })

  it('gives way to a new state when objects change, and the queue goes with it', () => {
    const pods = [old, waiting, { ...waiting, priority: 0 }]
    const [state] = right(runReady(start({ ...history, pods }), instant(0)))
    const objects = state.world.objects.filter(({ object }) => object.metadata.name !== 'p2')
    const next = openScheduler(objects, instant(100), { queue: state.queue })
    expect(next.queue.unschedulable).toEqual(
      state.queue.unschedulable.filter(({ name }) => name === 'default/p1'),
    )
    const without = openScheduler(
      objects.filter(({ object }) => object.metadata.name !== 'p1'),
      instant(100),
      { queue: emptyQueue() },
    )
    const back = openScheduler(objects, instant(200), { queue: without.queue })
    expect(back.queue.active).toMatchObject([{ name: 'default/p1', timestamp: 200 }])
  })
})

describe('data that are no encoded state', () => {
  const state = start({
    cpus: ['1'],
    options: {},
    pods: [
      { cpu: '1', priority: 0, on: 'n0' },
      { cpu: '1', priority: 5 },
    ],
  })
  const whole = encodeScheduler(right(runReady(state, instant(0)))[0])
  const at = (value: unknown): readonly string[] => {
    const read = decodeScheduler(value)
    return E.isLeft(read) ? read.left.map((one) => one.at.join('.')) : []
  }
  const [first] = whole.placed

  it.each<[string, unknown, readonly string[]]>([
    ['no object', 7, ['']],
    ['another format', { ...whole, format: 3 }, ['format']],
    ['damaged bytes', { ...whole, cluster: whole.cluster.slice(1) }, ['cluster.magic']],
    ['no bytes', { ...whole, cluster: [...whole.cluster] }, ['cluster']],
    [
      'a document that is no object',
      { ...whole, objects: [{ from: 'x', at: [], value: { kind: 'Pod', apiVersion: 'v1' } }] },
      ['objects.0.value.metadata', 'objects.0.value.spec'],
    ],
    [
      'a document that is ignored',
      { ...whole, objects: [{ from: 'x', at: [], value: { kind: 'X', apiVersion: 'x/v1' } }] },
      ['objects.0.value'],
    ],
    [
      'a configuration that is none',
      { ...whole, configuration: { from: 'x', value: { kind: 'X' } } },
      ['configuration.value'],
    ],
    ['nodes that are not there', { ...whole, objects: whole.objects.slice(1) }, ['cluster']],
    [
      'a replica without a pod',
      { ...whole, placed: [{ ...first, pod: 'default/x' }] },
      ['placed.0.pod'],
    ],
    ['a replica that is not named', { ...whole, placed: [] }, ['placed']],
    ['a replica twice', { ...whole, placed: [first, first] }, ['placed.1.replica']],
    [
      'a nomination of a pod that is unknown',
      { ...whole, nominations: [{ pod: 'default/x', node: 'n0' }] },
      ['nominations.0.pod'],
    ],
    [
      'two nominations of a pod',
      { ...whole, nominations: [...whole.nominations, ...whole.nominations] },
      ['nominations.1.pod'],
    ],
    [
      'a pod in two lists of the queue',
      { ...whole, queue: { ...whole.queue, active: whole.queue.unschedulable } },
      ['queue.active.0.name', 'queue.unschedulable.0.name'],
    ],
    ['an instant with a fraction', { ...whole, at: 0.5, searchStart: -1 }, ['at', 'searchStart']],
  ])('is refused with its place: %s', (_, value, places) => {
    expect(at(value)).toEqual(places)
  })

  it('throws nothing, whatever they are', () => {
    const keys = Object.keys(whole) as (keyof EncodedScheduler)[]
    fc.assert(
      fc.property(fc.constantFrom(...keys), fc.anything(), (key, value) => {
        const read = decodeScheduler({ ...whole, [key]: value })
        if (E.isLeft(read)) expect(read.left.length).toBeGreaterThan(0)
        else expect(decodeScheduler(encodeScheduler(read.right))).toMatchObject({ _tag: 'Right' })
      }),
    )
    fc.assert(fc.property(fc.anything(), (value) => E.isLeft(decodeScheduler(value))))
  })
})
