/**
 * Tests the simulation of Fargate OS patching: one zone at a time is patched, evictions stay within
 * disruption budgets, and an event announces when each pod that a budget protects will be deleted.
 */
import { instant } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { patchEvent as patchRow } from '../../../../test/expected/ecs/d-pods-on-fargate.js'
import { launchNodes, openMachine, releaseNodes } from './machine.js'
import { patchZone } from './patch.js'
import { cpuUnits, mebibytes } from '../size/unit.js'

const size = { cpu: cpuUnits(256), memory: mebibytes(512) }
const machineOf = (subnets: readonly string[]) =>
  launchNodes(
    openMachine(),
    subnets.map((subnet, i) => ({ task: `pod-${i}`, size, subnets: [subnet] })),
    instant(0),
  )[0]

describe('patching a zone', () => {
  const machine = machineOf(['a', 'b', 'a', 'a'])
  const window = { subnets: ['a'], at: instant(10), deletedAt: instant(99) }

  it('evicts its pods, and announces the end of those that may not be evicted', () => {
    const [after, patched] = patchZone(machine, window, (_, evicted) => evicted.length < 2)
    expect(patched).toEqual([
      { _tag: 'Evicted', task: 'pod-0', at: 10 },
      { _tag: 'Evicted', task: 'pod-2', at: 10 },
      { _tag: 'Scheduled', task: 'pod-3', event: patchRow, at: 10, deletedAt: 99 },
    ])
    expect([...after.nodes.keys()]).toEqual(['pod-1', 'pod-3'])
    const [later, gone] = releaseNodes(after, ['pod-3', 'pod-9'])
    expect(gone.map(({ task }) => task)).toEqual(['pod-3'])
    expect([later.nodes.size, later.cpu.FARGATE]).toEqual([1, 256])
  })
})

const zones = ['a', 'b', 'c']
const anyPods = fc.array(fc.constantFrom(...zones), { maxLength: 20 })

/**
 * After every zone: each pod was asked about once, in its own zone's turn, and there are never
 * fewer than the budget wants.
 */
const keepsBudgets = (patching: typeof patchZone) =>
  fc.property(anyPods, fc.nat(20), (subnets, least) => {
    let machine = machineOf(subnets)
    const notified = new Set<string>()
    for (const [at, zone] of zones.entries()) {
      const here = [...machine.nodes.values()].filter(({ subnet }) => subnet === zone)
      const there = machine.nodes.size
      const allowed = (_: string, evicted: readonly string[]) => there - evicted.length > least
      const [after, patched] = patching(
        machine,
        { subnets: [zone], at: instant(at), deletedAt: instant(100) },
        allowed,
      )
      if (patched.map(({ task }) => task).join() !== here.map(({ task }) => task).join())
        return false
      for (const { task } of patched) notified.add(task)
      const gone = patched.flatMap((one) => (one._tag === 'Evicted' ? [one.task] : []))
      if (after.nodes.size !== there - gone.length || gone.some((task) => after.nodes.has(task)))
        return false
      if (after.nodes.size < Math.min(there, least)) return false
      machine = after
    }
    return notified.size === subnets.length
  })

it('asks about every pod once, and keeps as many as have to be there', () => {
  fc.assert(keepsBudgets(patchZone))
})
it('is refuted when each pod is asked about alone', () => {
  const alone: typeof patchZone = (machine, window, mayEvict) =>
    patchZone(machine, window, (task) => mayEvict(task, []))
  expect(isRefuted(keepsBudgets(alone))).toBe(true)
})
it('is refuted when all zones are patched at once', () => {
  const everywhere: typeof patchZone = (machine, window, mayEvict) =>
    patchZone(machine, { ...window, subnets: zones }, mayEvict)
  expect(isRefuted(keepsBudgets(everywhere))).toBe(true)
})
