/**
 * Makes a warning for each resource of a stack that has Amazon ECS run tasks in a way that is not
 * planned, so that what is missed is named, and not only the type that is ignored.
 *
 * Source: AWS CloudFormation Template Reference, the resource types; Step Functions Developer
 * Guide, service integrations.
 */
import type { EcsWarning } from '../words/warning.js'
import { propertyOf, type Stack, type StackResource } from './stack.js'

/** What a resource would run that no plan has; `undefined` when it runs no tasks. */
const missedBy = ({ type, properties }: StackResource): string | undefined => {
  switch (type) {
    case 'AWS::ECS::ExpressGatewayService':
      return 'the tasks of an Express Mode service, which Amazon ECS runs on Fargate'
    case 'AWS::Batch::JobDefinition':
      return 'the jobs that AWS Batch runs as tasks on compute environments of its own'
    case 'AWS::Pipes::Pipe':
      return propertyOf(propertyOf(properties, 'TargetParameters'), 'EcsTaskParameters') ===
        undefined
        ? undefined
        : 'the tasks that a pipe starts'
    case 'AWS::StepFunctions::StateMachine':
      return runsTasks(properties) ? 'the tasks that a state machine starts' : undefined
    default:
      return undefined
  }
}

/** A definition is a text, or an object, or a text in pieces: each names the integration. */
const runsTasks = (properties: unknown): boolean =>
  ['DefinitionString', 'Definition'].some((name) => {
    const definition = propertyOf(properties, name)
    return definition !== undefined && JSON.stringify(definition).includes(':ecs:runTask')
  })

/** A warning for each such resource. */
export const unplannedWarnings = ({ from, resources }: Stack): readonly EcsWarning[] =>
  [...resources.values()].flatMap((one) => {
    const missed = missedBy(one)
    return missed === undefined
      ? []
      : [
          {
            ...({ code: 'TasksNotPlanned', from, subject: `${from}: ${one.id}` } as const),
            text: `not planned: ${missed}`,
          },
        ]
  })
