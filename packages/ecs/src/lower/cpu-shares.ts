/**
 * What CPU units come to for a container that runs: shares of what is idle on Linux, a cap on
 * Windows. Placement looks at neither.
 *
 * Source: Amazon ECS API Reference, ContainerDefinition, `cpu`.
 */
import { compareAs } from '@stowage/kernel'
import type { OperatingSystem } from '@stowage/fargate'
import { unitsPerVcpu } from '../words/task-size.js'

export type ContainerCpu =
  /** Of the CPU that containers contend for; what no other uses is for any of them. */
  | { readonly _tag: 'Shares'; readonly shares: number }
  /** In percent of one CPU. */
  | { readonly _tag: 'Cap'; readonly percent: number }

/** The kernel takes no less and no more. */
const sharesMin = 2
const sharesMax = 256 * unitsPerVcpu
/** What Docker makes of 0. */
const sharesOfZero = 1024

/** `cpu` is in CPU units, `agentVersion` such as 1.84.0. */
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

/** A version that can not be read is taken for a new one. */
const isBefore = (version: string, than: string): boolean =>
  (compareAs('version')(version, than) ?? 0) < 0
