/**
 * Maps each reason why Fargate refuses a task to an exception of the ECS API.
 *
 * Source: Amazon ECS API Reference, errors of RegisterTaskDefinition, RunTask and CreateService.
 * Some exceptions are known only from messages that the API returned.
 */
import { refusalText, type LaunchRefusal } from '@stowage/fargate'

/** An exception with the field that it concerns. */
export interface FargateException {
  readonly exception:
    | 'ClientException'
    | 'InvalidParameterException'
    | 'PlatformTaskDefinitionIncompatibilityException'
    | 'PlatformUnknownException'
  /** The field of the request or of the task definition. */
  readonly field: string
  readonly message: string
}

type Exception = readonly [exception: FargateException['exception'], field: string]

const exceptions: Readonly<Record<LaunchRefusal['_tag'], Exception>> = {
  UnknownPlatform: ['PlatformUnknownException', 'platformVersion'],
  NoSuchProcessor: ['PlatformTaskDefinitionIncompatibilityException', 'runtimePlatform'],
  FixedStorage: ['PlatformTaskDefinitionIncompatibilityException', 'ephemeralStorage'],
  NoSpot: ['PlatformTaskDefinitionIncompatibilityException', 'capacityProvider'],
  NotASize: ['ClientException', 'cpu, memory'],
  Gpu: ['ClientException', 'resourceRequirements'],
  NoSuchStorage: ['InvalidParameterException', 'ephemeralStorage'],
  Daemon: ['InvalidParameterException', 'schedulingStrategy'],
  Constraints: ['InvalidParameterException', 'placementConstraints'],
  Strategies: ['InvalidParameterException', 'placementStrategy'],
  NoSubnets: ['InvalidParameterException', 'networkConfiguration'],
  TaskExists: ['InvalidParameterException', 'task'],
  InvalidInstant: ['InvalidParameterException', 'at'],
}

/** The exception that the API throws for a refusal, with the field and the message. */
export const fargateException = (refusal: LaunchRefusal): FargateException => {
  const [exception, field] = exceptions[refusal._tag]
  return { exception, field, message: refusalText(refusal) }
}
