/** AWS Fargate as supply: the sizes that it vends, what it adds, and vending itself. */
export { largestPodSize, podOverhead, smallestPodSize } from './pod.js'
export {
  bytesFromMiB,
  cpuUnits,
  isSize,
  largestSize,
  mebibytes,
  nearestSizes,
  sizesOf,
  smallestSize,
  ticksFromCpuUnits,
  type CpuUnits,
  type MiB,
  type OperatingSystem,
  type TaskSize,
} from './size.js'
export { vend, type FargateRequest, type Vended } from './vend.js'
