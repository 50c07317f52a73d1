/**
 * The ports of a host that are given to containers which fix none, unless the host names others.
 *
 * Source: Amazon ECS API Reference, PortMapping, `hostPort`.
 */
import type { OperatingSystem } from '@stowage/fargate'
import { systemOf, type TaskDefinition } from './task-definition.js'

export const ephemeralPorts: Readonly<
  Record<OperatingSystem, { readonly least: number; readonly most: number }>
> = {
  linux: { least: 49_153, most: 65_535 },
  windows: { least: 49_152, most: 65_535 },
}

/** The fixed ports of a task, as texts, that the host may give to another. */
export const ephemeralOf = (
  definition: TaskDefinition,
  ports: readonly string[],
): readonly string[] => {
  const { least, most } = ephemeralPorts[systemOf(definition)]
  return ports.filter((port) => Number(port) >= least && Number(port) <= most)
}
