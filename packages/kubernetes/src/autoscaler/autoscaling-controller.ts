/**
 * Implements the kernel controller that manages Kubernetes workloads, such as Deployments, together
 * with their HorizontalPodAutoscalers. Every 15 seconds (by default), each autoscaler reads the
 * metrics that the caller has reported, and may change the replica count of its workload.
 */
import type { Controller, Instant, Intent } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { defaultAutoscalerOptions, type AutoscalerOptions } from '../autoscale/options.js'
import { reconcileAutoscaler } from '../autoscale/reconcile.js'
import { kubernetesController, type KubernetesControllerOptions } from '../controller/controller.js'
import {
  autoscalersIn,
  type AutoscalerRecord,
  type AutoscalingMemory,
} from './autoscaling-memory.js'
import { autoscalerSubject, learnAutoscaler, withAutoscaler } from './learn-autoscaler.js'
import { hasSeenPods, lookAtWorkload, type Look } from './look.js'
import { withScale } from './scaled-workload.js'

/** What the controllers know beside what is reported to them. */
export interface AutoscalingControllerOptions extends KubernetesControllerOptions {
  /** The flags of the autoscaler's controller; those of kube-controller-manager by default. */
  readonly autoscaler?: Partial<AutoscalerOptions>
}

/**
 * The controllers of workloads and of HorizontalPodAutoscalers, for `step`; the name is
 * `kubernetes`. Reports are those of `kubernetesController`, and about `HorizontalPodAutoscaler
 * namespace/name` a manifest, `{ measured: [{ pods: { NAME: QUANTITY } }] }` or `null`.
 */
export const autoscalingController = (
  options: AutoscalingControllerOptions = {},
  look: Look = reconcileAutoscaler,
): Controller<AutoscalingMemory> => {
  const workloads = kubernetesController(options)
  const periods = { ...defaultAutoscalerOptions, ...options.autoscaler }
  return {
    name: workloads.name,
    start: { ...workloads.start, autoscalers: new Map() },
    learn: (draft, memory, fact) => {
      if (fact.about.startsWith(autoscalerSubject)) {
        const name = fact.about.slice(autoscalerSubject.length)
        const nextMemory = learnAutoscaler(memory, name, fact.report, fact.now)
        return pipe(
          nextMemory,
          E.map((next) => ({ memory: next })),
        )
      }
      return pipe(
        workloads.learn!(draft, memory, fact),
        E.map((autoscalers) => ({
          ...autoscalers,
          memory: { ...memory, ...autoscalers.memory },
        })),
      )
    },
    decide: (view, memory) => {
      const first = workloads.decide(view, memory)
      const before: AutoscalingMemory = { ...memory, ...first.memory }
      const due = autoscalersIn(before).filter(({ nextLook }) => nextLook <= view.now)
      if (due.length === 0) return withNextLook(first, before)
      const after = due.reduce((next, one) => afterLook(next, one, periods, view.now, look), before)
      if (after.inbox === before.inbox) return withNextLook(first, after)
      const second = workloads.decide({ ...view, nodes: [], replicas: [] }, after)
      const intents: readonly Intent[] = [...first.intents, ...second.intents]
      return withNextLook({ ...second, intents }, { ...after, ...second.memory })
    },
    toData: ({ autoscalers, ...memory }) => [
      workloads.toData(memory),
      autoscalersIn({ autoscalers }).map(plainData),
    ],
  }
}

/** A value as JSON can carry it: whole numbers of any size as texts, maps as their entries. */
const plainData = (value: unknown): unknown => {
  if (typeof value === 'bigint') return String(value)
  if (value instanceof Map) return [...value].map(plainData)
  if (Array.isArray(value)) return value.map(plainData)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      inner === undefined ? [] : [[key, plainData(inner)] as const],
    ),
  )
}

/** The memory after an autoscaler has looked at its workload. */
const afterLook = (
  memory: AutoscalingMemory,
  autoscaler: AutoscalerRecord,
  options: AutoscalerOptions,
  now: Instant,
  look: Look,
): AutoscalingMemory => {
  const nextLook = (now + options.syncPeriod) as Instant
  const { name, target } = autoscaler
  const found = lookAtWorkload(memory, autoscaler, options, now, look)
  if (found === undefined)
    return withAutoscaler(memory, name, {
      ...autoscaler,
      nextLook,
      note: `no ${target}`,
    })
  const { scale, status, error, reason } = found
  const next = withAutoscaler(memory, name, {
    ...{ ...autoscaler, status, nextLook },
    isRegistered: autoscaler.isRegistered || hasSeenPods(found),
    note:
      scale === undefined ? (error ?? autoscaler.note) : `New size: ${scale}; reason: ${reason}`,
  })
  return scale === undefined ? next : withScale(next, target, scale)
}

interface WokenDecision {
  readonly intents: readonly Intent[]
  readonly wakeAt?: Instant
}

/** The decision with the memory, and woken for the next look. */
const withNextLook = ({ intents, wakeAt }: WokenDecision, memory: AutoscalingMemory) => {
  const looks = autoscalersIn(memory).map(({ nextLook }) => nextLook)
  const wakes = wakeAt === undefined ? looks : [wakeAt, ...looks]
  const [one, ...others] = wakes
  const next = others.reduce((least, at) => (at < least ? at : least), one!)
  return { memory, intents, ...(one === undefined ? {} : { wakeAt: next }) }
}
