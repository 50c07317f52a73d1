/**
 * Plans all pending pods on Fargate, also pods that no Fargate profile takes. Each pod gets its own
 * node, of the smallest size that covers its requests.
 *
 * Source: Amazon EKS User Guide, "Simplify compute management with AWS Fargate" (considerations)
 * and "Fargate Pod configuration".
 */
import { warningOrder } from '@stowage/documents'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { vend, type VendedTasks } from '@stowage/fargate'
import type { KubernetesInput } from '../read/input.js'
import { runningPodsOf, subjectsOf } from '../plan/subject.js'
import { sizePods, podWarnings, type RefusedPods } from './judge.js'
import { withStaticVolumes } from './static-volumes.js'
import { eksFargateOptions } from '../fargate-profile/options.js'
import { joinSplit } from '../workload/replica.js'
import type { PendingWorkload } from '../workload/share.js'
import { titleOf } from '../workload/workload.js'
import type { KubernetesWarning } from '../words/warning.js'

/** A plan on Fargate: vended nodes, refused pods, and warnings sorted by text. */
export interface FargatePlan {
  readonly vended: readonly VendedTasks[]
  readonly refused: readonly RefusedPods[]
  readonly warnings: readonly KubernetesWarning[]
}

/**
 * Vends a Fargate node for every pending pod, whether or not a profile takes it, and refuses pods
 * that Fargate cannot run. Nodes and running pods of the input are ignored, except the pods of the
 * subject with this title.
 */
export const planPodsOnFargate = (input: KubernetesInput, title = ''): FargatePlan => {
  const pending = [
    ...input.pending.filter(({ count }) => count !== 0),
    ...runningUnder(input, title),
  ]
  const storage = withStaticVolumes(input.around.storage, pending)
  const sizes = joinedByTitle(pending).map((one) => sizePods(one, storage, eksFargateOptions))
  return {
    vended: vend(sizes.flatMap((one) => (one._tag === 'Sized' ? [one.request] : []))),
    refused: sizes.flatMap((one) => (one._tag === 'Refused' ? [one.refused] : [])),
    warnings: RA.sort(warningOrder)([
      ...input.warnings,
      ...podWarnings(joinedByTitle(input.pending).map(({ workload }) => workload)),
    ]),
  }
}

const joinedByTitle = (workloads: readonly PendingWorkload[]) =>
  joinSplit(
    workloads.map((workload) => ({ workload })),
    ({ workload }) => titleOf(workload),
  )

/** What runs of a subject, as pods that wait: all of a workload's are like the first. */
const runningUnder = (input: KubernetesInput, title: string): readonly PendingWorkload[] => {
  const subject = subjectsOf(input, title).find((one) => one.title === title)
  if (subject === undefined) return []
  const [first, ...others] = runningPodsOf(input, subject)
  return first === undefined ? [] : [{ ...first, count: 1 + others.length }]
}
