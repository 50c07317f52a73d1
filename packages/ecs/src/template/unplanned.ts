/**
 * Creates a warning for each part of a CloudFormation stack that a plan does not contain:
 * - resources that start tasks in a way that is not planned, such as a state machine;
 * - loops (`Fn::ForEach`) that are not expanded;
 * - Auto Scaling groups, with the number and the type of the instances that each would start.
 *
 * Source: AWS CloudFormation Template Reference, the resource types; Step Functions Developer
 * Guide, service integrations.
 */
import type { EcsWarning } from '../words/warning.js'
import type { Scope } from './intrinsic.js'
import { propertyOf, referredTo, type Stack, type StackResource } from './stack.js'
import { isUnresolved, unresolvedText } from './unresolved.js'

/** What a resource would run that no plan has; `undefined` when it runs no tasks. */
const missedBy = ({ type, properties, written }: StackResource): string | undefined => {
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
    case 'AWS::Serverless::StateMachine':
      return missedByStates(written)
    case 'AWS::Scheduler::Schedule':
      return startsTasks(propertyOf(propertyOf(written, 'Target'), 'Arn'))
        ? 'the tasks that a schedule starts by a call of RunTask or StartTask'
        : undefined
    default:
      return startsTasksOnce(type, written)
        ? 'the tasks that a custom resource starts when its stack is made'
        : undefined
  }
}

/**
 * The properties are taken as they are written: the text of a definition is mostly made of pieces,
 * some of which are known when the stack is made.
 */
const missedByStates = (written: unknown): string | undefined => {
  const definitions = ['DefinitionString', 'Definition', 'DefinitionSubstitutions']
  if (definitions.some((name) => startsTasks(propertyOf(written, name))))
    return 'the tasks that a state machine starts'
  const isElsewhere = ['DefinitionS3Location', 'DefinitionUri'].some(
    (name) => propertyOf(written, name) !== undefined,
  )
  return isElsewhere
    ? 'the tasks that a state machine starts, if any: its definition is in a file that is not read'
    : undefined
}

/** True for a text or an object with the integration of a call that starts tasks. */
const startsTasks = (written: unknown): boolean =>
  written !== undefined && /:ecs:(?:runTask|startTask)\b/i.test(JSON.stringify(written))

/** A custom resource of the AWS CDK makes a call of the API, which is a text or an object. */
const startsTasksOnce = (type: string, written: unknown): boolean =>
  /^(?:Custom::|AWS::CloudFormation::CustomResource$)/.test(type) &&
  ['Create', 'Update', 'Delete'].some((name) => {
    const call = JSON.stringify(propertyOf(written, name) ?? '')
    return /\becs\b/i.test(call) && /\b(?:run|start)Task(?:Command)?\b/i.test(call)
  })

/**
 * A warning for each loop that is not expanded, and for each parameter of which a nested stack has
 * another value than the one that its loops were expanded by.
 */
export const loopWarnings = ({ template, parameters }: Scope): readonly EcsWarning[] => {
  const { from } = template
  const code = 'TasksNotPlanned' as const
  return [
    ...[...template.loops].map(([name, loop]) => {
      const types = new Set(JSON.stringify(loop).match(/AWS::[A-Za-z0-9]+::[A-Za-z0-9]+/g))
      return {
        ...{ code, from, subject: `${from}: ${name}` },
        text: 'not planned: the resources of a loop, of which it is not known what it goes over',
        detail: [...types].join(', '),
      } as const
    }),
    ...[...template.looped]
      .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(parameters.get(name)))
      .map(([name]) => ({
        ...{ code, from, subject: `${from}: ${name}` },
        text: 'not planned: what loops make of the value that a parent passes; they are expanded by the default',
      })),
  ]
}

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

/** The resource types that describe an Auto Scaling group. */
export const ofGroups: readonly string[] = [
  'AWS::AutoScaling::AutoScalingGroup',
  'AWS::AutoScaling::LaunchConfiguration',
  'AWS::EC2::LaunchTemplate',
]

/**
 * One warning per Auto Scaling group, with its count and its instance type. These instances are not
 * added to the cluster, as only the user data of an instance says which cluster it joins.
 */
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
