/**
 * Exports the comparisons of our answers with recorded ones: (1) scheduling with kube-scheduler;
 * (2) admission with an API server; (3) calls of single functions with upstream controllers; (4)
 * scenarios with Karpenter; (5) histories of a cluster with a control plane. This entry point of
 * the package does not need fast-check.
 */
export { admission } from './admission/admission.js'
export { recordedCases } from './karpenter/recorded.js'
export { answerOf } from './conformance/answer.js'
export {
  agrees,
  conformance,
  type Agreement,
  type Conformance,
  type Difference,
} from './conformance/conformance.js'
export type { AnswerLine, ScenarioLine } from './conformance/line.js'
export { repeatedObjects } from './conformance/scenario.js'
