/**
 * Exports the functions that compare our answers with recorded answers of (1) kube-scheduler; (2)
 * the admission of an API server; (3) single functions of upstream controllers; (4) Karpenter; (5)
 * a whole control plane. This entry point of the package does not need fast-check.
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
