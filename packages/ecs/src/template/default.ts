/**
 * What is so where a service says nothing: one task, and the default strategy of its cluster.
 *
 * Source: AWS CloudFormation Template Reference, AWS::ECS::Service (DesiredCount,
 * CapacityProviderStrategy), AWS::ECS::Cluster and AWS::ECS::ClusterCapacityProviderAssociations
 * (DefaultCapacityProviderStrategy).
 */
import { withNames } from './name.js'
import { propertyOf, referredTo, type Made, type Stack } from './stack.js'

/** Properties of a service, which those that are written replace. */
export const withDefaultsOf = (stack: Stack, { properties }: Made): object => {
  const says = (name: string): boolean => propertyOf(properties, name) !== undefined
  const strategy = says('LaunchType') ? undefined : defaultStrategy(stack, properties)
  return {
    ...(propertyOf(properties, 'SchedulingStrategy') === 'DAEMON' ? {} : { DesiredCount: 1 }),
    ...(strategy === undefined ? {} : { CapacityProviderStrategy: withNames(stack, strategy) }),
  }
}

/** That of the service's cluster, where the cluster is one of the template. */
const defaultStrategy = ({ made }: Stack, service: unknown): unknown => {
  const cluster = referredTo(service, 'Cluster')
  if (cluster === undefined) return undefined
  const associated = [...made.values()].find(
    ({ type, properties }) =>
      type === 'AWS::ECS::ClusterCapacityProviderAssociations' &&
      referredTo(properties, 'Cluster') === cluster,
  )
  const { properties } = associated ?? made.get(cluster) ?? {}
  return propertyOf(properties, 'DefaultCapacityProviderStrategy')
}
