/**
 * Fuzzes scenarios (objects, and the pods to schedule), as `stowage conform` reads them: each pod
 * has a verdict, or the scenario has an error in words.
 */
import { answerOf } from '../../../packages/testing/src/conformance/answer.js'
import { answer, type CheckInput, type FuzzKind } from './kind.js'
import { node, pod } from './scheduler-objects.js'

const pending = ['default/p', 'default/q']

const checkScenario =
  (verdictsOn: typeof answerOf): CheckInput =>
  (value) => {
    const objects = Array.isArray(value) ? (value as readonly unknown[]) : [value]
    const { verdicts = [], error } = verdictsOn({ id: 'a', objects, pending })
    if (error !== undefined)
      return {
        ...{ isAnswered: false, isRefused: true },
        wrong: error === '' ? ['an error without words'] : [],
      }
    const pods = verdicts.map((verdict) => verdict.pod)
    return answer(pending.every((name) => pods.includes(name)) ? [] : ['a pod without a verdict'])
  }

/** Scenarios of `stowage conform`. */
export const scenarioKind: FuzzKind = {
  name: 'scenarios',
  specimens: [[node, pod('p'), pod('q')]],
  check: checkScenario(answerOf),
  plants: [
    [
      'the last pod is forgotten',
      checkScenario((scenario) => {
        const given = answerOf(scenario)
        return { ...given, verdicts: (given.verdicts ?? []).slice(0, -1) }
      }),
    ],
  ],
}
