/**
 * Exports the comparison of a scheduler's answers with recorded answers of kube-scheduler. This
 * entry point of the package does not need fast-check.
 */
export { answerOf } from './conformance/answer.js'
export {
  agrees,
  conformance,
  type Agreement,
  type Conformance,
  type Difference,
} from './conformance/conformance.js'
export type { AnswerLine, ScenarioLine } from './conformance/line.js'
