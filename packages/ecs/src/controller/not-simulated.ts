/** Warns of workloads that no controller runs over time: a simulation goes on without them. */
import { byCodeUnit } from '@stowage/kernel'
import type { EcsWarning } from '../words/warning.js'
import { isDaemonWorkload, type Workload } from '../workload/workload.js'

/** A warning for each workload that is no REPLICA service, in the order of their names. */
export const tasksNotSimulated = (workloads: readonly Workload[]): readonly EcsWarning[] =>
  workloads
    .filter((workload) => workload.service === undefined || isDaemonWorkload(workload))
    .map(({ subject, from }) => ({
      ...({ code: 'NotSimulated', from, subject } as const),
      text: 'only REPLICA services are simulated: this one takes no room',
    }))
    .sort((a, b) => byCodeUnit(a.subject, b.subject))
