/** Our rules on recorded cases, and their comparison with the original, under one name. */
import { caseAnswer, caseConformance } from './compare.js'
import { autoscalerFaults, autoscalerFunctions } from '../autoscale/functions.js'
import { clusterAutoscalerFaults, clusterAutoscalerFunctions } from './cluster-autoscaler.js'
import { workloadFunctions } from './workloads.js'

/**
 * `answer` gives our output for a case, `undefined` for a kind without a function; `compare`
 * compares our outputs with recorded ones; `functions` are the functions of each set of cases;
 * `faults` are what is wrong with the input of a case, in sets where it is read first.
 */
export const recordedCases = {
  answer: caseAnswer,
  compare: caseConformance,
  functions: {
    'cluster-autoscaler': clusterAutoscalerFunctions,
    hpa: autoscalerFunctions,
    workloads: workloadFunctions,
  },
  faults: {
    'cluster-autoscaler': clusterAutoscalerFaults,
    hpa: autoscalerFaults,
    workloads: () => [],
  },
} as const
