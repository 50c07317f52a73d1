/**
 * Compares Jobs with histories recorded from a control plane of Kubernetes 1.37: after each step,
 * the status of the Job, and its pods by index and phase. The files are
 * `golden/control-plane/settle.*.jsonl.gz` of the folder that `STOWAGE_SHARED` names.
 */
import { byCodeUnit } from '@stowage/kernel'
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { ReplicaId } from '@stowage/kernel'
import { describe, expect, it } from 'vitest'
import type { PodRecord } from '../memory/memory.js'
import { hasEndedPhase } from '../memory/pod-life.js'
import type { JobStatus } from './job-status.js'
import { openWorld, reported } from './world.fixture.js'

const folder = resolve(process.env['STOWAGE_SHARED'] ?? '../shared', 'golden/control-plane')
const fileOf = (name: string) => resolve(folder, `settle.${name}.jsonl.gz`)
const hasRecords = existsSync(fileOf('histories'))
const linesOf = <Line extends { readonly id: string }>(name: string): readonly Line[] =>
  hasRecords
    ? gunzipSync(readFileSync(fileOf(name)))
        .toString()
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Line)
        .filter(({ id }) => id.startsWith('job-'))
    : []

interface Manifest {
  readonly kind: string
  readonly metadata: { readonly name: string }
}
interface Rule {
  readonly labels?: Readonly<Record<string, string>>
  readonly then: 'Ready' | 'Succeeded' | 'Failed'
  readonly exitCode?: number
  readonly times?: number
}
interface Target {
  readonly kind?: string
  readonly name?: string
  readonly count?: number
}
interface Step {
  readonly rules?: readonly Rule[]
  readonly apply?: readonly Manifest[]
  readonly delete?: readonly Target[]
  readonly evict?: readonly Target[]
  readonly quietMs?: number
}
interface History {
  readonly id: string
  readonly nodes: readonly Manifest[]
  readonly rules?: readonly Rule[]
  readonly steps: readonly Step[]
}
interface Settled {
  readonly id: string
  readonly steps: readonly {
    readonly objects: readonly { readonly kind: string; readonly status?: object }[]
    readonly pods: readonly {
      readonly phase: string
      readonly index?: string
      readonly count: number
    }[]
  }[]
}

/** A pod as the API server has it, also after it ended. */
interface StoredPod {
  readonly name: string
  readonly index?: string | undefined
  readonly phase: string
}

class Lab {
  readonly world = openWorld({ delays: { start: 100, stop: 100 } })
  rules: readonly Rule[] = []
  matched = new Map<Rule, Set<ReplicaId>>()
  /** The pods that have ended, in the order of their ends. */
  ended: StoredPod[] = []

  readonly live = (): readonly (readonly [ReplicaId, PodRecord])[] =>
    [...this.world.memory().pods].filter(([, pod]) => !pod.isLeaving && !hasEndedPhase(pod.phase))

  readonly follow = (rules: readonly Rule[]): void => {
    this.rules = rules
    this.matched = new Map()
  }

  private readonly ruleOf = (replica: ReplicaId, pod: PodRecord): Rule | undefined =>
    this.rules.find((rule) => {
      const { 'batch.kubernetes.io/job-completion-index': index } = rule.labels ?? {}
      if (index !== undefined && index !== String(pod.slot!.key)) return false
      const known = this.matched.get(rule) ?? new Set<ReplicaId>()
      this.matched.set(rule, known)
      if (rule.times === undefined || known.has(replica)) return true
      return known.size < rule.times && known.add(replica).size > 0
    })

  private readonly look = (): boolean => {
    const judged = this.live().filter(([, { phase }]) => phase === 'Running')
    for (const [replica, pod] of judged) {
      const { then = 'Ready', exitCode = 1 } = this.ruleOf(replica, pod) ?? {}
      if (then === 'Ready') continue
      const code = then === 'Failed' ? exitCode : 0
      const containers = [{ name: 'c', exitCode: code }]
      this.world.happen(reported(`Pod ${pod.name}`, { phase: then, containers }))
      this.ended.push({ name: pod.name, index: String(pod.slot!.key), phase: then })
      return true
    }
    return false
  }

