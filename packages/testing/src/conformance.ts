/** Conformance with recorded answers of kube-scheduler. This entry does not need fast-check. */
export { answerOf } from './conformance/answer.js'
export {
  agrees,
  conformance,
  type Agreement,
  type Conformance,
  type Difference,
} from './conformance/conformance.js'
export type { AnswerLine, ScenarioLine } from './conformance/line.js'
