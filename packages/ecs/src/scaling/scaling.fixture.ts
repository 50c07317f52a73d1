/**
 * Exports helpers for tests of scaling: a registry with one service, and scaling policies of that
 * service.
 */
import { instant } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { callScaling, type ScalingActionName, type ScalingSetting } from './calls.js'
import { defaultScalingOptions } from './options.js'
import { emptyRegistry, registryKey, type ScalingPolicy, type ScalingRegistry } from './registry.js'
import type { ScalingException } from './scaling-exception.js'

export const setting: ScalingSetting = { options: defaultScalingOptions, zones: new Map() }

/** What every request about the service names. */
export const web = {
  ServiceNamespace: 'ecs',
  ResourceId: 'service/shop/web',
  ScalableDimension: 'ecs:service:DesiredCount',
} as const

export const at = instant(1_790_000_000_000)

export const called = (registry: ScalingRegistry, name: ScalingActionName, request: object) => {
  const result = callScaling(setting, registry, name, request, at)
  if (E.isLeft(result)) throw new Error(result.left.message)
  return { registry: result.right[0], answer: result.right[1] as Readonly<Record<string, unknown>> }
}

export const refusal = (
  registry: ScalingRegistry,
  name: ScalingActionName,
  request: object,
): ScalingException => {
  const result = callScaling(setting, registry, name, request, at)
  if (E.isRight(result)) throw new Error('it was not refused')
  return result.left
}

export const register = (bounds: object = { MinCapacity: 1, MaxCapacity: 20 }) =>
  called(emptyRegistry, 'RegisterScalableTarget', { ...web, ...bounds })

export const tracking = (PolicyName: string, TargetValue: number, more: object = {}) => ({
  PolicyName,
  PolicyType: 'TargetTrackingScaling',
  TargetTrackingScalingPolicyConfiguration: {
    TargetValue,
    PredefinedMetricSpecification: { PredefinedMetricType: 'ECSServiceAverageCPUUtilization' },
    ...more,
  },
})

/** The policy as it is stored. */
export const policyOf = (
  registry: ScalingRegistry,
  request: { readonly PolicyName: string; readonly [field: string]: unknown },
): ScalingPolicy => {
  const next = called(registry, 'PutScalingPolicy', { ...web, ...request }).registry
  return next.policies.get(registryKey(web, request.PolicyName))!
}
