/**
 * Describes each capacity provider: the number of its instances, and its latest decisions of
 * managed scaling in words. The text of a decision has M (the instances needed), N (the instances
 * running), the groups of equal waiting tasks, and the limits that applied, such as the maximum
 * size of the Auto Scaling group.
 */
import type { StepState } from '@stowage/kernel'
import type { CapacityDecision, WaitingGroup } from '../memory/capacity-memory.js'
import { nothingSuits } from './scale-managed.js'
import { emptyMemory, namesInOwner, type EcsMemory } from '../memory/memory.js'

/** A capacity provider at one moment. */
export interface CapacityDescription {
  readonly name: string
  /** The pool of its instances, which is its Auto Scaling group. */
  readonly pool: string
  /** The instances that joined, without those that are released. */
  readonly size: number
  /** Those that were bought and have not joined. */
  readonly coming: number
  /** The decisions behind the messages, the oldest first. */
  readonly decisions: readonly CapacityDecision[]
  readonly messages: readonly string[]
  readonly messageCount: number
}

/**
 * The providers over Auto Scaling groups and then those of Managed Instances, each in the order in
 * which they were created; the latter have messages without decisions.
 */
export const describeCapacity = (state: StepState): readonly CapacityDescription[] => {
  const { capacity } = (state.memories.get('ecs') as EcsMemory | undefined) ?? emptyMemory
  const sizesOf = (pool: string) => {
    const book = state.books.get(pool)
    return { pool, size: book?.size ?? 0, coming: book?.coming.length ?? 0 }
  }
  return [
    ...[...capacity.providers.values()].map(({ name, group, decisions, decisionCount }) => ({
      ...{ name, ...sizesOf(group), decisions },
      ...{ messages: decisions.map(decisionText), messageCount: decisionCount },
    })),
    ...[...capacity.managed.values()].map(({ name, messages, messageCount }) => ({
      ...{ name, ...sizesOf(name), decisions: [], messages, messageCount },
    })),
  ]
}

/** `M 5, N 3, CapacityProviderReservation 166.7 %: 3 tasks need 2 m5.large; held by max`. */
const decisionText = ({
  needed,
  running,
  reservation,
  groups,
  change,
  leaving,
  holds,
}: CapacityDecision): string => {
  const percent = Math.round(reservation * 10) / 10
  const parts = [
    ...groups.map(groupText),
    change > 0 ? `${countText(change, 'instance is', 'instances are')} bought` : '',
    leaving.length > 0 ? `${leaving.join(', ')} ${leaving.length === 1 ? 'goes' : 'go'}` : '',
    change === 0 && holds.length === 0 ? 'nothing changes' : '',
    holds.length === 0 ? '' : `held by ${holds.join(', ')}`,
  ]
  return `M ${needed}, N ${running}, CapacityProviderReservation ${percent} %: ${parts
    .filter((part) => part !== '')
    .join('; ')}`
}

const groupText = ({ tasks, fit }: WaitingGroup): string => {
  const who = countText(tasks, 'task', 'tasks')
  if (fit === undefined)
    return `${who} ${tasks === 1 ? 'fits' : 'fit'} no instance of the smallest type`
  return `${who} ${tasks === 1 ? 'needs' : 'need'} ${fit.instances} ${fit.instanceType || 'new'}`
}

const countText = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`

/**
 * Why tasks of an owner wait, as far as managed scaling of its providers is the cause; `undefined`
 * when it is none, or when nothing was decided yet.
 */
export const capacityHold = (state: StepState, owner: string): string | undefined => {
  const memory = (state.memories.get('ecs') as EcsMemory | undefined) ?? emptyMemory
  const [name] = namesInOwner(owner)
  const strategy = memory.services.get(name)?.service.capacityProviderStrategy ?? []
  const texts = describeCapacity(state).flatMap((provider): readonly string[] => {
    const last = provider.decisions.at(-1)
    if (!strategy.some((one) => one.capacityProvider === provider.name)) return []
    const [text = ''] = provider.messages.slice(-1)
    if (text.endsWith(nothingSuits)) return [`capacity provider ${provider.name}: ${text}`]
    if (last === undefined) return []
    const isUnfit = last.groups.some(({ fit }) => fit === undefined)
    return last.holds.length === 0 && !isUnfit
      ? []
      : [`capacity provider ${provider.name}: ${decisionText(last)}`]
  })
  return texts.length === 0 ? undefined : texts.join('; ')
}
