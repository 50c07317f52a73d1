/**
 * Tests Jobs over time: how many pods run at once, what happens after a failed pod, and when a Job
 * completes or fails.
 */
import { describe, expect, it } from 'vitest'
import { nodeJoined, openWorld, podSpec, reported, type World } from './world.fixture.js'

const jobReport = (spec: object = {}, template: object = {}) => ({
  ...{ apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'work', namespace: 'shop' } },
  spec: {
    template: { spec: { ...podSpec('app:1'), restartPolicy: 'Never', ...template } },
    ...spec,
  },
})

/** A world with room for 20 pods, in which a Job was reported and has its first pods. */
const worldWith = (spec: object, template: object = {}): World => {
  const world = openWorld()
  world.happen(nodeJoined('node-1', 20))
  world.happen(reported('Job shop/work', jobReport(spec, template)))
  world.wait(2000)
  return world
}

const job = (world: World) => world.status().jobs[0]!

/** The pods that run, by their names. */
const runningPods = (world: World): readonly string[] =>
  [...world.memory().pods.values()]
    .filter(({ phase, isLeaving }) => phase === 'Running' && !isLeaving)
    .map(({ name }) => name)

const end = (world: World, name: string, phase: string, more: object = {}) => {
  world.happen(reported(`Pod ${name}`, { phase, ...more }))
  world.wait(1000)
}
const exit = (code: number) => ({ containers: [{ name: 'main', exitCode: code }] })

describe('a Job with completions', () => {
  it('runs as many at once as it may, and is complete after the last success', () => {
    const world = worldWith({ completions: 3, parallelism: 2 })
    expect(job(world)).toMatchObject({ active: 2, ready: 2, succeeded: 0 })
    end(world, runningPods(world)[0]!, 'Succeeded')
    world.wait(1000)
    expect(job(world)).toMatchObject({ active: 2, succeeded: 1, failed: 0 })
    end(world, runningPods(world)[0]!, 'Succeeded')
    expect(job(world)).toMatchObject({ active: 1, succeeded: 2 })
    end(world, runningPods(world)[0]!, 'Succeeded')
    world.wait(1000)
    expect(job(world)).toMatchObject({ active: 0, succeeded: 3, complete: true })
    expect(job(world).conditions.map(({ type, reason }) => [type, reason])).toEqual([
      ['SuccessCriteriaMet', 'CompletionsReached'],
      ['Complete', 'CompletionsReached'],
    ])
  })

  it('waits 10 s after a failure, twice as long after the next, and fails beyond the limit', () => {
    const world = worldWith({ backoffLimit: 1 })
    end(world, runningPods(world)[0]!, 'Failed')
    expect(job(world)).toMatchObject({ active: 0, failed: 1 })
    world.wait(8999)
    expect(job(world).active).toBe(0)
    world.wait(1)
    expect(job(world).active).toBe(1)
    world.wait(1000)
    end(world, runningPods(world)[0]!, 'Failed')
    world.wait(1000)
    expect(job(world)).toMatchObject({ active: 0, failed: 2, complete: false })
    expect(job(world).conditions.map(({ type, reason }) => [type, reason])).toEqual([
      ['FailureTarget', 'BackoffLimitExceeded'],
      ['Failed', 'BackoffLimitExceeded'],
    ])
  })

  it('counts a pod that is deleted as failed, and not one that it ends itself', () => {
    const world = worldWith({ completions: 5, parallelism: 3 })
    world.happen(reported(`Pod ${runningPods(world)[0]!}`, null))
    world.wait(15_000)
    expect(job(world)).toMatchObject({ active: 3, failed: 1 })
    world.happen(reported('Job shop/work', jobReport({ completions: 5, parallelism: 1 })))
    world.wait(1000)
    expect(job(world)).toMatchObject({ active: 1, failed: 1 })
  })

  it('fails at its deadline, counts from when it was resumed, and goes after its time to live', () => {
    const world = worldWith({
      activeDeadlineSeconds: 60,
      ttlSecondsAfterFinished: 30,
      suspend: true,
    })
    world.wait(100_000)
    expect(job(world)).toMatchObject({ active: 0 })
    expect(job(world).conditions.map(({ type, status }) => [type, status])).toEqual([
      ['Suspended', 'True'],
    ])
    world.happen(
      reported(
        'Job shop/work',
        jobReport({ activeDeadlineSeconds: 60, ttlSecondsAfterFinished: 30, suspend: false }),
      ),
    )
    world.wait(59_999)
    expect(job(world).active).toBe(1)
    world.wait(1000)
    expect(job(world).conditions.at(-1)).toMatchObject({
      type: 'Failed',
      reason: 'DeadlineExceeded',
    })
    expect(job(world).failed).toBe(1)
    world.wait(30_000)
    expect(world.status().jobs).toEqual([])
  })

  it('replaces a pod only when it has ended, if that is its policy', () => {
    const world = worldWith({ podReplacementPolicy: 'Failed' })
    world.happen(reported(`Pod ${runningPods(world)[0]!}`, null))
    expect(job(world)).toMatchObject({ active: 0, terminating: 1, failed: 0 })
    world.wait(500)
    expect(job(world)).toMatchObject({ active: 0, terminating: 0, failed: 1 })
  })

  it('fails by restarts of containers too', () => {
    const world = worldWith({ backoffLimit: 2 }, { restartPolicy: 'OnFailure' })
    world.happen(reported(`Pod ${runningPods(world)[0]!}`, { restarts: 1 }))
    expect(job(world).active).toBe(1)
    world.happen(reported(`Pod ${runningPods(world)[0]!}`, { restarts: 2 }))
    world.wait(1000)
    expect(job(world).conditions.at(-1)).toMatchObject({ type: 'Failed' })
  })
})

