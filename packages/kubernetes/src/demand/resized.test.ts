/**
 * Tests which resources a pod holds while it is being resized. The recorded answers of
 * kube-scheduler cover more cases, and the scores.
 */
import { decodeValue } from '@stowage/documents'
import { getOrThrow } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Pod } from '../words/pod.js'
import { wholeOf } from '../words/quantity.js'
import { podHolds, type PodWithStatus } from './resized.js'

const podOf = (spec: object, status?: object): Pod =>
  getOrThrow(decodeValue(Pod, { metadata: { name: 'p' }, spec, status }))
const amountsHeld = (pod: PodWithStatus): Held =>
  Object.fromEntries([...podHolds(pod)].map(([name, quantity]) => [name, wholeOf(quantity)]))

type Held = Readonly<Record<string, number>>
const cpuIn = (held: Held): number => held['cpu'] ?? 0

/**
 * CPU of one container: what is asked for, and, where that was said, what is set aside and what is
 * in effect.
 */
interface Cpu {
  readonly asked: number
  readonly setAside?: number | undefined
  readonly inEffect?: number | undefined
}
const requesting = (name: string, cpu: number) => ({ name, resources: { requests: { cpu } } })
const pending = (reason: string, status = 'True') => ({ type: 'PodResizePending', status, reason })
const resizedOf = (cpus: readonly Cpu[], conditions: readonly object[] = []): Pod =>
  podOf(
    { containers: cpus.map(({ asked }, i) => requesting(`c${i}`, asked)) },
    {
      conditions,
      containerStatuses: cpus.map(({ setAside, inEffect }, i) => ({
        name: `c${i}`,
        allocatedResources: setAside === undefined ? undefined : { cpu: setAside },
        resources: inEffect === undefined ? undefined : { requests: { cpu: inEffect } },
      })),
    },
  )

const amount = fc.nat(4)
const anyCpus = fc.array(
  fc.record(
    { asked: amount, setAside: amount, inEffect: amount },
    { requiredKeys: ['asked'], noNullPrototype: true },
  ),
  { minLength: 1, maxLength: 3 },
)

const sum = (all: readonly number[]): number => all.reduce((total, one) => total + one, 0)

/**
 * The sentence: the most of three sums, without the first, and without what the first would stand
 * in for, when that can not be.
 */
const most = (cpus: readonly Cpu[], canBe: boolean): number => {
  const asked = (cpu: Cpu) => (canBe ? cpu.asked : 0)
  return Math.max(
    sum(cpus.map(asked)),
    sum(cpus.map((cpu) => cpu.setAside ?? asked(cpu))),
    sum(cpus.map((cpu) => cpu.inEffect ?? cpu.setAside ?? asked(cpu))),
  )
}

type Holds = (pod: PodWithStatus) => Held
const isTheMost = (holds: Holds) =>
  fc.property(anyCpus, fc.boolean(), (cpus, canBe) => {
    const pod = resizedOf(cpus, [pending(canBe ? 'Deferred' : 'Infeasible')])
    return cpuIn(holds(pod)) === most(cpus, canBe)
  })

it('is the most of the sums of what is asked for, set aside and in effect', () => {
  fc.assert(isTheMost(amountsHeld))
})
it('is refuted when the most is taken of each container', () => {
  const ofEach: Holds = ({ spec, status }) => ({
    cpu: sum(
      spec.containers.map((one) =>
        cpuIn(amountsHeld({ spec: { ...spec, containers: [one] }, status })),
      ),
    ),
  })
  expect(isRefuted(isTheMost(ofEach))).toBe(true)
})
it('is refuted when what can not be is counted', () => {
  const all: Holds = ({ spec, status }) =>
    amountsHeld({ spec, status: status && { ...status, conditions: [] } })
  expect(isRefuted(isTheMost(all))).toBe(true)
})
it('is refuted when the status is not looked at', () => {
  expect(isRefuted(isTheMost(({ spec }) => amountsHeld({ spec })))).toBe(true)
})

it('leaves out what is asked for by the first condition that says so, whether or not that holds', () => {
  const cpus = [{ asked: 3, setAside: 1 }]
  const held = (...conditions: readonly object[]) => amountsHeld(resizedOf(cpus, conditions))
  expect(held(pending('Infeasible', 'False'))).toEqual({ cpu: 1 })
  expect(held(pending('Infeasible'), pending('Deferred'))).toEqual({ cpu: 1 })
  expect(held(pending('Deferred'), pending('Infeasible'))).toEqual({ cpu: 3 })
})

it('is that of init containers too, be they sidecars or not', () => {
  const status = { initContainerStatuses: [{ name: 'i', allocatedResources: { cpu: 3 } }] }
  const held = (restartPolicy?: string) =>
    amountsHeld(
      podOf(
        {
          containers: [requesting('c', 1)],
          initContainers: [{ ...requesting('i', 1), restartPolicy }],
        },
        status,
      ),
    )
  expect([held(), held('Always')]).toEqual([{ cpu: 3 }, { cpu: 4 }])
})

it('tells what was not said from an amount of nothing', () => {
  const held = (said: object) =>
    amountsHeld(
      podOf(
        { containers: [requesting('c', 3)] },
        { containerStatuses: [{ name: 'c', ...said }], conditions: [pending('Infeasible')] },
      ),
    )
  const allocatedResources = { cpu: 2 }
  expect(held({ allocatedResources })).toEqual({ cpu: 2 })
  expect(held({ allocatedResources, resources: { limits: {} } })).toEqual({ cpu: 2 })
  expect(held({ allocatedResources: {}, resources: {} })).toEqual({})
  expect(held({ allocatedResources: {}, resources: { requests: { cpu: 1 } } })).toEqual({ cpu: 1 })
})

it('is of the pod, where its status says so of the whole', () => {
  const spec = { containers: [requesting('c', 1), requesting('d', 1)] }
  const whole = { allocatedResources: { cpu: 3 }, resources: { requests: { cpu: 4 } } }
  expect(amountsHeld(podOf(spec, whole))).toEqual({ cpu: 4 })
  expect(amountsHeld(podOf(spec, { ...whole, resources: { requests: null } }))).toEqual({ cpu: 2 })
  expect(amountsHeld(podOf(spec, { ...whole, allocatedResources: null }))).toEqual({ cpu: 2 })
})

it('is by pod-level resources the most of what the pod asks for and of what its status says', () => {
  const spec = { containers: [requesting('c', 9)], resources: { requests: { cpu: 2 } } }
  const held = (status: object) => amountsHeld(podOf(spec, status))
  const inEffect = { resources: { requests: { cpu: 1 } } }
  expect(held({ allocatedResources: { cpu: 3 } })).toEqual({ cpu: 2 })
  expect(held({ allocatedResources: { cpu: 3 }, ...inEffect })).toEqual({ cpu: 3 })
  expect(held({ ...inEffect, conditions: [pending('Infeasible')] })).toEqual({ cpu: 1 })
})
