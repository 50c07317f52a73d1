/**
 * What Fargate does not take, as data, and in words: the name of the API's exception, and a message
 * that names the field.
 *
 * Source: Amazon ECS API Reference, errors of RegisterTaskDefinition, RunTask and CreateService;
 * Developer Guide, task definition differences for Fargate. Which exception is thrown for what is
 * in part known from the messages that the API has given alone.
 */
import type { OperatingSystem, Platform } from './platform.js'
import type { TaskSize } from './size.js'

export type LaunchRefusal =
  | { readonly _tag: 'UnknownPlatform'; readonly os: OperatingSystem; readonly version: string }
  | { readonly _tag: 'NoSuchProcessor'; readonly platform: Platform }
  | { readonly _tag: 'NotASize'; readonly size: TaskSize; readonly nearest: readonly TaskSize[] }
  /** In GiB. */
  | { readonly _tag: 'NoSuchStorage'; readonly asked: number }
  | { readonly _tag: 'FixedStorage'; readonly asked: number; readonly platform: Platform }
  | { readonly _tag: 'NoSpot'; readonly platform: Platform }
  | { readonly _tag: 'Daemon' }
  | { readonly _tag: 'Constraints' }
  | { readonly _tag: 'Strategies' }
  | { readonly _tag: 'Gpu' }
  | { readonly _tag: 'NoSubnets' }
  | { readonly _tag: 'TaskExists'; readonly task: string }

export interface ApiError {
  readonly exception:
    | 'ClientException'
    | 'InvalidParameterException'
    | 'PlatformTaskDefinitionIncompatibilityException'
    | 'PlatformUnknownException'
  /** The field of the request or of the task definition. */
  readonly field: string
  readonly message: string
}

/** A refusal as the API gives it. */
export const apiErrorOf = (refusal: LaunchRefusal): ApiError => {
  const [exception, field, message] = said(refusal)
  return { exception, field, message }
}

type Said = readonly [exception: ApiError['exception'], field: string, message: string]

const said = (refusal: LaunchRefusal): Said => {
  switch (refusal._tag) {
    case 'NotASize':
      return ['ClientException', 'cpu, memory', sizeMessage(refusal)]
    case 'Daemon':
      return invalid('schedulingStrategy', 'DAEMON is not supported with FARGATE launch type.')
    case 'Constraints':
      return invalid(
        'placementConstraints',
        'Placement constraints are not supported with FARGATE launch type.',
      )
    case 'Strategies':
      return invalid(
        'placementStrategy',
        'Placement strategies are not supported with FARGATE launch type.',
      )
    case 'NoSubnets':
      return invalid('networkConfiguration', 'subnets: found none, expected at least one.')
    case 'TaskExists':
      return invalid('task', `there is a task ${refusal.task} already.`)
    case 'Gpu':
      return ['ClientException', 'resourceRequirements', 'GPU is not available on FARGATE.']
    case 'NoSuchStorage':
      return invalid(
        'ephemeralStorage',
        `sizeInGiB: found ${refusal.asked}, expected a whole number from 21 to 200.`,
      )
    default:
      return ofPlatform(refusal)
  }
}

const invalid = (field: string, message: string): Said => [
  'InvalidParameterException',
  field,
  message,
]

type OfPlatform = Extract<
  LaunchRefusal,
  { readonly _tag: 'UnknownPlatform' | 'NoSuchProcessor' | 'FixedStorage' | 'NoSpot' }
>

const ofPlatform = (refusal: OfPlatform): Said => {
  const incompatible = 'PlatformTaskDefinitionIncompatibilityException'
  switch (refusal._tag) {
    case 'UnknownPlatform': {
      const { os, version } = refusal
      const message = `there is no platform version ${version} for ${os}.`
      return ['PlatformUnknownException', 'platformVersion', message]
    }
    case 'NoSuchProcessor':
      return [incompatible, 'runtimePlatform', `there is no ${platformText(refusal.platform)}.`]
    case 'FixedStorage': {
      const on = platformText(refusal.platform)
      return [incompatible, 'ephemeralStorage', `it can not be set on ${on}.`]
    }
    case 'NoSpot':
      return [incompatible, 'capacityProvider', `no Spot for ${platformText(refusal.platform)}.`]
  }
}

const platformText = ({ os, architecture, version }: Platform): string =>
  `${os} ${version} on ${architecture}`

const sizeMessage = ({
  size,
  nearest,
}: Extract<LaunchRefusal, { readonly _tag: 'NotASize' }>): string => {
  const text = ({ cpu, memory }: TaskSize): string => `${cpu} CPU, ${memory} memory`
  return `No Fargate configuration exists for given values: ${text(size)}. The nearest: ${nearest.map(text).join('; ')}.`
}
