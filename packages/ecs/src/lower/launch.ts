/** What a task on Fargate is asked for, as the vending machine takes it. */
import type { Capacity, LaunchRequest } from '@stowage/fargate'
import { systemOf } from '../words/task-definition.js'
import { taskSizeOf } from './demand.js'
import type { Workload } from '../workload/workload.js'

export const launchRequest = (
  { definition, request = {} }: Workload,
  capacity: Capacity,
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
