/**
 * Converts the units of the ECS API to those of the kernel: 1 vCPU is 1,024 CPU units or 128,000 of
 * the kernel's ticks, and 1 MiB is 1,048,576 bytes. Both are exact.
 */
import { ticksPerVcpu, type Bytes, type CpuTicks } from '@stowage/kernel'

/** CPU units: 1/1024 of a vCPU. */
export type CpuUnits = number & { readonly unit: 'vCPU/1024' }
/** Memory in MiB. */
export type MiB = number & { readonly unit: 'MiB' }
/** Storage in GiB. */
export type GiB = number & { readonly unit: 'GiB' }

/** A number of CPU units, 1/1024 vCPU each. */
export const cpuUnits = (cpu: number): CpuUnits => cpu as CpuUnits
/** A number of MiB. */
export const mebibytes = (memory: number): MiB => memory as MiB
/** A number of GiB. */
export const gibibytes = (storage: number): GiB => storage as GiB

/** CPU units as the kernel counts CPU: one unit is 125 ticks. */
export const ticksFromCpuUnits = (cpu: CpuUnits): CpuTicks =>
  (cpu * (ticksPerVcpu / 1024)) as CpuTicks
/** MiB as the kernel counts memory, in bytes. */
export const bytesFromMiB = (memory: MiB): Bytes => (memory * 1_048_576) as Bytes
