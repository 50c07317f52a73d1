/**
 * Fuzzes calls of the Amazon ECS API, several after each other on one cluster. A call is answered
 * or throws an exception of the API, which leaves the state as it was; no instance holds more than
 * it has.
 */
import { callAction, encodeEcs, type EcsState } from '@stowage/ecs'
import { batch, bind, instant, nodeIds, replicasOn } from '@stowage/kernel'
import { isLeft, isRight, right } from 'fp-ts/lib/Either.js'
import type { CheckInput, FuzzKind } from './kind.js'
import { ecsCluster, web } from './ecs-cluster.js'

const calls = [
  ['RegisterTaskDefinition', { ...web, family: 'api' }],
  ['RegisterContainerInstance', { instanceIdentityDocument: '{"instanceId":"i-3"}' }],
  [
    'RunTask',
    {
      ...{ taskDefinition: 'web', count: 2, group: 'g', clientToken: 't', startedBy: 'me' },
      placementConstraints: [{ type: 'memberOf', expression: 'attribute:zone == a' }],
      placementStrategy: [{ type: 'spread', field: 'attribute:ecs.availability-zone' }],
      overrides: { containerOverrides: [{ name: 'c', cpu: 20 }] },
      tags: [{ key: 'a', value: 'b' }],
    },
  ],
  ['StartTask', { taskDefinition: 'web', containerInstances: ['i-1'] }],
  ['StopTask', { task: 'none', reason: 'x' }],
  ['DescribeTasks', { tasks: ['none'] }],
  ['PutAttributes', { attributes: [{ name: 'a', value: 'b', targetId: 'i-1' }] }],
  ['UpdateContainerInstancesState', { containerInstances: ['i-1'], status: 'DRAINING' }],
  ['DescribeContainerInstances', { containerInstances: ['i-1', 'i-2'] }],
  ['DeregisterContainerInstance', { containerInstance: 'i-2', force: true }],
] as const

const overCapacity = (state: EcsState, call: typeof callAction): readonly string[] => {
  const described = call(
    state,
    'DescribeContainerInstances',
    { containerInstances: ['i-1', 'i-2'] },
    state.at,
  )
  if (isLeft(described)) return []
  return described.right[1].containerInstances.flatMap(({ remainingResources = [] }) =>
    remainingResources.flatMap(({ name, integerValue = 0 }) =>
      integerValue < 0 ? [`${name} remains ${integerValue}`] : [],
    ),
  )
}

const checkCalls =
  (call: typeof callAction): CheckInput =>
  (value, random) => {
    let state = ecsCluster()
    let text: string | undefined
    let [isAnswered, isRefused] = [false, false]
    const wrong: string[] = []
    for (const [i, one] of (Array.isArray(value) ? value : [value]).entries()) {
      const [name, request] = Array.isArray(one) ? (one as readonly unknown[]) : [one]
      const known = calls[random(calls.length)]![0]
      const action = calls.find(([each]) => each === name)?.[0] ?? known
      text ??= JSON.stringify(encodeEcs(state))
      const called = call(state, action, request, instant(i + 1))
      if (isRight(called)) {
        isAnswered = true
        state = called.right[0]
        text = undefined
      } else {
        isRefused = true
        if (JSON.stringify(encodeEcs(state)) !== text) wrong.push(`${action} half applied`)
        if (called.left.message === '') wrong.push(`${action} refused without a message`)
      }
    }
    return { isAnswered, isRefused, wrong: [...wrong, ...overCapacity(state, call)] }
  }

/** Changes the state that was passed in. */
const applyHalf: typeof callAction = (state, name, request, at) => {
  const called = callAction(state, name, request, at)
  if (isLeft(called)) {
    const other = callAction(state, 'RunTask', { taskDefinition: 'web' }, at)
    if (isRight(other)) Object.assign(state, other.right[0])
  }
  return called
}

/** Puts each replica on its node for a second time, whatever the node has. */
const bookTwice: typeof callAction = (state, name, request, at) => {
  const called = callAction(state, name, request, at)
  if (name !== 'RunTask' || isLeft(called)) return called
  const [after, given] = called.right
  const [placed] = batch(after.placed, (draft) => {
    for (const node of nodeIds(draft))
      for (const one of replicasOn(draft, node))
        for (let copies = 0; copies < 8; copies++) bind(draft, one.class, node, one.phase)
  })
  return right([{ ...after, placed }, given])
}

/** Takes it that an object has what an object of its kind has. */
const trustFields: typeof callAction = (state, name, request, at) => {
  if (name === 'StopTask') (request as { readonly task: string }).task.startsWith('arn:')
  return callAction(state, name, request, at)
}

/** Calls of the Amazon ECS API. */
export const callKind: FuzzKind = {
  name: 'calls',
  specimens: [calls],
  check: checkCalls(callAction),
  plants: [
    ['a call that is refused changes the state', checkCalls(applyHalf)],
    ['tasks start where there is no room', checkCalls(bookTwice)],
    ['a field of another type throws', checkCalls(trustFields)],
  ],
}
