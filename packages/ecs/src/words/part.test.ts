/** Tests which objects (such as services) are found in a document, and at which paths. */
import type { IgnoredDocument } from '@stowage/documents'
import { describe, expect, it } from 'vitest'
import { isEcs, partsOf, unknownKind } from './part.js'

const task = { family: 'web', containerDefinitions: [] }
const service = { serviceName: 'web', taskDefinition: 'web' }
const instance = { containerInstanceArn: 'arn:aws:ecs:::container-instance/shop/1' }

/** Each part as `place kind`, and what was ignored. */
const seen = (value: unknown) => {
  const { parts, ignored } = partsOf({ from: 'file', value })
  return [parts.map(({ at, kind }) => [...at, kind].join(' ')), ignored.map(toldAs)]
}

const toldAs = ({ from, kind }: IgnoredDocument): string => (kind === unknownKind ? from : kind)

describe('what is Amazon ECS', () => {
  it.each([
    ['a task definition, however malformed', task],
    ['one that is no list at all', { containerDefinitions: null }],
    ['a service', service],
    ['a service that has lost its name', { taskDefinition: 'web', desiredCount: 1 }],
    ['a task definition whose containers are misspelt', { family: 'web', containerDefinition: [] }],
    ['a container instance', instance],
    ['one that is not registered anywhere yet', { registeredResources: [] }],
    ['what describe-task-definition prints', { taskDefinition: task, tags: [] }],
    ['what describe-services prints', { services: [service], failures: [] }],
    ['a call that says no more than it has to', { cluster: 'shop', taskDefinition: 'web' }],
    ['a list of any of these', [task, { containerInstances: [instance] }]],
  ])('%s', (_, value) => {
    expect(isEcs(value)).toBe(true)
  })

  it.each([
    ['a Kubernetes object', { apiVersion: 'v1', kind: 'Pod', containerDefinitions: [] }],
    ['a Compose file', { services: { web: { image: 'web' } } }],
    ['a service that names no task definition', { serviceName: 'web', taskDefinition: 7 }],
    ['what names a task definition', { taskDefinition: 'web', image: 'web' }],
    ['a wrapper of nothing', { services: [] }],
    ['a wrapper of something else', { taskDefinitions: ['arn:aws:ecs:::task-definition/web:1'] }],
    ['a wrapper in a wrapper', { service: { service } }],
    ['a list in a list', [[task]]],
    ['an inherited field', Object.create(task)],
    ['a text', 'containerDefinitions'],
    ['nothing', null],
  ])('not %s', (_, value) => {
    expect(isEcs(value)).toBe(false)
  })
})

describe('the parts of a document', () => {
  it('have their places', () => {
    expect(seen([task, { services: [service, service] }, { containerInstance: instance }])).toEqual(
      [
        [
          '0 task definition',
          '1 services 0 service',
          '1 services 1 service',
          '2 containerInstance container instance',
        ],
        [],
      ],
    )
  })

  it('are told from the rest, which is ignored by its kind, or by its place', () => {
    const wrapper = {
      services: [service, { name: 'x' }, 7],
      failures: [{ arn: 'y', reason: 'MISSING' }],
      tags: [{ key: 'team' }],
    }
    expect(seen(wrapper)).toEqual([
      ['services 0 service'],
      ['file: services[1]', 'file: services[2]', 'failure (y is MISSING)'],
    ])
    expect(seen([task, { apiVersion: 'v1', kind: 'Pod' }, {}])[1]).toEqual(['Pod', 'file: [2]'])
  })

  it('are ignored as one when there is none', () => {
    expect(seen({ services: [{}, {}] })).toEqual([[], ['file']])
    expect(seen('text')).toEqual([[], ['file']])
  })
})
