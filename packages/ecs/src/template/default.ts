/**
 * Sets the properties that a service in a CloudFormation template leaves out: one task, and the
 * default capacity provider strategy of its cluster.
 *
 * Source: AWS CloudFormation Template Reference, AWS::ECS::Service (DesiredCount,
 * CapacityProviderStrategy), AWS::ECS::Cluster and AWS::ECS::ClusterCapacityProviderAssociations
 * (DefaultCapacityProviderStrategy).
 */
import { withNames } from './name.js'
import { propertyOf, referredTo, type StackResource, type Stack } from './stack.js'

/** The default properties of a service; written properties replace them. */
export const withDefaultsOf = (stack: Stack, { properties }: StackResource): object => {
  const says = (name: string): boolean => propertyOf(properties, name) !== undefined
  const strategy = says('LaunchType') ? undefined : defaultStrategy(stack, properties)
  return {
    ...(propertyOf(properties, 'SchedulingStrategy') === 'DAEMON' ? {} : { DesiredCount: 1 }),
    ...(strategy === undefined ? {} : { CapacityProviderStrategy: withNames(stack, strategy) }),
  }
}

/** The default strategy of the service's cluster, if the cluster is in the same template. */
const defaultStrategy = ({ resources }: Stack, service: unknown): unknown => {
  const cluster = referredTo(service, 'Cluster')
  if (cluster === undefined) return undefined
  const associated = [...resources.values()].find(
    ({ type, properties }) =>
      type === 'AWS::ECS::ClusterCapacityProviderAssociations' &&
      referredTo(properties, 'Cluster') === cluster,
  )
  const { properties } = associated ?? resources.get(cluster) ?? {}
  return propertyOf(properties, 'DefaultCapacityProviderStrategy')
}
