/**
 * Fuzzes configurations of kube-scheduler: each is read, and schedules pods, or is refused with the
 * place.
 */
import { instant } from '@stowage/kernel'
import { openScheduler, readConfiguration, runReady } from '@stowage/kubernetes'
import { isLeft, left } from 'fp-ts/lib/Either.js'
import { answer, refusal, type CheckInput, type FuzzKind } from './kind.js'
import { schedulerObjects } from './scheduler-objects.js'

const configuration = {
  ...{ apiVersion: 'kubescheduler.config.k8s.io/v1', kind: 'KubeSchedulerConfiguration' },
  ...{ parallelism: 4, percentageOfNodesToScore: 10, podInitialBackoffSeconds: 1 },
  leaderElection: { leaderElect: true, leaseDuration: '15s' },
  extenders: [{ urlPrefix: 'http://x', filterVerb: 'f', weight: 1, managedResources: [] }],
  profiles: [
    {
      schedulerName: 's',
      plugins: { score: { enabled: [{ name: 'NodeResourcesFit', weight: 2 }], disabled: [] } },
      pluginConfig: [
        {
          name: 'NodeResourcesFit',
          args: {
            scoringStrategy: {
              type: 'RequestedToCapacityRatio',
              resources: [{ name: 'cpu', weight: 1 }],
              requestedToCapacityRatio: { shape: [{ utilization: 0, score: 10 }] },
            },
          },
        },
        {
          name: 'PodTopologySpread',
          args: {
            defaultingType: 'List',
            defaultConstraints: [
              { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' },
            ],
          },
        },
      ],
    },
  ],
}

const checkConfiguration =
  (read: typeof readConfiguration): CheckInput =>
  (value) => {
    const one = read({ from: 'f', value })
    if (isLeft(one)) return refusal(one.left)
    const opened = openScheduler(schedulerObjects(), instant(0), { configuration: one.right })
    return answer(isLeft(runReady(opened, instant(1))) ? ['the scheduler cannot run'] : [])
  }

/** Takes it that there are profiles with plugins. */
const trustProfiles: typeof readConfiguration = (document) => {
  const { profiles } = document.value as typeof configuration
  for (const { plugins } of profiles) Object.keys(plugins.score)
  return readConfiguration(document)
}

/** Says that something is wrong, and not what. */
const dropFaults: typeof readConfiguration = (document) => {
  const read = readConfiguration(document)
  return isLeft(read) ? left([]) : read
}

/** Configurations of kube-scheduler. */
export const configurationKind: FuzzKind = {
  name: 'configurations',
  specimens: [configuration],
  check: checkConfiguration(readConfiguration),
  plants: [
    ['a profile without plugins throws', checkConfiguration(trustProfiles)],
    ['a refusal has no faults', checkConfiguration(dropFaults)],
  ],
}
