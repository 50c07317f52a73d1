/**
 * Tests which tasks count as healthy, and which are replaced, against answers worked out by hand
 * from AWS's documents.
 */
import { readFileSync } from 'node:fs'
import { instant, later, type NodeId, type ReplicaId } from '@stowage/kernel'
import { expect, it } from 'vitest'
import type { CheckKind, OwnTask, Verdicts } from './memory.js'
import { isFailing, isHealthy, withRunning, withVerdicts } from './task-health.js'

/** What a check said last: `UNKNOWN` when it has said nothing yet, null when there is none. */
type Verdict = 'HEALTHY' | 'UNHEALTHY' | 'UNKNOWN' | null
const rows = JSON.parse(
  readFileSync(
    new URL('../../../../test/golden/ecs-services/health.json', import.meta.url),
    'utf8',
  ),
) as readonly {
  readonly grace?: number
  readonly container: Verdict
  readonly target: Verdict
  readonly runningFor: number
  readonly healthy: boolean
  readonly replaced: boolean
}[]

const start = instant(0)
const task: OwnTask = {
  ...{ replica: 0 as ReplicaId, node: 0 as NodeId, deployment: 'ecs-svc/1', nth: 1 },
  ...{ phase: 'running', verdicts: {}, hasBeenHealthy: false, isReplaced: false },
}

it.each(rows)(
  '$container of the container and $target of the target after $runningFor s',
  (row) => {
    const { grace = 0, container, target, runningFor, healthy, replaced } = row
    const verdicts: readonly (readonly [CheckKind, Verdict])[] = [
      ['container', container],
      ['target', target],
    ]
    const checks = verdicts.flatMap(([kind, verdict]) => (verdict === null ? [] : [kind]))
    const news: Verdicts = Object.fromEntries(
      verdicts.filter(([, verdict]) => verdict !== null && verdict !== 'UNKNOWN'),
    )
    const now = later(start, runningFor * 1000)
    const seen = withVerdicts(withRunning(task, checks, start), news, checks, now)
    expect(isHealthy(seen, now)).toBe(healthy)
    expect(isFailing(seen, grace * 1000, now)).toBe(replaced)
  },
)
