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
  [
    'the tasks that a state machine starts',
    {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        DefinitionString: {
          'Fn::Join': [
            '',
            [
              '{"States":{"a":{"Type":"Task","Resource":"arn:',
              { Ref: 'AWS::Partition' },
              ':states:::ecs:runTask.sync","Parameters":{"TaskDefinition":"',
              { Ref: 'Task' },
              '"}}}}',
            ],
          ],
        },
      },
    },
  ],
  [
    'the tasks that a state machine starts',
    {
      Type: 'AWS::Serverless::StateMachine',
      Properties: {
        DefinitionUri: 'states.json',
        DefinitionSubstitutions: { Run: 'arn:aws:states:::aws-sdk:ecs:runTask' },
      },
    },
  ],
  [
    'the tasks that a state machine starts, if any: its definition is in a file that is not read',
    {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: { DefinitionS3Location: { Bucket: 'states', Key: 'a.json' } },
    },
  ],
  [
    'the tasks that a schedule starts by a call of RunTask or StartTask',
    {
      Type: 'AWS::Scheduler::Schedule',
      Properties: { Target: { Arn: 'arn:aws:scheduler:::aws-sdk:ecs:runTask', Input: '{}' } },
    },
  ],
  [
    'the tasks that a custom resource starts when its stack is made',
    {
      Type: 'Custom::AWS',
      Properties: {
        Create: {
          'Fn::Join': [
            '',
            ['{"service":"ECS","action":"runTask","parameters":{"c":"', { Ref: 'Task' }],
          ],
        },
      },
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
  [
    'a custom resource that reads tasks',
    { Type: 'Custom::AWS', Properties: { Create: '{"service":"ECS","action":"listTasks"}' } },
  ],
  [
    'a schedule of a function',
    {
      Type: 'AWS::Scheduler::Schedule',
      Properties: { Target: { Arn: 'arn:aws:lambda:eu-west-1:111122223333:function:runTask' } },
    },
  ],
  ['a queue', { Type: 'AWS::SQS::Queue' }],
])('does not warn of %s', (_, resource) => {
  expect(warningsOf(resource)).toEqual([])
})
