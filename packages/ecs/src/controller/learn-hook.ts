/**
 * Handles the answer of a lifecycle hook: `{"hookStatus": "SUCCEEDED"}` from a Lambda function, or
 * `{"action": "CONTINUE"}` for a pause, as in ContinueServiceDeployment. If no deployment waits for
 * the answer, a message is added to the service, and nothing else happens.
 */
import { closedRecord, decodeValue, oneOf, optional, type Codec } from '@stowage/documents'
import type { Instant, MalformedValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { completeComplaint } from '../words/complaint.js'
import { isAwaited } from './lifecycle.js'
import { withEvent, withService, type EcsMemory, type HookCall } from '../memory/memory.js'

interface HookAnswer {
  readonly hookStatus?: 'SUCCEEDED' | 'FAILED' | 'IN_PROGRESS' | undefined
  readonly action?: 'CONTINUE' | 'ROLLBACK' | undefined
}
const HookAnswer: Codec<HookAnswer> = closedRecord<HookAnswer>('the answer of a lifecycle hook', {
  hookStatus: optional(oneOf(['SUCCEEDED', 'FAILED', 'IN_PROGRESS'] as const)),
  action: optional(oneOf(['CONTINUE', 'ROLLBACK'] as const)),
})

/** The memory after the answer of a hook. */
export const learnHook = (
  memory: EcsMemory,
  hookId: string,
  report: unknown,
  now: Instant,
): E.Either<MalformedValue, EcsMemory> => {
  const decoded = decodeValue(HookAnswer, report)
  if (E.isLeft(decoded)) return E.left(decoded.left[0]!)
  const { hookStatus, action } = decoded.right
  const record = memory.services.get(hookId.slice(0, Math.max(0, hookId.indexOf('/'))))
  if (record === undefined)
    return E.left({
      ...{ at: [], found: `hook ${hookId}` },
      expected: 'about "hook ID", with the id of a hook that a deployment asked for',
    })
  const [primary, ...older] = record.deployments
  const hooks = primary.lifecycle?.hooks ?? []
  const hook = hooks.find((one) => one.hookId === hookId)
  if (hook === undefined || !isAwaited(hook)) {
    const message = `was answered by lifecycle hook ${hookId}, for which no deployment waits.`
    return E.right(withService(memory, withEvent(record, now, message)))
  }
  const isPause = hook.targetType === 'PAUSE'
  if ((isPause ? action : hookStatus) === undefined)
    return E.left(
      completeComplaint(report, {
        at: [isPause ? 'action' : 'hookStatus'],
        expected: isPause ? 'CONTINUE or ROLLBACK' : 'SUCCEEDED, FAILED or IN_PROGRESS',
      }),
    )
  const isGood = action === 'CONTINUE' || hookStatus === 'SUCCEEDED'
  const status: HookCall['status'] =
    hookStatus === 'IN_PROGRESS' ? 'IN_PROGRESS' : isGood ? 'SUCCEEDED' : 'FAILED'
  const answered = hooks.map((one) => (one === hook ? { ...hook, status } : one))
  const lifecycle = { ...primary.lifecycle!, hooks: answered }
  return E.right(
    withService(memory, { ...record, deployments: [{ ...primary, lifecycle }, ...older] }),
  )
}