it('a Job without completions makes no pod after its first success, and waits for the others', () => {
  const world = worldWith({ parallelism: 3 })
  const [first, second, third] = runningPods(world)
  end(world, first!, 'Succeeded')
  expect(job(world)).toMatchObject({ active: 2, succeeded: 1, complete: false })
  end(world, second!, 'Failed')
  end(world, third!, 'Succeeded')
  world.wait(20_000)
  expect(job(world)).toMatchObject({ active: 0, succeeded: 2, failed: 1, complete: true })
})

describe('the failure policy', () => {
  const policy = (action: string) => ({
    podFailurePolicy: { rules: [{ action, onExitCodes: { operator: 'In', values: [42] } }] },
  })
  it('fails the Job, whose other pods count as failed', () => {
    const world = worldWith({ completions: 3, parallelism: 2, ...policy('FailJob') })
    const [first] = runningPods(world)
    end(world, first!, 'Failed', exit(42))
    world.wait(1000)
    expect(job(world)).toMatchObject({ active: 0, failed: 2 })
    expect(job(world).conditions.at(-1)).toMatchObject({
      ...{ type: 'Failed', reason: 'PodFailurePolicy' },
      message: `Container main for pod ${first!} failed with exit code 42 matching FailJob rule at index 0`,
    })
  })
  it('ignores a failure, which still makes it wait', () => {
    const world = worldWith({ backoffLimit: 0, ...policy('Ignore') })
    end(world, runningPods(world)[0]!, 'Failed', exit(42))
    expect(job(world)).toMatchObject({ active: 0, failed: 0 })
    world.wait(10_000)
    expect(job(world)).toMatchObject({ active: 1, failed: 0 })
  })
  it('ignores a pod that its node evicts', () => {
    const world = worldWith({
      backoffLimit: 0,
      podFailurePolicy: {
        rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget' }] }],
      },
    })
    world.happen({
      ...{ _tag: 'NodeChanged', name: 'node-1' },
      node: {
        ...{ apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-1' } },
        spec: { taints: [{ key: 'out', effect: 'NoExecute' }] },
        status: { allocatable: { cpu: '2', memory: '64Gi', pods: '110' } },
      },
    })
    world.wait(1000)
    expect(job(world)).toMatchObject({ failed: 0, conditions: [] })
  })
})

describe('an Indexed Job', () => {
  const indexed = (spec: object) => worldWith({ completionMode: 'Indexed', ...spec })
  const byIndex = (world: World, index: number): string =>
    runningPods(world).find((name) => name.startsWith(`shop/work-${index}-`))!

  it('runs its lowest indexes, and an index again that failed', () => {
    const world = indexed({ completions: 4, parallelism: 2 })
    expect(runningPods(world).map((name) => name.slice(0, 11))).toEqual([
      'shop/work-0',
      'shop/work-1',
    ])
    end(world, byIndex(world, 1), 'Succeeded')
    world.wait(1000)
    end(world, byIndex(world, 0), 'Failed')
    world.wait(12_000)
    expect(job(world)).toMatchObject({ active: 2, completedIndexes: '1', failed: 1 })
    expect(
      runningPods(world)
        .map((name) => name.slice(0, 11))
        .sort(),
    ).toEqual(['shop/work-0', 'shop/work-2'])
  })

  it('gives up an index beyond its limit, and goes on with others at once', () => {
    const world = indexed({ completions: 3, parallelism: 1, backoffLimitPerIndex: 0 })
    end(world, byIndex(world, 0), 'Failed')
    world.wait(2000)
    expect(job(world)).toMatchObject({ failedIndexes: '0', failed: 1, active: 1 })
    end(world, byIndex(world, 1), 'Succeeded')
    world.wait(2000)
    end(world, byIndex(world, 2), 'Succeeded')
    world.wait(2000)
    expect(job(world).conditions.at(-1)).toMatchObject({ type: 'Failed', reason: 'FailedIndexes' })
  })

  it('counts the failure of an index in its status when the next pod is there', () => {
    const world = indexed({ completions: 1, backoffLimitPerIndex: 2 })
    end(world, byIndex(world, 0), 'Failed')
    expect(job(world)).toMatchObject({ failed: 0, active: 0 })
    world.wait(10_000)
    expect(job(world)).toMatchObject({ failed: 1, active: 1 })
  })

  it('succeeds by its success policy, and pods that it ends then do not count', () => {
    const world = indexed({
      ...{ completions: 3, parallelism: 3 },
      successPolicy: { rules: [{ succeededIndexes: '1-2', succeededCount: 1 }] },
    })
    end(world, byIndex(world, 0), 'Succeeded')
    expect(job(world)).toMatchObject({ active: 2, conditions: [] })
    end(world, byIndex(world, 2), 'Succeeded')
    world.wait(1000)
    expect(job(world)).toMatchObject({ completedIndexes: '0,2', failed: 0, complete: true })
    expect(job(world).conditions[0]).toMatchObject({ message: 'Matched rules at index 0' })
  })
})

it('goes with its pods when it is deleted', () => {
  const world = worldWith({ completions: 3, parallelism: 3 })
  world.happen(reported('Job shop/work', null))
  world.wait(1000)
  expect([world.status().jobs, world.memory().pods.size, world.pods.size]).toEqual([[], 0, 0])
})

it('goes on where its status says', () => {
  const world = openWorld()
  world.happen(nodeJoined('node-1', 20))
  world.happen(
    reported('Job shop/work', {
      ...jobReport({ completions: 3, parallelism: 3 }),
      status: { startTime: '2026-01-01T00:00:00Z', succeeded: 2, failed: 1 },
    }),
  )
  world.wait(2000)
  expect(job(world)).toMatchObject({ active: 1, succeeded: 2, failed: 1 })
})

it('is refused with the path of what is wrong', () => {
  const world = openWorld()
  const report =
    (spec: object, template: object = {}) =>
    () =>
      world.happen(reported('Job shop/work', jobReport(spec, template)))
  const podFailurePolicy = { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'x' }] }] }
  expect(report({ podFailurePolicy }, { restartPolicy: 'OnFailure' })).toThrow(/restartPolicy/)
  expect(report({ parallelism: -1 })).toThrow(/parallelism/)
  expect(report({ backoffLimitPerIndex: 1 })).toThrow(/backoffLimitPerIndex/)
  expect(world.status().jobs).toEqual([])
})
