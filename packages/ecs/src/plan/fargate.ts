/** Workloads that are vended, and those that Fargate does not take. */
import { vend, type FargateRequest, type Vended } from '@stowage/fargate'
import type { Warning } from '@stowage/kernel'
import { fargateVerdict } from '../lower/fargate.js'
import { countOf, type Workload } from '../lower/workload.js'
import { objectionDetail, wordObjection, wordRefusal } from '../raise/fargate.js'

/** Tasks for which there is no capacity of their kind, and why. */
export interface Refused {
  readonly name: string
  readonly count: number
  readonly reason: string
}

export interface OnFargate {
  readonly vended: readonly Vended[]
  readonly refused: readonly Refused[]
  readonly warnings: readonly Warning[]
}

export const onFargate = (workloads: readonly Workload[]): OnFargate => {
  const requests: FargateRequest[] = []
  const refused: Refused[] = []
  const warnings: Warning[] = []
  for (const workload of workloads) {
    const { name, from, subject } = workload
    const verdict = fargateVerdict(workload)
    if (verdict._tag === 'Refused') {
      const reason = verdict.refusals.map(wordRefusal).join('; ')
      refused.push({ name, count: countOf(workload), reason })
      continue
    }
    requests.push(verdict.request)
    for (const objection of verdict.objections) {
      const detail = objectionDetail(objection)
      const warning = { from, subject, text: wordObjection(objection) }
      warnings.push(detail === undefined ? warning : { ...warning, detail })
    }
  }
  return { vended: vend(requests), refused, warnings }
}
