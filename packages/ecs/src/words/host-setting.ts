/**
 * Types and codecs of the settings of a task definition that reach into the host: volumes, and the
 * Linux parameters of a container. Placement on instances ignores them; Fargate refuses most.
 *
 * Source: Amazon ECS API Reference, Volume and LinuxParameters.
 */
import * as t from 'io-ts'
import { list, optional, record, text, type Codec } from '@stowage/documents'

/** A folder of the host; without a `sourcePath` Docker makes one. */
export interface HostFolder {
  readonly sourcePath?: string | undefined
}

/** A volume of a task definition; each way to provide it has a field. */
export interface Volume {
  readonly name?: string | undefined
  readonly host?: HostFolder | undefined
  readonly dockerVolumeConfiguration?: unknown
  readonly fsxWindowsFileServerVolumeConfiguration?: unknown
}
export const Volume: Codec<Volume> = record<Volume>('a volume', {
  name: optional(text),
  host: optional(record<HostFolder>('a folder of the host', { sourcePath: optional(text) })),
  dockerVolumeConfiguration: optional(t.unknown),
  fsxWindowsFileServerVolumeConfiguration: optional(t.unknown),
})

/** The capabilities of the Linux kernel that a container has beyond those of Docker. */
export interface KernelCapabilities {
  readonly add?: readonly unknown[] | undefined
}

/** The Linux parameters of a container. */
export interface LinuxParameters {
  readonly capabilities?: KernelCapabilities | undefined
  readonly devices?: readonly unknown[] | undefined
  readonly maxSwap?: unknown
  readonly sharedMemorySize?: unknown
  readonly swappiness?: unknown
  readonly tmpfs?: readonly unknown[] | undefined
}
/** A list of which only is read whether it has members. */
export const anyList: Codec<readonly unknown[]> = list('a list', t.unknown)
export const LinuxParameters: Codec<LinuxParameters> = record<LinuxParameters>('Linux parameters', {
  capabilities: optional(
    record<KernelCapabilities>('capabilities of the kernel', { add: optional(anyList) }),
  ),
  devices: optional(anyList),
  maxSwap: optional(t.unknown),
  sharedMemorySize: optional(t.unknown),
  swappiness: optional(t.unknown),
  tmpfs: optional(anyList),
})
