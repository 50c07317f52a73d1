/**
 * Converts the answer to `explain` to JSON. For each workload it has one of three forms: (1) the
 * verdict on every node, (2) the size on Fargate, or (3) a note in one sentence.
 */
import type { Explanations, WorkloadExplanation } from '../question/explain.js'
import { answerVersion } from '../schema/part.js'
import { vendedJson } from './plan-json.js'

/** `{ version, explanations }`, one for each workload. */
export const explanationsJson = ({ explanations }: Explanations): object => ({
  version: answerVersion,
  explanations: explanations.map(explanationJson),
})

const explanationJson = (one: WorkloadExplanation): object => {
  const subject = { vocabulary: one.platform.id, name: one.name }
  switch (one._tag) {
    case 'Note':
      return { ...subject, note: one.text, placed: one.placed }
    case 'Explained':
      return {
        ...subject,
        replica: one.replica,
        on: one.on,
        runs: one.runs,
        message: one.message,
        ...one.explanation,
        preemption: one.nominations,
        remedies: one.remedies,
        more: one.more,
        verdict: one.verdict,
      }
    case 'OnFargate':
      return {
        ...subject,
        fargate: one.vended.map(vendedJson),
        launched: one.launched,
        fargateProfileName: one.profile,
        refused: one.refused,
        warnings: one.warnings,
      }
  }
}
