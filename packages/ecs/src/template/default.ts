/**
 * Fills in two properties that a service in a CloudFormation template may leave out: the desired
 * count (1), and the capacity provider strategy (the default strategy of its cluster).
 *
 * Source: AWS CloudFormation Template Reference, AWS::ECS::Service, AWS::ECS::Cluster and
 * AWS::ECS::ClusterCapacityProviderAssociations.
 */
import { withNames } from './name.js'
import { propertyOf, referredTo, type StackResource, type Stack } from './stack.js'

/** The default properties of a service; written properties replace them. */
export const withDefaultsOf = (stack: Stack, { properties }: StackResource): object => {
  const says = (name: string): boolean => propertyOf(properties, name) !== undefined
  const strategy = says('LaunchType') ? undefined : defaultStrategy(stack, properties)
  return {
    ...(propertyOf(properties, 'SchedulingStrategy') === 'DAEMON' ? {} : { DesiredCount: 1 }),
    ...(strategy === undefined ? {} : { CapacityProviderStrategy: strategy }),
  }
}

/** The default strategy of the service's cluster, if the cluster is in a template of the input. */
const defaultStrategy = (stack: Stack, service: unknown): unknown => {
  const cluster = referredTo(stack, service, 'Cluster')
  if (cluster === undefined) return undefined
  const associated = [...stack.stacks.values()].flatMap((each) =>
    [...each.resources.values()].flatMap((resource) =>
      resource.type === 'AWS::ECS::ClusterCapacityProviderAssociations' &&
      referredTo(each, resource.properties, 'Cluster')?.resource === cluster.resource
        ? [{ stack: each, resource }]
        : [],
    ),
  )
  const owner = associated[0] ?? cluster
  const strategy = propertyOf(owner.resource.properties, 'DefaultCapacityProviderStrategy')
  return strategy === undefined ? undefined : withNames(owner.stack, strategy)
}
