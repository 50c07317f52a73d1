/** Our rules on recorded cases and scenarios, and their comparison with the original. */
import { caseSets } from '../cases/cases.js'
import { karpenterScenarios } from './scenarios.js'

/** Sets of cases, each a call of one rule; and the scenarios of Karpenter, which call many. */
export const recordedCases = { ...caseSets, karpenter: karpenterScenarios } as const
