/**
 * Makes a warning for each number of tasks in a CloudFormation template that Application Auto
 * Scaling changes. A service is planned with its DesiredCount, which may be outside of the bounds.
 *
 * Source: AWS CloudFormation Template Reference, AWS::ApplicationAutoScaling::ScalableTarget.
 */
import { propertyOf, type Stack } from './stack.js'
import { isUnresolved, unresolvedText } from './unresolved.js'
import type { EcsWarning } from '../words/warning.js'

/** The resource type that makes a number scalable, whatever it counts. */
export const scalableTarget = 'AWS::ApplicationAutoScaling::ScalableTarget'

/** Whether the properties are those of a target that counts the tasks of a service. */
export const scalesTasks = (properties: unknown): boolean =>
  propertyOf(properties, 'ScalableDimension') === 'ecs:service:DesiredCount'

/** One warning per target, with its bounds. */
export const scalingWarnings = ({ from, resources }: Stack): readonly EcsWarning[] =>
  [...resources.values()]
    .filter(({ type, properties }) => type === scalableTarget && scalesTasks(properties))
    .map(({ id, properties }) => ({
      ...{ code: 'TasksAutoscaled', from, subject: `${from}: ${id}` },
      text: 'Application Auto Scaling moves the number of tasks of a service, which is planned with its DesiredCount',
      detail: `${boundText(properties, 'MinCapacity')} to ${boundText(properties, 'MaxCapacity')}`,
    }))

const boundText = (properties: unknown, name: string): string => {
  const bound = propertyOf(properties, name)
  if (isUnresolved(bound)) return unresolvedText(bound)
  return typeof bound === 'number' || typeof bound === 'string' ? String(bound) : 'what is not said'
}
