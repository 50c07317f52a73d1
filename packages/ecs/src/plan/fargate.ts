/**
 * Plans workloads on Fargate: returns the tasks that get capacity, with their provider and subnet,
 * and the tasks that Fargate refuses, with the reasons.
 */
import { fargateOptions, vend, type FargateOptions, type VendedTasks } from '@stowage/fargate'
import { fargateVerdict } from '../lower/fargate.js'
import { countOf, type Supply, type Workload } from '../workload/workload.js'
import { objectionDetail, wordObjection, wordRefusal } from '../raise/fargate.js'
import { launchesOf, type ExistingTasks, type TaskLaunch, type LaunchOutcome } from './launched.js'
import type { SizedWorkload } from './to-launch.js'
import type { EcsWarning } from '../words/warning.js'

/** Tasks without a place on their supply, with the reason. */
export interface TaskRefusal {
  readonly name: string
  readonly count: number
  readonly reason: string
  /** The supply that has no place for them. */
  readonly supply: Supply
}

/** The outcome of a plan on Fargate. */
export interface OnFargate {
  readonly vended: readonly VendedTasks[]
  /** The provider and the subnet of the vended tasks. */
  readonly launched: readonly TaskLaunch[]
  readonly refused: readonly TaskRefusal[]
  readonly warnings: readonly EcsWarning[]
}

/**
 * The options of plans on Fargate: without a quota of vCPUs, as no document states the quota of an
 * account.
 */
const planFargateOptions: FargateOptions = {
  ...fargateOptions,
  vcpusAtOnce: { FARGATE: Infinity, FARGATE_SPOT: Infinity },
}

const onFargateSupply = 'fargate'

/** Plans workloads on Fargate. The existing tasks may be on any supply. */
export const onFargate = (
  workloads: readonly Workload[],
  existing: ExistingTasks,
  given: Partial<FargateOptions> = {},
): OnFargate => {
  const options = { ...planFargateOptions, ...given }
  const requests: SizedWorkload[] = []
  const refused: TaskRefusal[] = []
  const warnings: EcsWarning[] = []
  for (const workload of workloads) {
    const { name, from, subject } = workload
    const { refusals, objections, request } = fargateVerdict(workload, options)
    if (request === undefined) {
      const reason = refusals.map(wordRefusal).join('; ')
      refused.push({ ...{ name, reason, supply: onFargateSupply }, count: countOf(workload) })
      continue
    }
    requests.push({ workload, request })
    for (const objection of objections) {
      const detail = objectionDetail(objection)
      const { code, text } = wordObjection(objection)
      const warning = { code, from, subject, text }
      warnings.push(detail === undefined ? warning : { ...warning, detail })
    }
  }
  const launches = launchesOf(requests, existing, options)
  return {
    vended: vend(launches.flatMap(requestOf)),
    launched: launches.flatMap(({ launched }) => launched),
    refused: [...refused, ...launches.flatMap(refusedIn)],
    warnings: [...warnings, ...launches.flatMap((each) => launchDelayWarnings(each, options))],
  }
}

/** The request for the launched tasks of a workload; empty when none is launched. */
const requestOf = ({ sized: { request }, launched }: LaunchOutcome) => {
  const count = launched.reduce((sum, each) => sum + each.count, 0)
  return count === 0 ? [] : [{ ...request, count }]
}

const refusedIn = ({ sized: { workload }, refused }: LaunchOutcome): readonly TaskRefusal[] =>
  [...refused].map(([reason, count]) => ({
    ...{ name: workload.name, count, reason, supply: onFargateSupply },
  }))

const launchDelayWarnings = (
  { sized: { workload }, launchDelay }: LaunchOutcome,
  { launchRate }: FargateOptions,
): readonly EcsWarning[] => {
  if (launchDelay === 0) return []
  const { from, subject } = workload
  const { FARGATE, FARGATE_SPOT } = launchRate
  const [onDemand, spot] = [FARGATE, FARGATE_SPOT].map(
    ({ burst, perSecond }) => `${burst} tasks at once and ${perSecond} a second after that`,
  )
  const text =
    onDemand === spot
      ? `Fargate launches ${onDemand}, and so does Fargate Spot`
      : `Fargate launches ${onDemand}, and Fargate Spot ${spot}`
  return [
    {
      code: 'FargateLaunchDelayed',
      from,
      subject,
      text,
      detail: `the last one starts after ${launchDelay / 1000} s`,
    },
  ]
}
