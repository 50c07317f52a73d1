/**
 * Applies the bounds of Application Auto Scaling to the services of a CloudFormation template:
 * raises a DesiredCount below MinCapacity, and lowers one above MaxCapacity. Warns of each scalable
 * target, because its scaling policies may change the count further.
 *
 * Sources: AWS CloudFormation Template Reference, AWS::ApplicationAutoScaling::ScalableTarget;
 * Application Auto Scaling API Reference, RegisterScalableTarget.
 */
import { resourceName } from './name.js'
import { namesReferredIn } from './reference.js'
import { propertyOf, type Stack, type StackResource } from './stack.js'
import { isUnresolved, unresolvedText } from './unresolved.js'
import type { EcsWarning } from '../words/warning.js'

/** The resource type that makes a number scalable, whatever it counts. */
export const scalableTarget = 'AWS::ApplicationAutoScaling::ScalableTarget'

/** Whether the properties are those of a target that counts the tasks of a service. */
export const scalesTasks = (properties: unknown): boolean =>
  propertyOf(properties, 'ScalableDimension') === 'ecs:service:DesiredCount'

/** One warning per target, with its bounds. */
export const scalingWarnings = ({ from, resources }: Stack): readonly EcsWarning[] =>
  [...resources.values()].filter(isTarget).map(({ id, properties }) => ({
    ...{ code: 'TasksAutoscaled', from, subject: `${from}: ${id}` },
    text: 'Application Auto Scaling moves the number of tasks of a service, which is planned with its DesiredCount within the bounds',
    detail: `${boundText(properties, 'MinCapacity')} to ${boundText(properties, 'MaxCapacity')}`,
  }))

const boundText = (properties: unknown, name: string): string => {
  const bound = propertyOf(properties, name)
  if (isUnresolved(bound)) return unresolvedText(bound)
  return typeof bound === 'number' || typeof bound === 'string' ? String(bound) : 'what is not said'
}

const isTarget = ({ type, properties }: StackResource): boolean =>
  type === scalableTarget && scalesTasks(properties)

/** The count of a service within the bounds of the targets that scale it, where they are known. */
export const countWithinBounds = (
  stack: Stack,
  service: StackResource,
  count: unknown,
): unknown => {
  const written = wholeNumberIn(count)
  if (written === undefined) return count
  return [...stack.resources.values()]
    .filter((one) => isTarget(one) && isTargetOf(stack, one, service))
    .reduce((moved, { properties }) => {
      const [min = 0, max = Infinity] = ['MinCapacity', 'MaxCapacity'].map((name) =>
        wholeNumberIn(propertyOf(properties, name)),
      )
      return Math.max(min, Math.min(max, moved))
    }, written)
}

/** A target refers to its service, or has the name of the service at the end of its ResourceId. */
const isTargetOf = (stack: Stack, target: StackResource, service: StackResource): boolean => {
  const id = propertyOf(target.properties, 'ResourceId')
  return typeof id === 'string'
    ? id.split('/').at(-1) === resourceName(stack, service)
    : namesReferredIn(propertyOf(target.written, 'ResourceId')).includes(service.id)
}

const wholeNumberIn = (value: unknown): number | undefined =>
  (typeof value === 'number' || typeof value === 'string') && /^\d+$/.test(String(value))
    ? Number(value)
    : undefined
