/**
 * Tasks that are on Fargate as the nodes that were vended for them: what a quota counts of one is
 * its capacity and its size.
 */
import {
  cpuUnits,
  latestVersion,
  mebibytes,
  storageIncluded,
  type FargateNode,
} from '@stowage/fargate'
import { capacityOf } from '../words/placement.js'
import { isOnFargate, subnetOf, type Task } from '../words/task.js'

export const fargateNodes = (tasks: readonly Task[]): readonly Omit<FargateNode, 'serial'>[] =>
  tasks.filter(isOnFargate).map((task) => ({
    task: task.taskArn,
    capacity: capacityOf(task.capacityProviderName),
    size: { cpu: task.cpu ?? cpuUnits(0), memory: task.memory ?? mebibytes(0) },
    platform: {
      ...{ os: 'linux', architecture: 'X86_64' },
      version: task.platformVersion ?? latestVersion.linux,
    },
    ephemeralStorage: storageIncluded,
    subnet: subnetOf(task) ?? '',
    at: 0,
  }))
