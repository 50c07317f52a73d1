/**
 * Exports, as one object, the functions that check our rules against recorded answers: cases (calls
 * of one rule), Karpenter scenarios, and histories of a cluster.
 */
import { caseSets } from '../cases/cases.js'
import { settleFormat } from '../settle/settling.js'
import { karpenterScenarios } from './scenarios.js'

/** Sets of cases, each a call of one rule; the scenarios of Karpenter, and histories to settle. */
export const recordedCases = {
  ...caseSets,
  karpenter: karpenterScenarios,
  settle: settleFormat,
} as const
