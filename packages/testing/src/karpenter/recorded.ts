/** Our rules on recorded cases and scenarios, and their comparison with the original. */
import { caseSets } from '../cases/cases.js'
import { settling } from '../settle/settling.js'
import { karpenterScenarios } from './scenarios.js'

/** Sets of cases, each a call of one rule; the scenarios of Karpenter, and histories to settle. */
export const recordedCases = {
  ...caseSets,
  karpenter: karpenterScenarios,
  settle: settling,
} as const
