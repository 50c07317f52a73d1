/**
 * Makes a warning for each Auto Scaling group in a CloudFormation template. The warning says how
 * many instances the group would start, and of which type. These instances are not added to the
 * cluster, because only the user data of an instance says which cluster it joins.
 *
 * Source: AWS CloudFormation Template Reference, AWS::AutoScaling::AutoScalingGroup,
 * AWS::AutoScaling::LaunchConfiguration and AWS::EC2::LaunchTemplate.
 */
import { propertyOf, referredTo, type Stack } from './stack.js'
import { isUnresolved, unresolvedText } from './unresolved.js'
import type { EcsWarning } from '../words/warning.js'

/** The resource types that describe an Auto Scaling group. */
export const ofGroups: readonly string[] = [
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::AutoScaling::LaunchConfiguration',
  'AWS::EC2::LaunchTemplate',
]

/** One warning per Auto Scaling group, with its count and its instance type. */
export const groupWarnings = (stack: Stack): readonly EcsWarning[] =>
  [...stack.resources.values()]
    .filter(({ type }) => type === ofGroups[0])
    .map(({ id, properties }) => {
      const { from } = stack
      const count = propertyOf(properties, 'DesiredCapacity') ?? propertyOf(properties, 'MinSize')
      return {
        ...{ code: 'GroupInstancesNotAdded', from, subject: `${from}: ${id}` },
        text: 'instances of an Auto Scaling group are not added to the machines, as their user data alone says which cluster they join',
        detail: `${valueText(count)} of ${valueText(typeIn(stack, properties))}`,
      }
    })

/**
 * The instance type of the group's launch configuration or launch template, if that is in the same
 * template.
 */
const typeIn = (stack: Stack, group: unknown): unknown => {
  const configuration = referredTo(stack, group, 'LaunchConfigurationName')
  if (configuration !== undefined)
    return propertyOf(configuration.resource.properties, 'InstanceType')
  const template = referredTo(stack, propertyOf(group, 'LaunchTemplate'), 'LaunchTemplateId')
  return propertyOf(propertyOf(template?.resource.properties, 'LaunchTemplateData'), 'InstanceType')
}

const valueText = (value: unknown): string => {
  if (isUnresolved(value)) return unresolvedText(value)
  return typeof value === 'string' || typeof value === 'number' ? String(value) : 'what is not said'
}
