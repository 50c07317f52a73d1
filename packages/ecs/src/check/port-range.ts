/**
 * Validates each `containerPortRange` of a container, such as `8000-8010`: its form, that the
 * network mode allows ranges, and that no two ranges of a protocol overlap.
 *
 * Source: Amazon ECS API Reference, PortMapping, `containerPortRange`.
 */
import type { Complaint } from '../words/complaint.js'
import { portRangeOf, protocolOf, type PortMapping } from '../words/port-mapping.js'
import type { TaskDefinition } from '../words/task-definition.js'

/** The most ranges of a container. */
const rangesMax = 100
const portMax = 65_535
const rangeExpected = `a range FIRST-LAST of ports from 1 to ${portMax}, FIRST below LAST`

/** All complaints about the ranges, at paths from the container on. */
export const checkPortRanges = (
  { networkMode = 'bridge' }: TaskDefinition,
  mappings: readonly PortMapping[],
): readonly Complaint[] => {
  const ranges = mappings.filter(({ containerPortRange }) => containerPortRange !== undefined)
  return [
    ...(ranges.length > rangesMax
      ? [
          {
            at: ['portMappings'],
            found: `${ranges.length} ranges`,
            expected: `at most ${rangesMax} ranges of ports`,
          },
        ]
      : []),
    ...mappings.flatMap((mapping, i) => {
      if (mapping.containerPortRange === undefined) return []
      const at = ['portMappings', i, 'containerPortRange']
      if (networkMode !== 'bridge' && networkMode !== 'awsvpc')
        return [{ at, expected: `no range of ports, as networkMode is ${networkMode}` }]
      if (!isRange(mapping)) return [{ at, expected: rangeExpected }]
      if (ranges.length > rangesMax) return []
      const other = mappings.slice(0, i).find((earlier) => shareAPort(earlier, mapping))
      return other === undefined
        ? []
        : [{ at, expected: 'ports of its own: an earlier mapping of the container has some too' }]
    }),
  ]
}

const isRange = (mapping: PortMapping): boolean => {
  const [first, last] = portRangeOf(mapping) ?? [0, 0]
  return first >= 1 && first < last && last <= portMax
}

const shareAPort = (one: PortMapping, other: PortMapping): boolean => {
  const [[first, last], [otherFirst, otherLast]] = [
    portRangeOf(one) ?? [Infinity, 0],
    portRangeOf(other) ?? [Infinity, 0],
  ]
  return protocolOf(one) === protocolOf(other) && first <= otherLast && otherFirst <= last
}
