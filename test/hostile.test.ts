/**
 * Tests the command line with inputs that once crashed it, stalled it or filled the memory: each
 * must be answered, or refused with an error message. `npm run bench:hostile` measures how the
 * running time grows; some tests here count operations instead of time.
 */
import { describe, expect, it } from 'vitest'
import { catchDefect } from '../packages/cli/src/command/defect.js'
import { run } from '../packages/cli/src/command/program.js'
import { bestCandidates } from '../packages/kubernetes/src/preempt/nominate.js'
import { hostileShapes } from './hostile/shapes.js'

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
