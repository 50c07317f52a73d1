/**
 * Plans and explains a cluster with Fargate profiles: pods that a profile takes run on Fargate, all
 * others on the nodes of the input.
 */
import { warningOrder, type DocumentFault, type SourceDocument } from '@stowage/documents'
import * as RA from 'fp-ts/lib/ReadonlyArray.js'
import { vend } from '@stowage/fargate'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import type * as O from 'fp-ts/lib/Option.js'
import { readNodePools } from '../node-pool/read-pools.js'
import { explainOnNodes, type KubernetesExplanation } from '../plan/explain.js'
import { headroomOnNodes, type Headroom, type UnknownHeadroom } from '../plan/headroom.js'
import { planNameOf } from '../plan/subject.js'
import { planOnNodes, type NodesPlan } from '../plan/plan.js'
import { releaseNodes } from '../release/release.js'
import type { Release, ReleaseOptions, ReleaseWorld } from '../release/terms.js'
import { provisionAs, type MindOptions, type SuppliedCluster } from '../supply/provision-as.js'
import { releaseAs, type MindReleaseOptions } from '../supply/release-as.js'
import type { MarketOffering } from '../supply/terms.js'
import type { KubernetesInput } from '../read/input.js'
import { joinSplit } from '../workload/replica.js'
import { rolloutWarning, type Rollout } from '../workload/rollout.js'
import type { PendingWorkload } from '../workload/share.js'
import { titleOf } from '../workload/workload.js'
import { admitToFargate } from '../fargate-profile/admit.js'
import { sizePods, podWarnings, type RefusedPods } from './judge.js'
import { eksFargateOptions, type EksFargateOptions } from '../fargate-profile/options.js'
import type { FargatePlan } from './plan.js'
import type { FargateProfiles } from '../fargate-profile/profile.js'
import {
  schedule,
  type ScheduledWorkload,
  type ScheduledPod,
  type SizedWorkload,
} from './schedule.js'
import { withStaticVolumes } from './static-volumes.js'
import type { KubernetesWarning } from '../words/warning.js'

/** A plan on nodes and a plan on Fargate. */
export interface ProfilesPlan extends NodesPlan, FargatePlan {
  /** Each pod on Fargate with its vended node; pods on nodes of the input are in `plan`. */
  readonly pods: readonly ScheduledPod[]
}

/**
 * Plans the pods that a profile takes on Fargate, and all others on the nodes of the input. Without
 * profiles it equals `planOnNodes`.
 */
export const planWithProfiles = (
  input: KubernetesInput,
  { profiles, warnings }: FargateProfiles,
  options: Partial<EksFargateOptions> = {},
): ProfilesPlan => {
  const all = { ...eksFargateOptions, ...options }
  const { taken, left } = admitToFargate(input, profiles, all)
  const isTaken = isAmong(taken)
  const rollouts = input.rollouts.filter((one) => !isTaken(one))
  const onNodes = planOnNodes({ ...input, pending: left, rollouts })
  const asking = joinSplit(
    taken.filter(({ workload }) => workload.count !== 0),
    ({ workload, profile }) => `${profile.fargateProfileName} ${titleOf(workload)}`,
  )
  const storage = withStaticVolumes(
    input.around.storage,
    asking.flatMap(({ pods }) => pods),
  )
  const sizes = asking.map((one) => ({ ...one, judged: sizePods(one, storage, all) }))
  const sized = sizes.flatMap(({ judged: one, ...rest }): readonly SizedWorkload[] =>
    one._tag === 'Sized' ? [{ ...rest, request: one.request }] : [],
  )
  const scheduled = schedule(sized, profiles, all)
  return {
    ...onNodes,
    pods: scheduled.flatMap(({ pods }) => pods),
    vended: vend(
      scheduled.flatMap(({ sized: { request }, pods }) =>
        pods.length === 0 ? [] : [{ ...request, count: pods.length }],
      ),
    ),
    refused: [
      ...sizes.flatMap(({ judged: one }) => (one._tag === 'Refused' ? [one.refused] : [])),
      ...scheduled.flatMap(refusedIn),
    ],
    warnings: RA.sort(warningOrder)([
      ...onNodes.warnings,
      ...warnings,
      ...input.rollouts.filter(isTaken).map(rolloutWarning),
      ...podWarnings(asking.map(({ workload }) => workload)),
      ...scheduled.flatMap((one) => delayWarnings(one, all)),
    ]),
  }
}

/** Plans nodes to open, for the pods that no profile takes, as each of the minds would. */
export const provisionBesideProfiles = (
  { documents, inputWith }: SuppliedCluster,
  { profiles }: FargateProfiles,
  market: readonly MarketOffering[],
  minds: MindOptions,
  options: Partial<EksFargateOptions> = {},
): ReturnType<typeof provisionAs> =>
  provisionAs(clusterOnNodes({ documents, inputWith }, profiles, options), market, minds)

