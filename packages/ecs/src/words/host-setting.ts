/**
 * Defines the types and codecs of the settings of a task definition that concern the host: volumes
 * with their mount points, Linux parameters and ulimits. Placement on instances ignores these
 * settings. They are read because registration refuses wrong values, and because Fargate refuses
 * most of them.
 *
 * Source: Amazon ECS API Reference, Volume, MountPoint, VolumeFrom, LinuxParameters and Ulimit.
 */
import * as t from 'io-ts'
import { list, optional, record, text, whole, type Codec } from '@stowage/documents'

/** A folder of the host; without a `sourcePath` Docker makes one. */
export interface HostFolder {
  readonly sourcePath?: string | undefined
}

/** A volume of a task definition; each way to provide it has a field. */
export interface Volume {
  readonly name?: string | undefined
  readonly host?: HostFolder | undefined
  readonly dockerVolumeConfiguration?: unknown
  readonly efsVolumeConfiguration?: unknown
  readonly fsxWindowsFileServerVolumeConfiguration?: unknown
}
export const Volume: Codec<Volume> = record<Volume>('a volume', {
  name: optional(text),
  host: optional(record<HostFolder>('a folder of the host', { sourcePath: optional(text) })),
  dockerVolumeConfiguration: optional(t.unknown),
  efsVolumeConfiguration: optional(t.unknown),
  fsxWindowsFileServerVolumeConfiguration: optional(t.unknown),
})

/** A place in a container where a volume of the task is mounted. */
export interface MountPoint {
  readonly sourceVolume?: string | undefined
}
export const MountPoint: Codec<MountPoint> = record<MountPoint>('a mount point', {
  sourceVolume: optional(text),
})

/** A container whose volumes another container mounts. */
export interface VolumesFrom {
  readonly sourceContainer?: string | undefined
}
export const VolumesFrom: Codec<VolumesFrom> = record<VolumesFrom>('the volumes of a container', {
  sourceContainer: optional(text),
})

/** A whole number of which a check says the bounds, so that it can say why they hold. */
export const anyWholeNumber: Codec<number> = whole(
  'a whole number',
  -Number.MAX_SAFE_INTEGER,
  Number.MAX_SAFE_INTEGER,
)

/** A limit of the kernel on a process; -1 is no limit. */
export interface Ulimit {
  readonly softLimit?: number | undefined
  readonly hardLimit?: number | undefined
}
export const Ulimit: Codec<Ulimit> = record<Ulimit>('a ulimit', {
  softLimit: optional(anyWholeNumber),
  hardLimit: optional(anyWholeNumber),
})

/** The capabilities of the Linux kernel that a container has beyond those of Docker. */
export interface KernelCapabilities {
  readonly add?: readonly unknown[] | undefined
}

/** The Linux parameters of a container. */
export interface LinuxParameters {
  readonly capabilities?: KernelCapabilities | undefined
  readonly devices?: readonly unknown[] | undefined
  readonly initProcessEnabled?: unknown
  readonly maxSwap?: number | undefined
  readonly sharedMemorySize?: unknown
  readonly swappiness?: number | undefined
  readonly tmpfs?: readonly unknown[] | undefined
}
/** A list of which only is read whether it has members. */
export const anyList: Codec<readonly unknown[]> = list('a list', t.unknown)
export const LinuxParameters: Codec<LinuxParameters> = record<LinuxParameters>('Linux parameters', {
  capabilities: optional(
    record<KernelCapabilities>('capabilities of the kernel', { add: optional(anyList) }),
  ),
  devices: optional(anyList),
  initProcessEnabled: optional(t.unknown),
  maxSwap: optional(anyWholeNumber),
  sharedMemorySize: optional(t.unknown),
  swappiness: optional(anyWholeNumber),
  tmpfs: optional(anyList),
})
