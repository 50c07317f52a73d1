/**
 * Where upstream is recorded to place a pod, `place` puts it by index and by the scan: the same
 * node of those that are best.
 */
import {
  batch,
  getOrThrow,
  define,
  empty,
  nodeName,
  place,
  trial,
  type DecidedBy,
} from '@stowage/kernel'
import { attempt, classSpecOf, type KnownPod, type Session } from '@stowage/kubernetes'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { answersIn, collection, familiesIn, kept, scenariosIn } from '../../../../test/recorded.js'
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
const wentBy = (scenario: Scenario, path: DecidedBy, paths: DecidedBy[]): readonly Went[] =>
  batch(empty, (draft) => {
    const opened = openScenario(draft, scenario)
    if (E.isLeft(opened)) return []
    const session = opened.right
    return scenario.pending.flatMap((name) => {
      const pod = session.pods.get(name)!
      const isNominated = session.nominated.size > 0
      const went = isNominated ? undefined : placedBy(session, pod, path, paths)
      const { verdict } = attempt(session, pod)
      return verdict.result === 'gated' || isNominated ? [] : [{ pod: name, node: went }]
    })
  })[1]

const placedBy = (
  session: Session,
  pod: KnownPod,
  path: DecidedBy,
  paths: DecidedBy[],
): string | undefined => {
  const { draft } = session
  return trial(draft, () => {
    const asked = getOrThrow(define(draft, classSpecOf(session, pod)))
    const { answers, decidedBy: taken } = place(draft, [{ class: asked, count: 1 }], {
      decideBy: path,
    })
    paths.push(taken)
    const [placement] = answers[0]!.placed
    return [false, placement === undefined ? undefined : nodeName(draft, placement.node)]
  })
}

describe.each([kept, collection].filter((folder) => familiesIn(folder).length > 0))(
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
