/**
 * Translates one task of a workload to a launch request to Fargate: its size, platform, ephemeral
 * storage and subnets.
 */
import type { FargateCapacity, LaunchRequest } from '@stowage/fargate'
import { systemOf } from '../words/task-definition.js'
import { taskSizeOf } from './demand.js'
import type { Workload } from '../workload/workload.js'

/** The request for one task of a workload; `task` is its name. */
export const launchRequest = (
  { definition, request = {} }: Workload,
  capacity: FargateCapacity,
  task: string,
): LaunchRequest => {
  const { cpuArchitecture: architecture } = definition.runtimePlatform ?? {}
  const { platformVersion: version, subnets = [] } = request
  const storage = definition.ephemeralStorage?.sizeInGiB
  return {
    task,
    size: taskSizeOf(definition),
    capacity,
    platform: {
      os: systemOf(definition),
      ...(architecture === undefined ? {} : { architecture }),
      ...(version === undefined ? {} : { version }),
    },
    ...(storage === undefined ? {} : { ephemeralStorage: storage }),
    subnets,
  }
}
