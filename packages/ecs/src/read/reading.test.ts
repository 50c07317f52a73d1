/**
 * Tests that faults of documents name the exception that the API throws for them, where the API
 * would see the fault.
 */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { documents, instance, service, task } from '../plan/plan.fixture.js'
import {
  container,
  service as serviceIn,
  taskDefinition,
  template,
} from '../template/template.fixture.js'
import { readEcs } from './input.js'

const exceptions = (...values: readonly unknown[]): readonly (string | undefined)[] => {
  const read = readEcs(documents(values))
  return E.isLeft(read) ? read.left.map(({ exception }) => exception) : []
}

describe('what the API refuses', () => {
  it.each([
    [
      'a task definition',
      [
        task('web', {
          memory: '600',
          cpu: '300',
          networkMode: 'awsvpc',
          requiresCompatibilities: ['FARGATE'],
        }),
      ],
      'ClientException',
    ],
    ['a field of another type', [task('web', { cpu: true })], 'InvalidParameterException'],
    ['a service', [task('web'), service('web', { launchType: 'X' })], 'InvalidParameterException'],
    ['a call', [task('web'), { taskDefinition: 'web', count: 11 }], 'InvalidParameterException'],
  ])('has the name of its exception: %s', (_, values, exception) => {
    expect(exceptions(...values)).toEqual([exception])
  })
  it.each([
    ['what was printed', [instance('i-1', 'a', { registeredResources: [] })]],
    ['what only a cluster would find', [task('web'), service('web'), service('web')]],
    ['a service of a definition that is missing', [service('web')]],
    ['a call of a definition that is missing', [{ taskDefinition: 'web', count: 1 }]],
    ['a field that a call does not have', [task('web'), { taskDefinition: 'web', count: 1, x: 1 }]],
  ])('but not %s', (_, values) => {
    for (const exception of exceptions(...values)) expect(exception).toBeUndefined()
    expect(exceptions(...values).length).toBeGreaterThan(0)
  })
})

describe('what is wrong with a template', () => {
  const image = { Ref: 'Image' }
  const sections = { Parameters: { Image: { Type: 'String' }, Count: { Type: 'Number' } } }
  it('is what the API would refuse, whatever else is open', () => {
    const ContainerDefinitions = [container({ Image: image, Essential: false })]
    const value = template({ Task: taskDefinition({ ContainerDefinitions }) }, sections)
    expect(exceptions(value)).toEqual(['ClientException'])
  })
  it('is nothing that the API has seen, where it is open', () => {
    const value = template({ Web: serviceIn({ DesiredCount: { Ref: 'Count' } }) }, sections)
    expect(exceptions(value)).toEqual([undefined])
  })
})
