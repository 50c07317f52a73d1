/**
 * Tests the nodes that are created for the Fargate tasks of a plan: every task fits on its node,
 * and the reported waste is the part of the node that the task does not use.
 */
import { ticksPerVcpu, type CpuTicks } from '@stowage/kernel'
import { expect, it } from 'vitest'
import { podLimits } from '../size/pod.js'
import { bytesFromMiB, cpuUnits, mebibytes } from '../size/unit.js'
import { vend, type SizedRequest } from './vend.js'

const request: SizedRequest = {
  name: 'cart',
  count: 2,
  demand: { cpu: (ticksPerVcpu / 5) as CpuTicks, memory: bytesFromMiB(mebibytes(384)) },
  overhead: podLimits.overhead,
  size: { cpu: cpuUnits(256), memory: mebibytes(1024) },
}

it('says what each size has beyond what was asked for and added', () => {
  expect(vend([request, { ...request, count: 0 }])).toEqual([
    {
      ...request,
      wasted: { cpu: ticksPerVcpu / 20, memory: bytesFromMiB(mebibytes(384)) },
    },
    expect.objectContaining({ count: 0 }),
  ])
})

it('throws when a size does not cover its task', () => {
  const demand = { ...request.demand, memory: bytesFromMiB(mebibytes(1024)) }
  expect(() => vend([{ ...request, demand }])).toThrow('does not cover')
})
