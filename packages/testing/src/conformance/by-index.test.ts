/**
 * Tests that `place` puts a pod on the same node by index and by scan: one of the best nodes that
 * kube-scheduler was recorded to find.
 */
import {
  batch,
  define,
  getOrThrow,
  instant,
  nodeName,
  place,
  type DecidedBy,
} from '@stowage/kernel'
import { podClassSpec, schedulePod, type SchedulerState } from '@stowage/kubernetes'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import {
  answersIn,
  collection,
  familiesIn,
  recordings,
  scenariosIn,
} from '../../../../test/recorded.js'
import { openScenario, type Scenario } from './scenario.js'

interface Went {
  readonly pod: string
  /** Nothing for a pod that found no place. */
  readonly node: string | undefined
}

/**
 * Where the pods go that reach the nodes at all; where room is made for somebody, which `place`
 * knows nothing of, they are left out.
 */
const wentBy = (scenario: Scenario, path: DecidedBy, paths: DecidedBy[]): readonly Went[] => {
  const opened = openScenario(scenario)
  if (E.isLeft(opened)) return []
  let state = opened.right
  return scenario.pending.flatMap((pod) => {
    const isNominated = state.nominations.size > 0
    const went = isNominated ? undefined : placedBy(state, pod, path, paths)
    const [after, { verdict }] = getOrThrow(schedulePod(state, { at: instant(0), pod }))
    state = after
    return verdict.result === 'gated' || isNominated ? [] : [{ pod, node: went }]
  })
}

const placedBy = (
  state: SchedulerState,
  pod: string,
  path: DecidedBy,
  paths: DecidedBy[],
): string | undefined =>
  batch(state.cluster, (draft) => {
    const classId = getOrThrow(define(draft, podClassSpec(state, draft, state.pods.get(pod)!)))
    const { answers, decidedBy } = place(draft, [{ class: classId, count: 1 }], { decideBy: path })
    paths.push(decidedBy)
    const [placement] = answers[0]!.placed
    return placement === undefined ? undefined : nodeName(draft, placement.node)
  })[1]

describe.each([recordings, collection].filter((folder) => familiesIn(folder).length > 0))(
  'the recorded answers in %s',
  (folder) => {
    it.each(familiesIn(folder))('hold by index and by the scan: %s', (family) => {
      const recorded = new Map(answersIn(folder, family).map((line) => [line.id, line.verdicts]))
      const paths: DecidedBy[] = []
      for (const scenario of scenariosIn(folder, family)) {
        const verdicts = new Map((recorded.get(scenario.id) ?? []).map((one) => [one.pod, one]))
        for (const path of ['index', 'scan'] as const)
          for (const { pod, node } of wentBy(scenario, path, path === 'index' ? paths : []))
            expect([scenario.id, pod, node]).toEqual([scenario.id, pod, verdicts.get(pod)?.node])
      }
      expect(paths.filter((path) => path === 'scan')).toEqual([])
    })
  },
)
