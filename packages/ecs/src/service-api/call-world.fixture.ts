/**
 * Exports test helpers that make API calls about services in a simulated cluster, and return the
 * answer or the exception.
 */
import { instant } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { container, task } from '../plan/plan.fixture.js'
import { reported, type Fact, type World } from '../controller/drive.fixture.js'
import { callService, type ServiceActionName, type ServiceActionTypes } from './call-service.js'
import type { ServiceCallOptions } from './service-call.js'

/** A revision of the definition `web`, each with a memory of its own. */
export const webDefinition = (revision: number): Fact =>
  reported(
    `definition web:${revision}`,
    task('web', { containerDefinitions: [container({ cpu: 64, memory: 64 + revision })] }),
  )

/** Makes a call in a world at its next millisecond, and answers it after its events. */
export const callIn = <Name extends ServiceActionName>(
  world: World,
  name: Name,
  request: object,
  options?: Partial<ServiceCallOptions>,
): ServiceActionTypes[Name][1] => {
  const at = instant(world.now() + 1)
  const made = callService(world.state(), name, request, at, options)
  if (E.isLeft(made)) throw new Error(JSON.stringify(made.left))
  const { events, answer } = made.right
  world.tell(
    events.map(({ at: _, ...fact }) => fact),
    at,
  )
  world.run(at)
  return answer(world.state())
}

/** The exception of a call and the field that it names; `undefined` for one that is taken. */
export const refusalIn = (
  world: World,
  name: ServiceActionName,
  request: object,
  options?: Partial<ServiceCallOptions>,
): unknown => {
  const made = callService(world.state(), name, request, instant(world.now() + 1), options)
  if (E.isRight(made)) return undefined
  const [wrong] = made.left.wrong
  return [made.left.exception, wrong!.at.join('.')]
}
