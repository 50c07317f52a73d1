/**
 * Warns of each task definition with a misspelt protocol, such as `UDP` in capital letters, which
 * Amazon ECS takes for tcp.
 *
 * Source: Amazon ECS API Reference, PortMapping.
 */
import { protocolOf } from '../words/port-mapping.js'
import type { EcsWarning } from '../words/warning.js'
import type { Families } from '../workload/family.js'

/** A warning per definition; its detail lists the containers with the protocols as written. */
export const protocolWarnings = (families: Families): readonly EcsWarning[] =>
  [...families.values()].flat().flatMap(({ part, name, value }) => {
    const written = value.containerDefinitions.flatMap((container) =>
      (container.portMappings ?? []).flatMap((mapping) => {
        const { protocol = 'tcp' } = mapping
        return protocol === protocolOf(mapping)
          ? []
          : [`${JSON.stringify(protocol)} of ${container.name}`]
      }),
    )
    return written.length === 0
      ? []
      : [
          {
            ...{ code: 'ProtocolAssumed', from: part.from, subject: `task definition ${name}` },
            text: 'protocol: whatever is neither tcp nor udp in small letters counts as tcp',
            detail: [...new Set(written)].join(', '),
          } as const,
        ]
  })
