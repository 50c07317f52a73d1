/** Our rules on recorded cases, and their comparison with the original, under one name. */
import { caseAnswer, caseConformance } from './compare.js'
import { workloadFunctions } from './workloads.js'

/**
 * `answer` gives our output for a case, `undefined` for a kind without a function; `compare`
 * compares our outputs with recorded ones; `functions` are the functions of each set of cases.
 */
export const recordedCases = {
  answer: caseAnswer,
  compare: caseConformance,
  functions: { workloads: workloadFunctions },
} as const
