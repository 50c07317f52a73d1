/**
 * Exports functions of a test as one object. They check the input of a recorded case, compute our
 * output for it, and compare our outputs with the recorded ones. A case is one call of one function
 * of an upstream controller.
 */
import { autoscalerCases } from './autoscaler.js'
import { clusterAutoscalerCases } from './cluster-autoscaler.js'
import { caseAnswer, caseConformance } from './compare.js'
import { caseFaults, functionsOf } from './rule.js'
import { workloadCases } from './workloads.js'

/**
 * `answer` gives our output for a case, `undefined` for a kind without a function; `compare`
 * compares our outputs with recorded ones; `functions` are the functions of each set of cases;
 * `faults` are what is wrong with the input of a case: a function throws where there are any.
 */
export const caseSets = {
  answer: caseAnswer,
  compare: caseConformance,
  functions: {
    'cluster-autoscaler': functionsOf(clusterAutoscalerCases),
    hpa: functionsOf(autoscalerCases),
    workloads: functionsOf(workloadCases),
  },
  faults: {
    'cluster-autoscaler': caseFaults(clusterAutoscalerCases),
    hpa: caseFaults(autoscalerCases),
    workloads: caseFaults(workloadCases),
  },
} as const
