/**
 * Converts the CPU units of a running container to Docker's setting: CPU shares on Linux, a CPU cap
 * on Windows. The setting has no effect on placement.
 *
 * Source: Amazon ECS API Reference, ContainerDefinition, `cpu`.
 */
import { compareAs } from '@stowage/kernel'
import type { OperatingSystem } from '@stowage/fargate'
import { unitsPerVcpu } from '../words/task-size.js'

/** The CPU setting of a running container. */
export type ContainerCpu =
  /** Relative shares, which matter only while containers contend for CPU. */
  | { readonly _tag: 'Shares'; readonly shares: number }
  /** In percent of one CPU. */
  | { readonly _tag: 'Cap'; readonly percent: number }

/** The bounds of the Linux kernel. */
const sharesMin = 2
const sharesMax = 256 * unitsPerVcpu
/** Docker's default for 0. */
const sharesOfZero = 1024

/** `cpu` is in CPU units, `agentVersion` is a version such as 1.84.0. */
export const containerCpu = (
  os: OperatingSystem,
  cpu: number,
  agentVersion: string,
): ContainerCpu =>
  os === 'windows'
    ? { _tag: 'Cap', percent: cpu === 0 ? 1 : (cpu / unitsPerVcpu) * 100 }
    : { _tag: 'Shares', shares: cpuShares(cpu, agentVersion) }

const cpuShares = (cpu: number, agentVersion: string): number => {
  if (cpu === 0 && isBefore(agentVersion, '1.2.0')) return sharesOfZero
  const shares = Math.max(sharesMin, cpu)
  return isBefore(agentVersion, '1.84.0') ? shares : Math.min(shares, sharesMax)
}

/** A version that cannot be parsed counts as new. */
const isBefore = (version: string, than: string): boolean =>
  (compareAs('version')(version, than) ?? 0) < 0
