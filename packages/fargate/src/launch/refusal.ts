/**
 * Lists every reason why Fargate refuses a launch, as data, and writes the sentence for each
 * reason. `packages/ecs` chooses the exception of the ECS API that belongs to each reason.
 *
 * Source: Amazon ECS Developer Guide, task definition differences for Fargate. Some texts are known
 * only from messages that the API returned.
 */
import type { Platform, PlatformRefusal } from '../platform/platform.js'
import type { TaskSize } from '../size/size.js'
import type { StorageRefusal } from '../size/storage.js'

/** Why Fargate refuses a launch, however much capacity it has. */
export type LaunchRefusal =
  | PlatformRefusal
  | StorageRefusal
  | { readonly _tag: 'NotASize'; readonly size: TaskSize; readonly nearest: readonly TaskSize[] }
  | { readonly _tag: 'NoSpot'; readonly platform: Platform }
  | { readonly _tag: 'Daemon' }
  | { readonly _tag: 'Constraints' }
  | { readonly _tag: 'Strategies' }
  | { readonly _tag: 'Gpu' }
  | { readonly _tag: 'NoSubnets' }
  | { readonly _tag: 'TaskExists'; readonly task: string }
  | { readonly _tag: 'InvalidInstant'; readonly at: number }

/** A refusal as a sentence, with the values that were found and the values that are legal. */
export const refusalText = (refusal: LaunchRefusal): string => {
  switch (refusal._tag) {
    case 'UnknownPlatform':
      return `there is no platform version ${refusal.version} for ${refusal.os}.`
    case 'NoSuchProcessor':
      return `there is no ${platformText(refusal.platform)}.`
    case 'NoSuchStorage':
      return `sizeInGiB: found ${refusal.storage}, expected a whole number from 21 to 200.`
    case 'FixedStorage':
      return `it cannot be set on ${platformText(refusal.platform)}.`
    case 'NotASize':
      return `No Fargate configuration exists for given values: ${sizeText(refusal.size)}. The nearest: ${refusal.nearest.map(sizeText).join('; ')}.`
    case 'NoSpot':
      return `no Spot for ${platformText(refusal.platform)}.`
    case 'Daemon':
      return 'DAEMON is not supported with FARGATE launch type.'
    case 'Constraints':
      return 'Placement constraints are not supported with FARGATE launch type.'
    case 'Strategies':
      return 'Placement strategies are not supported with FARGATE launch type.'
    case 'Gpu':
      return 'GPU is not available on FARGATE.'
    case 'NoSubnets':
      return 'subnets: found none, expected at least one.'
    case 'TaskExists':
      return `there is a task ${refusal.task} already.`
    case 'InvalidInstant':
      return `at: found ${refusal.at}, expected whole milliseconds since 1970.`
  }
}

const platformText = ({ os, architecture, version }: Platform): string =>
  `${os} ${version} on ${architecture}`

const sizeText = ({ cpu, memory }: TaskSize): string => `${cpu} CPU, ${memory} memory`
