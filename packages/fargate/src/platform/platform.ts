/**
 * Resolves the platform of a Fargate task (operating system, processor architecture and platform
 * version): fills in the defaults, and refuses platforms that do not exist.
 *
 * Source: Amazon ECS Developer Guide, Fargate platform versions, and working with 64-bit ARM
 * workloads.
 */
import * as E from 'fp-ts/lib/Either.js'

/** Linux, or any edition of Windows. */
export type OperatingSystem = 'linux' | 'windows'
/** Processor architectures, in the spelling of the ECS API. */
export type Architecture = 'X86_64' | 'ARM64'

/** What a task runs on. */
export interface Platform {
  readonly os: OperatingSystem
  readonly architecture: Architecture
  /** Three numbers separated by dots, such as `1.4.0`. */
  readonly version: string
}

/** A platform as a request names it. A missing field means Linux, X86_64 or LATEST. */
export interface PlatformRequest {
  readonly os?: OperatingSystem
  readonly architecture?: Architecture
  readonly version?: string
}

/** Why a requested platform does not exist. */
export type PlatformRefusal =
  | { readonly _tag: 'UnknownPlatform'; readonly os: OperatingSystem; readonly version: string }
  | { readonly _tag: 'NoSuchProcessor'; readonly platform: Platform }

/** The versions that there are or have been: the first ones are retired by and by. */
const versions: Readonly<Record<OperatingSystem, readonly string[]>> = {
  linux: ['1.0.0', '1.1.0', '1.2.0', '1.3.0', '1.4.0'],
  windows: ['1.0.0'],
}

/** The version that LATEST stands for. */
export const latestVersion: Readonly<Record<OperatingSystem, string>> = {
  linux: '1.4.0',
  windows: '1.0.0',
}

/** The platform of a request that names none: Linux on X86_64, in the latest version. */
export const defaultPlatform: Platform = {
  os: 'linux',
  architecture: 'X86_64',
  version: latestVersion.linux,
}

const architectures: Readonly<Record<OperatingSystem, readonly Architecture[]>> = {
  linux: ['X86_64', 'ARM64'],
  windows: ['X86_64'],
}

/** The first Linux version with ARM, sizes above 4 vCPU, and storage that can be configured. */
const modernLinux = '1.4.0'

/** Fills in the defaults of a request and checks that the platform exists. */
export const resolvePlatform = ({
  os = defaultPlatform.os,
  architecture = defaultPlatform.architecture,
  version = 'LATEST',
}: PlatformRequest): E.Either<PlatformRefusal, Platform> => {
  const resolved = version === 'LATEST' ? latestVersion[os] : version
  if (!versions[os].includes(resolved)) return E.left({ _tag: 'UnknownPlatform', os, version })
  const platform = { os, architecture, version: resolved }
  const hasProcessor = architectures[os].includes(architecture)
  return hasProcessor && (architecture === 'X86_64' || isModern(platform))
    ? E.right(platform)
    : E.left({ _tag: 'NoSuchProcessor', platform })
}

/** Whether it is Linux with platform version 1.4.0 or later. */
export const isModern = ({ os, version }: Pick<Platform, 'os' | 'version'>): boolean =>
  os === 'linux' && compareVersions(version, modernLinux) >= 0

/** Negative when the first version is older. */
const compareVersions = (one: string, other: string): number => {
  const [a, b] = [one.split('.').map(Number), other.split('.').map(Number)]
  return a.map((part, i) => part - b[i]!).find((difference) => difference !== 0) ?? 0
}
