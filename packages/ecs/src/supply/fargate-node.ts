/**
 * Builds a node record for each existing task on Fargate, because Fargate creates one node per
 * task, of the size of the task. The vCPUs of these nodes count towards the quota of FARGATE or
 * FARGATE_SPOT.
 */
import {
  cpuUnits,
  defaultPlatform,
  mebibytes,
  storageIncluded,
  type FargateNode,
} from '@stowage/fargate'
import { instant } from '@stowage/kernel'
import { capacityOf } from '../words/placement.js'
import { isOnFargate, subnetOf, type Task } from '../words/task.js'

/**
 * One node per task that occupies Fargate capacity; what its record does not give has a default.
 */
export const fargateNodes = (tasks: readonly Task[]): readonly Omit<FargateNode, 'serial'>[] =>
  tasks.filter(isOnFargate).map((task) => ({
    task: task.taskArn,
    capacity: capacityOf(task.capacityProviderName),
    size: { cpu: task.cpu ?? cpuUnits(0), memory: task.memory ?? mebibytes(0) },
    platform: {
      ...defaultPlatform,
      version: task.platformVersion ?? defaultPlatform.version,
    },
    ephemeralStorage: storageIncluded,
    subnet: subnetOf(task) ?? '',
    at: instant(0),
  }))
