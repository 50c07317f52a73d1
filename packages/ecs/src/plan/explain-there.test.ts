/** Tests the explanation of tasks that already exist, on their instances. */
import * as O from 'fp-ts/lib/Option.js'
import { describe, expect, it } from 'vitest'
import { input, instance, service, task } from './plan.fixture.js'
import { explainThere, type TaskNote, type TaskThere } from './explain-there.js'
import { resolveWorkloadNames } from './explain.js'

const arn = (kind: string, id: string): string => `arn:aws:ecs:r:1:${kind}/default/${id}`
const running = (id: string, more: object = {}): object => ({
  taskArn: arn('task', id),
  ...{ taskDefinitionArn: arn('task-definition', 'web:1'), group: 'service:web' },
  ...{ lastStatus: 'RUNNING', desiredStatus: 'RUNNING', launchType: 'EC2' },
  containerInstanceArn: arn('container-instance', 'i-1'),
  ...more,
})
const distinct = { placementConstraints: [{ type: 'distinctInstance' }] }
const web = (count: number) => [task('web'), service('web', { desiredCount: count, ...distinct })]
const options = { instances: [], seed: 0 }
const explained = (id: string, ...values: readonly object[]): TaskThere | TaskNote => {
  const found = explainThere(input(...values), options, arn('task', id))
  if (O.isNone(found)) throw new Error(`there is no task ${id}`)
  return found.value
}

describe('a task that is there', () => {
  it('is where it is, and every instance says what it has against it, itself left out', () => {
    const found = explained(
      'a',
      ...[...web(2), instance('i-1'), instance('i-2'), instance('i-3')],
      ...[running('a'), running('b', { containerInstanceArn: 'i-2' })],
    )
    expect(found).toMatchObject({
      ...{ _tag: 'Explained', title: 'task a of service:web' },
      on: { node: 'i-1', isKnown: true, leaving: false },
      explanation: {
        chosen: 'i-1',
        runnerUp: 'i-3',
        nodes: [
          { name: 'i-1', all: [] },
          {
            name: 'i-2',
            all: [{ reasons: ['DistinctInstance placement constraint unsatisfied.'] }],
          },
          { name: 'i-3', all: [] },
        ],
      },
    })
  })
  it('is of its own definition, whatever its service has now', () => {
    const values = [
      task('web', { revision: 1 }),
      task('web', { revision: 2, containerDefinitions: [{ name: 'main', cpu: 9999, memory: 6 }] }),
      service('web', { taskDefinition: 'web:2' }),
    ]
    expect(explained('a', ...values, instance('i-1'), running('a'))).toMatchObject({
      explanation: { chosen: 'i-1' },
    })
  })
  it('goes to no instance that is not of its provider', () => {
    const capacityProviderName = 'own'
    expect(
      explained(
        'a',
        ...[task('web'), running('a', { capacityProviderName })],
        ...[instance('i-0'), instance('i-1', 'a', { capacityProviderName })],
      ),
    ).toMatchObject({ explanation: { chosen: 'i-1', best: ['i-1'] } })
  })
  it('may be on an instance that nobody described, or be leaving, or wait', () => {
    const away = running('a', { containerInstanceArn: 'gone', desiredStatus: 'STOPPED' })
    expect(explained('a', ...web(1), instance('i-1'), away)).toMatchObject({
      on: { node: 'gone', isKnown: false, leaving: true },
    })
    const waits = running('a', { containerInstanceArn: undefined, lastStatus: 'PROVISIONING' })
    expect(explained('a', ...web(1), instance('i-1'), waits)).not.toHaveProperty('on')
  })
  it.each([
    [
      { lastStatus: 'STOPPED', stoppedReason: 'enough' },
      'task a of service:web has stopped (enough) and takes no room',
    ],
    [
      { launchType: 'FARGATE', capacityProviderName: 'FARGATE_SPOT' },
      'task a of service:web is on Fargate, by FARGATE_SPOT',
    ],
    [
      { taskDefinitionArn: arn('task-definition', 'api:7') },
      'task a of service:web is on i-1; what it needs is not known, as api:7 is not among the documents',
    ],
  ])('is told in a sentence where there is no more to say: %j', (more, text) => {
    expect(explained('a', ...web(1), instance('i-1'), running('a', more))).toEqual({
      ...{ _tag: 'Note', name: arn('task', 'a'), text, placed: true },
    })
  })
  it('is meant by its id or its ARN, after workloads and families', () => {
    const read = input(...web(1), instance('i-1'), running('a'), running('web'))
    const texts = [`task/a`, `task/${arn('task', 'a')}`, arn('task', 'a'), 'task/web', 'a']
    expect(texts.map((text) => resolveWorkloadNames(read, text))).toEqual([
      ...[[arn('task', 'a')], [arn('task', 'a')], [arn('task', 'a')]],
      ...[['web'], []],
    ])
  })
})
