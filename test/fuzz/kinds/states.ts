/**
 * Fuzzes encoded states of ECS clusters and of Kubernetes schedulers. Damage is refused with its
 * path, or the data is the one encoding of another sound state.
 */
import { isDeepStrictEqual } from 'node:util'
import { callAction, decodeEcs, encodeEcs } from '@stowage/ecs'
import { getOrThrow, instant } from '@stowage/kernel'
import { decodeScheduler, encodeScheduler, openScheduler, runReady } from '@stowage/kubernetes'
import { isLeft, isRight, orElse } from 'fp-ts/lib/Either.js'
import { listsAgree, loadsAddUp } from '@stowage/testing'
import { ecsCluster } from './ecs-cluster.js'
import { answer, refusal, type CheckInput, type FuzzKind } from './kind.js'
import { schedulerObjects } from './scheduler-objects.js'

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown

/** Only what a state encodes to is one. */
const undetectedDamage = (encoded: unknown, value: unknown): readonly string[] =>
  isDeepStrictEqual(plain(encoded), plain(value)) ? [] : ['damage was taken for a state']

/** Whether every part of a value is in another one, whatever leaves are. */
const isWithin = (value: unknown, other: unknown): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (typeof other === 'object' &&
    other !== null &&
    Object.entries(value).every(
      ([key, part]) =>
        part === null ||
        (Object.hasOwn(other, key) &&
          isWithin(part, (other as Readonly<Record<string, unknown>>)[key])),
    ))

const ecsState = () => {
  const started = callAction(
    ecsCluster(),
    'RunTask',
    { taskDefinition: 'web', count: 2, clientToken: 't' },
    instant(1),
  )
  return plain(encodeEcs(getOrThrow(started)[0]))
}

const checkEcsState =
  (decode: typeof decodeEcs): CheckInput =>
  (value) => {
    const read = decode(value)
    if (isLeft(read)) return refusal(read.left)
    const { placed } = read.right
    // A time may be written in two ways, and what has a default may be missing.
    const encoded = plain(encodeEcs(read.right))
    const again = decodeEcs(encoded)
    return answer([
      ...(isWithin(plain(value), encoded) ? [] : ['a part was dropped in silence']),
      ...(isRight(again)
        ? undetectedDamage(encodeEcs(again.right), encoded)
        : ['the state is none']),
      ...listsAgree(placed),
      ...loadsAddUp(placed),
    ])
  }

/** States of ECS clusters. */
export const ecsStateKind: FuzzKind = {
  name: 'states of ECS clusters',
  specimens: [ecsState()],
  check: checkEcsState(decodeEcs),
  plants: [
    [
      'what cannot be read is replaced',
      checkEcsState((value) => orElse(() => decodeEcs(ecsState()))(decodeEcs(value))),
    ],
    [
      'a fault has no words',
      checkEcsState((value) =>
        orElse(() => decodeEcs({}))(decodeEcs(value))._tag === 'Left'
          ? ({ _tag: 'Left', left: [{ at: [], found: '', expected: '' }] } as const)
          : decodeEcs(value),
      ),
    ],
  ],
}

/** As it is posted to a worker: its cluster is bytes. */
const schedulerState = (): unknown => {
  const opened = openScheduler(schedulerObjects(), instant(0))
  return encodeScheduler(getOrThrow(runReady(opened, instant(1)))[0])
}

const checkSchedulerState =
  (decode: typeof decodeScheduler): CheckInput =>
  (value) => {
    const read = decode(value)
    if (isLeft(read)) return refusal(read.left)
    const wrong = undetectedDamage(encodeScheduler(read.right), value)
    const next = runReady(read.right, instant(10 ** 12))
    return answer([...wrong, ...(isRight(next) ? [] : ['the state cannot go on'])])
  }

/** States of Kubernetes schedulers. */
export const schedulerStateKind: FuzzKind = {
  name: 'states of schedulers',
  specimens: [schedulerState()],
  check: checkSchedulerState(decodeScheduler),
  plants: [
    [
      'what cannot be read is replaced',
      checkSchedulerState((value) =>
        orElse(() => decodeScheduler(schedulerState()))(decodeScheduler(value)),
      ),
    ],
  ],
}
