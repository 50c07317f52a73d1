/**
 * Defines the options of the Fargate model, with the documented defaults. Some stand for what an
 * account can change, such as the vCPU quota; others for what AWS does not document, such as the
 * rule that chooses a subnet.
 */
import { spotOptions, type FargateCapacity, type SpotOptions } from '../platform/spot.js'
import type { Rate } from '../quota/bucket.js'
import { launchRates } from '../quota/documented.js'
import type { SubnetRule } from '../quota/subnet.js'
import { sizeOptions, type SizeOptions } from '../size/size.js'
import { storageOptions, type StorageOptions } from '../size/storage.js'

/** Options of a vending machine. */
export interface FargateOptions extends SizeOptions, SpotOptions, StorageOptions {
  /** One bucket per kind of capacity. ECS tasks and EKS pods share the bucket of FARGATE. */
  readonly launchRate: Readonly<Record<FargateCapacity, Rate>>
  /** The quota of vCPUs that may run at once. It is 6 for a new account; most have raised it. */
  readonly vcpusAtOnce: Readonly<Record<FargateCapacity, number>>
  /**
   * How many vCPUs AWS can supply, running ones included. Infinity, unless a shortage is to be
   * played.
   */
  readonly vcpusThere: Readonly<Record<FargateCapacity, number>>
  readonly subnetRule: SubnetRule
}

/** The documented defaults of a new account in most regions. */
export const fargateOptions: FargateOptions = {
  ...sizeOptions,
  ...storageOptions,
  ...spotOptions,
  launchRate: { FARGATE: launchRates.usual, FARGATE_SPOT: launchRates.usual },
  vcpusAtOnce: { FARGATE: 6, FARGATE_SPOT: 6 },
  vcpusThere: { FARGATE: Infinity, FARGATE_SPOT: Infinity },
  subnetRule: 'fewest',
}
