/**
 * AWS Fargate as supply: the sizes that it vends, what it adds, what it refuses, and vending
 * itself.
 */
export { fullBucket, nextToken, takeToken, throttled, type Bucket, type Rate } from './bucket.js'
export { newMachines, type Ec2InstanceType, type NewMachine } from './instance-type.js'
export { judge, type Judged, type LaunchRequest } from './launch-request.js'
export {
  interrupt,
  launch,
  launchAll,
  launchPatiently,
  openMachine,
  stopTask,
  stopTasks,
  takeOver,
  type FargateNode,
  type Launch,
  type Machine,
} from './machine.js'
export { patch, patchEvent, type Patched, type PatchWindow } from './patch.js'
export { callerQuotas, fargateOptions, launchRates, type FargateOptions } from './options.js'
export {
  latestVersion,
  platformOf,
  type Architecture,
  type OperatingSystem,
  type Platform,
  type PlatformWish,
} from './platform.js'
export {
  largestPodSize,
  podOverhead,
  podSizeOptions,
  podStorage,
  podStorageMax,
  smallestPodSize,
  type PodSizeOptions,
} from './pod.js'
export { apiErrorOf, type ApiError, type LaunchRefusal } from './refusal.js'
export {
  bytesFromMiB,
  cpuUnits,
  isSize,
  largestSize,
  mebibytes,
  nearestSizes,
  sizeOptions,
  sizesOf,
  smallestSize,
  ticksFromCpuUnits,
  type CpuUnits,
  type MiB,
  type SizeOptions,
  type SizesOn,
  type TaskSize,
} from './size.js'
export {
  hasSpot,
  interruption,
  spotOptions,
  spotWarning,
  type Capacity,
  type Interruption,
  type SpotOptions,
} from './spot.js'
export {
  gibibytes,
  storageBilled,
  storageIncluded,
  storageMin,
  storageMax,
  storageOf,
  type GiB,
} from './storage.js'
export { subnetBy, type SubnetRule } from './subnet.js'
export { vend, type FargateRequest, type Vended } from './vend.js'