  /** Waits until nothing has changed for so many milliseconds. */
  readonly rest = (quiet: number): void => {
    let [before, since] = ['', 0]
    while (since < quiet) {
      this.world.wait(50)
      const hasActed = this.look()
      const now = JSON.stringify([this.world.status().jobs, this.world.orders.length])
      since = hasActed || now !== before ? 0 : since + 50
      before = now
    }
  }

  /** The first pods to go: those that are not ready, and so have ended, first. */
  private readonly take = (count: number, end: (pod: PodRecord) => void): void => {
    const stored = this.ended.splice(0, count)
    for (const [, pod] of this.live().slice(0, count - stored.length)) end(pod)
  }

  readonly play = (step: Step): void => {
    if (step.rules !== undefined) this.follow(step.rules)
    for (const { kind, name, count = Infinity } of step.delete ?? [])
      if (kind === 'Job') {
        this.world.happen(reported(`Job case/${name!}`, null))
        this.ended = []
      } else this.take(count, ({ name: pod }) => this.world.happen(reported(`Pod ${pod}`, null)))
    for (const manifest of step.apply ?? [])
      this.world.happen(
        reported(`${manifest.kind} case/${manifest.metadata.name}`, {
          ...manifest,
          metadata: { ...manifest.metadata, namespace: 'case' },
        }),
      )
    for (const { count = Infinity } of step.evict ?? [])
      this.take(count, ({ name }) => {
        const conditions = [{ type: 'DisruptionTarget', status: 'True' }]
        this.world.happen(reported(`Pod ${name}`, { conditions }))
        this.world.happen(reported(`Pod ${name}`, null))
      })
    this.rest(step.quietMs ?? 2000)
  }
}

/** The status as the API server shows it: without times and zeros, pods' names as `RANDOM`. */
const statusText = (status: JobStatus): object => {
  const { active, ready, terminating, succeeded, failed, completedIndexes, failedIndexes } = status
  const conditions = status.conditions
    .map(({ type, status: holds, reason, message }) => ({
      ...{ type, status: holds, reason },
      message: message.replace(/(case\/\w+)-[\w-]+/, '$1-RANDOM'),
    }))
    .sort((one, other) => byCodeUnit(one.type, other.type))
  return {
    ...(active === 0 ? {} : { active }),
    ...(succeeded === 0 ? {} : { succeeded }),
    ...(failed === 0 ? {} : { failed }),
    ...((completedIndexes ?? '') === '' ? {} : { completedIndexes }),
    ...(failedIndexes === undefined ? {} : { failedIndexes }),
    ...(conditions.length === 0 ? {} : { conditions }),
    ...{ ready, terminating },
  }
}

const podCounts = (pods: readonly (Pick<StoredPod, 'index' | 'phase'> & { count?: number })[]) => {
  const counts = new Map<string, number>()
  for (const { index, phase, count = 1 } of pods) {
    const key = `${index ?? ''} ${phase}`
    counts.set(key, (counts.get(key) ?? 0) + count)
  }
  return [...counts].sort(([a], [b]) => byCodeUnit(a, b))
}

const settled = new Map(linesOf<Settled>('settled').map((line) => [line.id, line]))
const histories = linesOf<History>('histories')

describe.skipIf(!hasRecords)(`recorded (skipped without ${folder}: set STOWAGE_SHARED)`, () => {
  it('there are some', () => {
    expect(histories.length).toBeGreaterThanOrEqual(5)
  })

  it.each(histories.map((history) => [history.id, history] as const))('%s', (id, history) => {
    const lab = new Lab()
    for (const node of history.nodes)
      lab.world.happen({ _tag: 'NodeJoined', name: node.metadata.name, node })
    lab.follow(history.rules ?? [])
    for (const [i, step] of history.steps.entries()) {
      lab.play(step)
      const { objects, pods } = settled.get(id)!.steps[i]!
      const jobs = lab.world.status().jobs.map(statusText)
      expect({ step: i, jobs }).toEqual({ step: i, jobs: objects.map(({ status }) => status) })
      const isIndexed = pods.some(({ index }) => index !== undefined)
      const ours = [
        ...lab.ended,
        ...lab.live().map(([, { slot, phase }]) => ({ index: String(slot!.key), phase })),
      ].map((pod) => (isIndexed ? pod : { ...pod, index: undefined }))
      expect({ step: i, pods: podCounts(ours) }).toEqual({ step: i, pods: podCounts(pods) })
    }
  })
})
