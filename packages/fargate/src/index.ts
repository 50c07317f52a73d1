/**
 * Exports a model of AWS Fargate, which creates a node of the right size for each task: sizes,
 * reasons for refusal, quotas and nodes. The code calls this model a vending machine. Also exports
 * EC2 instance types, for nodes outside Fargate.
 */
export {
  newMachines,
  type Ec2InstanceType,
  type MachineGroup,
  type MachineTaint,
  type NewMachine,
} from './ec2/instance-type.js'
export { fargateOptions, type FargateOptions } from './launch/options.js'
export { refusalText, type LaunchRefusal } from './launch/refusal.js'
export { checkLaunch, type LaunchRequest } from './launch/request.js'
export {
  interruptionOf,
  launchNodes,
  launchQueue,
  openMachine,
  releaseNode,
} from './machine/machine.js'
export { patchZone } from './machine/patch.js'
export type { FargateNode, LaunchResult, VendingMachine } from './machine/state.js'
export { vend, type SizedRequest, type VendedTasks } from './machine/vend.js'
export { defaultPlatform, type OperatingSystem } from './platform/platform.js'
export type { FargateCapacity } from './platform/spot.js'
export { launchRates } from './quota/documented.js'
export {
  podLimits,
  podSizeOptions,
  podStorage,
  smallestPodSize,
  type PodSizeOptions,
} from './size/pod.js'
export { isSize, nearestSizes, sizesOf, smallestSize, type TaskSize } from './size/size.js'
export { storageBilled, storageIncluded } from './size/storage.js'
export {
  bytesFromMiB,
  cpuUnits,
  gibibytes,
  mebibytes,
  ticksFromCpuUnits,
  type CpuUnits,
  type GiB,
  type MiB,
} from './size/unit.js'
