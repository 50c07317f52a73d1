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
export const groupWarnings = ({ from, resources }: Stack): readonly EcsWarning[] =>
  [...resources.values()]
    .filter(({ type }) => type === ofGroups[0])
    .map(({ id, properties }) => {
      const count = propertyOf(properties, 'DesiredCapacity') ?? propertyOf(properties, 'MinSize')
      return {
        ...{ code: 'GroupInstancesNotAdded', from, subject: `${from}: ${id}` },
        text: 'instances of an Auto Scaling group are not added to the machines, as their user data alone says which cluster they join',
        detail: `${valueText(count)} of ${valueText(typeIn(resources, properties))}`,
      }
    })

/**
 * The instance type of the group's launch configuration or launch template, if that is in the same
 * template.
 */
const typeIn = (resources: Stack['resources'], group: unknown): unknown => {
  const configuration = resources.get(referredTo(group, 'LaunchConfigurationName') ?? '')
  if (configuration !== undefined) return propertyOf(configuration.properties, 'InstanceType')
  const specification = propertyOf(group, 'LaunchTemplate')
  const template = resources.get(referredTo(specification, 'LaunchTemplateId') ?? '')
  return propertyOf(propertyOf(template?.properties, 'LaunchTemplateData'), 'InstanceType')
}

const valueText = (value: unknown): string => {
  if (isUnresolved(value)) return unresolvedText(value)
  return typeof value === 'string' || typeof value === 'number' ? String(value) : 'what is not said'
}
