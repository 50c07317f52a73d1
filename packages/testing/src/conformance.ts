/**
 * Exports the comparison of answers with recorded ones: those of a scheduler with kube-scheduler's,
 * those of admission with an API server's, those of single rules with the controllers', those of
 * whole scenarios with Karpenter's, and where histories come to rest with a control plane's. This
 * entry point of the package does not need fast-check.
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
