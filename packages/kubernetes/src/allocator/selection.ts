/**
 * Evaluates the CEL selectors of device requests, such as `device.driver == "gpu.example.com"`, on
 * devices. Caches each compiled expression and its result for each device.
 */
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { deviceTest, type DeviceTest } from '../cel/selector.js'
import type { CelError } from '../cel/value.js'
import type { DeviceSelector } from '../words/resource-claim.js'
import type { Device, ResourceSlice } from '../words/resource-slice.js'
import { deviceIdOf } from './device-id.js'

/** An error that fails the scheduling of the pod, not only one node. */
export interface AllocationError {
  readonly _tag: 'Error'
  readonly text: string
}

export const allocationError = (text: string): AllocationError => ({ _tag: 'Error', text })

/**
 * Whether a device of a slice matches all selectors. `owner` names the class or the claim of the
 * selectors in errors, such as `class gpu`.
 */
export type Selection = (
  owner: string,
  selectors: readonly DeviceSelector[],
  slice: ResourceSlice,
  device: Device,
) => boolean | AllocationError

/** A selection that remembers its answers. */
export const rememberedSelection = (): Selection => {
  const compiled = new Map<string, CompiledTest>()
  return (owner, selectors, slice, device) => {
    for (const [i, { cel }] of selectors.entries()) {
      const expression = cel?.expression ?? ''
      const test = compiled.get(expression) ?? compile(expression)
      compiled.set(expression, test)
      if (E.isLeft(test))
        return allocationError(`${owner}: selector #${i}: CEL compile error: ${test.left}`)
      const answer = test.right(slice.spec.driver, device)
      if (typeof answer !== 'boolean')
        return allocationError(
          `${owner}: selector #${i} on device ${deviceIdOf(slice, device)}: CEL runtime error: ${helpful(answer)}`,
        )
      if (!answer) return false
    }
    return true
  }
}

type CompiledTest = E.Either<string, DeviceTest>

const compile = (expression: string): CompiledTest =>
  pipe(
    deviceTest(expression),
    E.map((test): DeviceTest => {
      const known = new Map<Device, boolean | CelError>()
      return (driver, device) => {
        const answer = known.get(device) ?? test(driver, device)
        known.set(device, answer)
        return answer
      }
    }),
  )

/** The hint that kube-scheduler adds to a missing attribute. */
const helpful = ({ text }: CelError): string =>
  text.includes('no such key:')
    ? `${text}. consider using CEL optional chaining (.? followed by orValue()) or guarding the check with has() for optional fields`
    : text
