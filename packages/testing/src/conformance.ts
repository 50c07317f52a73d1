/**
 * Whether a scheduler agrees with recorded answers of the upstream kube-scheduler. It needs no
 * fast-check.
 */
export { answerOf } from './conformance/answer.js'
export { comparedIn, type Compared } from './conformance/compare.js'
export {
  agrees,
  conformance,
  type Agreed,
  type Conformance,
  type Difference,
} from './conformance/conformance.js'
export type {
  Answered,
  AnswerLine,
  Nomination,
  Rejection,
  ScenarioLine,
  Verdict,
} from './conformance/line.js'
