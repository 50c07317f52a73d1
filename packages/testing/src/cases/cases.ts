/**
 * Bundles the functions that test our rules with recorded cases. A case is one call of a function
 * of an upstream controller, with its output. The functions check the input of a case, compute our
 * output, and compare both outputs.
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
