/**
 * Tests the warnings about resources whose tasks a plan does not contain, such as a state machine
 * that runs tasks.
 */
import { expect, it } from 'vitest'
import { input, taskDefinition } from './template.fixture.js'

const warningsOf = (resource: object): readonly string[] =>
  input({ Resources: { Task: taskDefinition(), Other: resource } })
    .warnings.filter(({ code }) => code === 'TasksNotPlanned')
    .map(({ subject, text }) => `${subject}: ${text}`)

const states = (Resource: string) => JSON.stringify({ States: { a: { Type: 'Task', Resource } } })
const task = 'arn:aws:states:::ecs:runTask.sync'

it.each<[string, object]>([
  [
    'the tasks of an Express Mode service, which Amazon ECS runs on Fargate',
    { Type: 'AWS::ECS::ExpressGatewayService', Properties: {} },
  ],
  [
    'the jobs that AWS Batch runs as tasks on compute environments of its own',
    { Type: 'AWS::Batch::JobDefinition', Properties: { Type: 'container' } },
  ],
  [
    'the tasks that a pipe starts',
    { Type: 'AWS::Pipes::Pipe', Properties: { TargetParameters: { EcsTaskParameters: {} } } },
  ],
  [
    'the tasks that a state machine starts',
    { Type: 'AWS::StepFunctions::StateMachine', Properties: { DefinitionString: states(task) } },
  ],
  [
    'the tasks that a state machine starts',
    {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: { Definition: { States: { a: { Resource: task } } } },
    },
  ],
])('warns of %s', (missed, resource) => {
  expect(warningsOf(resource)).toEqual([`a/web.yaml: Other: not planned: ${missed}`])
})

it.each<[string, object]>([
  ['a pipe to a queue', { Type: 'AWS::Pipes::Pipe', Properties: { TargetParameters: {} } }],
  [
    'a state machine without tasks of Amazon ECS',
    {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: { DefinitionString: states('arn:aws:states:::lambda:invoke') },
    },
  ],
  ['a queue', { Type: 'AWS::SQS::Queue' }],
])('does not warn of %s', (_, resource) => {
  expect(warningsOf(resource)).toEqual([])
})
