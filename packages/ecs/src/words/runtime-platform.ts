/** The operating system and processor that a task is built for. */
import { codecOf, oneOf, optional, record, type Codec } from '@stowage/documents'

export interface RuntimePlatform {
  readonly cpuArchitecture?: 'X86_64' | 'ARM64' | undefined
  /** `LINUX`, or one of many that begin with `WINDOWS`. */
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
