/**
 * What a Fargate task runs on: an operating system, a processor and a platform version.
 *
 * Source: Amazon ECS Developer Guide, Fargate platform versions, and working with 64-bit ARM
 * workloads.
 */
import * as E from 'fp-ts/lib/Either.js'
import type { LaunchRefusal } from './refusal.js'

export type OperatingSystem = 'linux' | 'windows'
export type Architecture = 'X86_64' | 'ARM64'

export interface Platform {
  readonly os: OperatingSystem
  readonly architecture: Architecture
  /** Three numbers with dots between them. */
  readonly version: string
}

/** What is left out is Linux, X86_64 and LATEST. */
export interface PlatformWish {
  readonly os?: OperatingSystem
  readonly architecture?: Architecture
  readonly version?: string
}

/** What LATEST is. */
export const latestVersion: Readonly<Record<OperatingSystem, string>> = {
  linux: '1.4.0',
  windows: '1.0.0',
}

const processors: Readonly<Record<OperatingSystem, readonly Architecture[]>> = {
  linux: ['X86_64', 'ARM64'],
  windows: ['X86_64'],
}

/** From this version of Linux on there are ARM processors, sizes above 4 vCPU and more storage. */
const modernLinux = '1.4.0'

/** The platform that is meant, or why there is none such. */
export const platformOf = ({
  os = 'linux',
  architecture = 'X86_64',
  version = 'LATEST',
}: PlatformWish): E.Either<LaunchRefusal, Platform> => {
  const meant = version === 'LATEST' ? latestVersion[os] : version
  if (!isVersion(meant) || compared(meant, latestVersion[os]) > 0)
    return E.left({ _tag: 'UnknownPlatform', os, version })
  const platform = { os, architecture, version: meant }
  const known = processors[os].includes(architecture)
  return known && (architecture === 'X86_64' || isModern(platform))
    ? E.right(platform)
    : E.left({ _tag: 'NoSuchProcessor', platform })
}

/** Whether it is Linux of platform version 1.4.0 or later. */
export const isModern = ({ os, version }: Pick<Platform, 'os' | 'version'>): boolean =>
  os === 'linux' && compared(version, modernLinux) >= 0

const isVersion = (text: string): boolean => /^\d{1,4}\.\d{1,4}\.\d{1,4}$/.test(text)

/** Below 0 when the first is older. */
const compared = (one: string, other: string): number => {
  const [a, b] = [one.split('.').map(Number), other.split('.').map(Number)]
  return a.map((part, i) => part - b[i]!).find((difference) => difference !== 0) ?? 0
}