/** Says what each of the minds would do with the nodes, with the pods that no profile takes. */
export const releaseAsMinds = (
  cluster: SuppliedCluster,
  { profiles }: FargateProfiles,
  market: readonly MarketOffering[],
  minds: MindReleaseOptions,
  options: Partial<EksFargateOptions> = {},
): ReturnType<typeof releaseAs> =>
  releaseAs(clusterOnNodes(cluster, profiles, options), market, minds)

const clusterOnNodes = (
  { documents, inputWith }: SuppliedCluster,
  profiles: FargateProfiles['profiles'],
  options: Partial<EksFargateOptions>,
): SuppliedCluster => ({
  documents,
  inputWith: (more) =>
    pipe(
      inputWith(more),
      E.map((input) => inputOnNodes(input, profiles, options)),
    ),
})

/**
 * Says which nodes can go, with the pods that no profile takes. A `Left` says what is wrong with
 * NodePools among the documents.
 */
export const releaseBesideProfiles = (
  { documents, offers, inputWith }: DocumentedFleet,
  { profiles }: FargateProfiles,
  release: ReleaseOptions,
  options: Partial<EksFargateOptions> = {},
): E.Either<readonly DocumentFault[], Release> =>
  pipe(
    readNodePools(documents),
    E.map((pools) =>
      releaseNodes(
        {
          ...{ offers, pools },
          inputWith: (...args) => inputOnNodes(inputWith(...args), profiles, options),
        },
        release,
      ),
    ),
  )

/** A cluster as documents, what can be opened, and the cluster with more nodes. */
interface DocumentedFleet extends Pick<ReleaseWorld, 'offers' | 'inputWith'> {
  readonly documents: readonly SourceDocument[]
}

/** The input without what waits for Fargate. */
const inputOnNodes = (
  input: KubernetesInput,
  profiles: FargateProfiles['profiles'],
  options: Partial<EksFargateOptions>,
): KubernetesInput => {
  const { taken, left } = admitToFargate(input, profiles, { ...eksFargateOptions, ...options })
  const isTaken = isAmong(taken)
  const rollouts = input.rollouts.filter((one) => !isTaken(one))
  return { ...input, pending: left, rollouts }
}

/**
 * Explains why a pod goes to its node, by the title of a subject; `none` for a pod that a profile
 * takes, and for an unknown title.
 */
export const explainBesideProfiles = (
  input: KubernetesInput,
  { profiles }: FargateProfiles,
  title: string,
): O.Option<KubernetesExplanation> => {
  const { taken, left } = admitToFargate(input, profiles, eksFargateOptions)
  const isTaken = isAmong(taken)
  const rollouts = input.rollouts.filter((one) => !isTaken(one))
  return explainOnNodes({ ...input, pending: left, rollouts }, title)
}

/** Whether the pods of a rollout are among those that a profile takes. */
const isAmong = (
  taken: readonly { readonly workload: PendingWorkload }[],
): ((rollout: Rollout) => boolean) => {
  const titles = new Set(taken.map(({ workload }) => titleOf(workload)))
  return ({ workload }) => titles.has(titleOf(workload))
}

/**
 * How many more pods of the subject of a title fit on the nodes, up to `countMax`; `undefined` when
 * there is no such subject.
 */
export const headroomBesideProfiles = (
  input: KubernetesInput,
  { profiles }: FargateProfiles,
  title: string,
  countMax: number,
): Headroom | UnknownHeadroom | undefined => {
  const { taken, left } = admitToFargate(input, profiles, eksFargateOptions)
  const name = planNameOf(input, title)
  return taken.some(({ workload }) => workload.name === name)
    ? { _tag: 'Unknown', why: 'a Fargate profile takes its pods, each on a node of its own' }
    : headroomOnNodes({ ...input, pending: left }, title, countMax)
}

const refusedIn = ({ sized: { workload }, refused }: ScheduledWorkload): readonly RefusedPods[] =>
  [...refused].map(([reason, count]) => ({ name: workload.name, count, reason }))

const delayWarnings = (
  { sized: { workload }, pods }: ScheduledWorkload,
  { launchRate }: EksFargateOptions,
): readonly KubernetesWarning[] => {
  const last = pods.reduce((latest, { at }) => Math.max(latest, at), 0)
  if (last === 0) return []
  const { burst, perSecond } = launchRate.FARGATE
  return [
    {
      code: 'FargateLaunchDelayed',
      from: workload.from,
      subject: titleOf(workload),
      text: `Fargate launches ${burst} pods at once and ${perSecond} a second after that`,
      detail: `the last one starts after ${last / 1000} s`,
    },
  ]
}
