/**
 * Defines the ids of pools and devices, and builds them: `driver/pool` and `driver/pool/device`.
 */
import type { AllocatedDevice } from '../words/resource-claim.js'
import type { Device, ResourceSlice } from '../words/resource-slice.js'

/** `driver/pool`, unique in the cluster. */
export type PoolId = string & { readonly of: 'pool' }
/** `driver/pool/device`, unique in the cluster. */
export type DeviceId = string & { readonly of: 'device' }

/** The pool of a slice. */
export const poolIdOf = ({ spec: { driver, pool } }: ResourceSlice): PoolId =>
  `${driver}/${pool.name}` as PoolId

/** A device of a slice. */
export const deviceIdOf = (slice: ResourceSlice, { name }: Device): DeviceId =>
  `${poolIdOf(slice)}/${name}` as DeviceId

/** The device of an allocation. */
export const allocatedId = ({ driver, pool, device }: AllocatedDevice): DeviceId =>
  `${driver}/${pool}/${device}` as DeviceId
