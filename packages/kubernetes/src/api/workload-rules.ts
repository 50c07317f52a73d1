/**
 * Exports the decision functions of the workload controllers as one object, for tests that compare
 * them with recorded answers of Kubernetes.
 */
import { admitDaemon } from '../daemon-set/admittance.js'
import { healthyCount } from '../disruption/healthy.js'
import { backoffLeft } from '../job/backoff.js'
import { countsAsFailure, failureActionOf } from '../job/failure-policy.js'
import { deletionCostOf } from '../memory/pod-life.js'
import { toleratedSeconds } from '../node-lifecycle/eviction-delay.js'
import { zoneStateOf } from '../node-lifecycle/zone-state.js'
import { statefulUnavailableMax } from '../stateful-set/unavailable-max.js'
import { fencepostsOf } from '../workload/fenceposts.js'
import { podsToDelete } from '../controller/deletion-order.js'
import { resizedSets } from '../deployment/proportional.js'
import { newSetSize, oldSetSizes, unavailableMaxOf } from '../deployment/rolling.js'
import { kubernetesApi } from './objects.js'

/** The rules of the workload controllers, each a pure function that a controller calls. */
export const workloadRules = {
  api: kubernetesApi,
  admitDaemon,
  backoffLeft,
  countsAsFailure,
  deletionCostOf,
  failureActionOf,
  fencepostsOf,
  healthyCount,
  newSetSize,
  oldSetSizes,
  podsToDelete,
  resizedSets,
  statefulUnavailableMax,
  toleratedSeconds,
  unavailableMaxOf,
  zoneStateOf,
} as const
