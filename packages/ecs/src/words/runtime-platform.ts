/**
 * Defines the type and codec of the runtime platform of a task: its operating system and its
 * processor architecture.
 *
 * Source: Amazon ECS API Reference, RuntimePlatform.
 */
import { codecOf, oneOf, optional, record, type Codec } from '@stowage/documents'

/** The field `runtimePlatform` of a task definition. */
export interface RuntimePlatform {
  readonly cpuArchitecture?: 'X86_64' | 'ARM64' | undefined
  /** `LINUX`, or a family that begins with `WINDOWS`. */
  readonly operatingSystemFamily?: string | undefined
}

const family: Codec<string> = codecOf('LINUX or a WINDOWS_SERVER family', (value) =>
  typeof value === 'string' && /^(LINUX|WINDOWS_[A-Z0-9_]+)$/.test(value) ? value : undefined,
)

export const RuntimePlatform: Codec<RuntimePlatform> = record<RuntimePlatform>(
  'a runtime platform',
  {
    cpuArchitecture: optional(oneOf<'X86_64' | 'ARM64'>(['X86_64', 'ARM64'])),
    operatingSystemFamily: optional(family),
  },
)
