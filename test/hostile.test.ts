/**
 * Tests the command line with inputs that once crashed it, stalled it or filled the memory: each
 * must be answered or refused in words, and twice the input may cost at most 2.2 times the work.
 * Work is counted in executed blocks of code, which no machine changes; growth of the running time
 * is measured by `npm run bench:hostile`.
 */
import { beforeAll, describe, expect, it } from 'vitest'
import { catchDefect } from '../packages/cli/src/command/defect.js'
import { run } from '../packages/cli/src/command/program.js'
import { bestCandidates } from '../packages/kubernetes/src/preempt/nominate.js'
import type { GrowthReport } from './hostile/growth.js'
import { measureGrowth } from './hostile/measure-growth.js'
import { growingShapes, hostileShapes } from './hostile/shapes.js'
import { startCounting } from './hostile/work.js'

const ask = (args: readonly string[], text: string) =>
  catchDefect(() => run(args, () => Promise.resolve(text)), {})

describe('the command line', () => {
  it.each(hostileShapes)('answers or refuses $name', async (shape) => {
    const { text, size, status, says, args = ['--nodes', 'm5.large=2'] } = shape
    const outcome = await ask(['plan', '-', ...args], text(size))
    expect(outcome.status, outcome.error).toBe(status)
    expect(outcome.out + outcome.error).toMatch(says)
  })

  it('notices a defect', async () => {
    const broken = await catchDefect(() => Promise.reject(new Error('broken')), {})
    expect(broken.status).toBe(3)
  })
})

describe('the work of the command line', () => {
  const growthMax = 2.2
  let report: GrowthReport
  beforeAll(async () => {
    report = await measureGrowth()
  }, 300_000)

  it.each(growingShapes())('grows no faster than $name', ({ name, isOfPairs }) => {
    expect(report.growths[name]).toBeLessThan(isOfPairs === true ? 2 * growthMax : growthMax)
  })

  it('is about the same each time', () => {
    const [one, other] = report.equal
    // Caches that are filled now and then are all that differs.
    expect(one / other).toBeGreaterThan(0.9)
    expect(one / other).toBeLessThan(1.1)
    expect(one).toBeGreaterThan(1_000)
  })

  it('is refuted when every document is compared with all others', async () => {
    const countWork = startCounting()
    const growthOf = async (work: (size: number) => Promise<unknown>, size: number) => {
      await work(size / 2)
      const once = await countWork(() => work(size / 2))
      return (await countWork(() => work(size))).blocks / once.blocks
    }
    const compareAll = (size: number) => {
      const names = Array.from({ length: size }, (_, i) => `n${i}`)
      return Promise.resolve(names.filter((name) => names.every((other) => other <= name)).length)
    }
    expect(await growthOf(compareAll, 200)).toBeLessThan(growthMax)
    const comparePairs = (size: number) => {
      const names = Array.from({ length: size }, (_, i) => `n${i}`)
      return Promise.resolve(names.map((name) => names.filter((other) => other < name).length))
    }
    expect(await growthOf(comparePairs, 200)).toBeGreaterThan(3)
  })
})

/** Counts how often the fields of an object are read, and those of what they lead to. */
const counting = <Value extends object>(value: Value, count: () => void): Value =>
  new Proxy(value, {
    get: (target, key, receiver): unknown => {
      count()
      return Reflect.get(target, key, receiver)
    },
  })

describe('the choice among candidates of preemption', () => {
  const readsOf = (choose: typeof bestCandidates, size: number): number => {
    let reads = 0
    const candidates = Array.from({ length: size }, (_, i) =>
      counting(
        {
          node: i,
          violations: 0,
          pods: [{ priority: 0, startTime: '2026-01-01T00:00:00Z' }],
        },
        () => reads++,
      ),
    )
    choose(candidates as never)
    return reads
  }
  const growth = (choose: typeof bestCandidates): number =>
    readsOf(choose, 400) / readsOf(choose, 200)

  it('reads each a number of times that does not grow', () => {
    expect(growth(bestCandidates)).toBeLessThan(2.2)
  })
  it('is refuted when each is compared with all others', () => {
    const pairwise: typeof bestCandidates = (all) =>
      all.filter((one) => all.every((other) => other.violations >= one.violations))
    expect(growth(pairwise)).toBeGreaterThan(3)
  })
})
