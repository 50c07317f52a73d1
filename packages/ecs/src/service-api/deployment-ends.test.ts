/**
 * Tests the final status and finish time of deployments, as ListServiceDeployments prints them,
 * against answers worked out by hand from AWS's documents.
 */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { instance } from '../plan/plan.fixture.js'
import { joined, openWorld } from '../controller/drive.fixture.js'
import { ecsController } from '../controller/ecs-controller.js'
import { callIn, webDefinition } from './call-world.fixture.js'

interface EndRow {
  readonly name: string
  /** Seconds, and what is called then: an update to the next revision, or how it is stopped. */
  readonly calls: readonly (readonly [number, 'update' | 'ABORT' | 'ROLLBACK'])[]
  readonly until?: number
  readonly ends: readonly (readonly [status: string, finishedAt: number | null])[]
}
const rows = JSON.parse(
  readFileSync(new URL('../../../../test/golden/ecs-services/ends.json', import.meta.url), 'utf8'),
) as readonly EndRow[]

it.each(rows)('$name', ({ calls, until = 1000, ends }) => {
  const world = openWorld(ecsController())
  world.tell([webDefinition(1), webDefinition(2), webDefinition(3)])
  world.tell(['i-1', 'i-2'].map((name) => joined(name, instance(name)))).run(999)
  callIn(world, 'CreateService', { serviceName: 'web', taskDefinition: 'web:1', desiredCount: 1 })
  const listed = () =>
    callIn(world, 'ListServiceDeployments', { service: 'web' }).serviceDeployments
  let revision = 1
  for (const [seconds, kind] of calls) {
    world.run(seconds * 1000 - 2)
    const [newest] = listed()
    if (kind === 'update')
      callIn(world, 'UpdateService', { service: 'web', taskDefinition: `web:${++revision}` })
    else
      callIn(world, 'StopServiceDeployment', {
        ...{ serviceDeploymentArn: newest!.serviceDeploymentArn, stopType: kind },
      })
  }
  world.run(until * 1000)
  const found = listed().map(({ status, finishedAt }) => [
    status,
    finishedAt === undefined ? null : Date.parse(finishedAt) / 1000,
  ])
  expect(found).toEqual(ends)
})
