/**
 * Tests how many instances groups of waiting tasks need, against answers worked out by hand from
 * AWS's documents.
 */
import { readFileSync } from 'node:fs'
import { batch, define, empty, getOrThrow } from '@stowage/kernel'
import { expect, it } from 'vitest'
import { placementOptions } from '../lower/options.js'
import { nodeSpecOf } from '../lower/instance.js'
import { classOf } from '../lower/task.js'
import { waitingGroups } from './instance-needs.js'

const rows = JSON.parse(
  readFileSync(
    new URL('../../../../test/golden/ecs-services/instance-needs.json', import.meta.url),
    'utf8',
  ),
) as readonly {
  readonly name: string
  readonly types: readonly {
    readonly name: string
    readonly cpu: number
    readonly memory: number
  }[]
  readonly tasks: readonly {
    readonly count: number
    readonly cpu: number
    readonly memory: number
    readonly distinct?: boolean
    readonly port?: number
    readonly awsvpc?: boolean
  }[]
  readonly needs: readonly (number | null)[]
}[]

it.each(rows)('$name', ({ types, tasks, needs }) => {
  const [, answer] = batch(empty, (draft) => {
    const offered = types.map(({ name, cpu, memory }) => ({
      ...{ instanceType: name, zone: '' },
      capacity: nodeSpecOf(draft, {
        registeredResources: [
          { name: 'CPU', integerValue: cpu },
          { name: 'MEMORY', integerValue: memory },
        ],
        attributes: [{ name: 'ecs.instance-type', value: name }],
      }).capacity,
    }))
    const waiting = tasks.map(({ count, cpu, memory, distinct, port, awsvpc }, i) => {
      const spec = classOf(
        draft,
        {
          ...{ name: `s-${i}`, subject: `service s-${i}`, from: '' },
          definition: {
            family: 'f',
            networkMode: awsvpc === true ? 'awsvpc' : 'bridge',
            containerDefinitions: [
              {
                ...{ name: 'main', image: 'i', cpu, memory },
                portMappings: port === undefined ? [] : [{ containerPort: 1, hostPort: port }],
              },
            ],
          },
          service: {
            ...{ serviceName: `s-${i}`, taskDefinition: 'f' },
            placementConstraints: distinct === true ? [{ type: 'distinctInstance' }] : [],
          },
        } as unknown as Parameters<typeof classOf>[1],
        { scores: [], groups: [`service:s-${i}`] },
        { ...placementOptions, seed: 0 },
      )
      return { class: getOrThrow(define(draft, spec)), count }
    })
    return waitingGroups(draft, waiting, offered).map(({ fit }) => fit?.instances ?? null)
  })
  expect(answer).toEqual(needs)
})
