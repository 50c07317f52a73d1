/**
 * Reads the args of the scheduler plugin NodeResourcesBalancedAllocation: the resources whose
 * utilization the plugin balances on a node, by default cpu and memory.
 */
import { duplicates } from '@stowage/documents'
import type { PluginArgs } from '../plugin/profile.js'
import { duplicate, invalid, type Wrong } from '../setting/wrong.js'
import { reader, type ArgsReader } from './reader.js'
import { WeightedResources, withDefaultWeights, type WeightedResource } from './resources.js'

interface BalanceWords {
  readonly resources: readonly WeightedResource[]
}

const wrongBalance = (words: BalanceWords): readonly Wrong[] => {
  const resources = withDefaultWeights(words.resources)
  const repeats = new Set(duplicates(resources, ({ name }) => name).map(({ index }) => index))
  return resources.flatMap(({ name, weight }, i) => {
    const at = ['resources', i]
    const again = duplicate([...at, 'name'], name, 'each resource once')
    const heavy = invalid([...at, 'weight'], weight, '1', 'must be 1')
    return [...(repeats.has(i) ? [again] : []), ...(weight === 1 ? [] : [heavy])]
  })
}

type Balance = PluginArgs['balance']
export const readBalanceArgs: ArgsReader<Balance> = reader<BalanceWords, Balance>(
  'NodeResourcesBalancedAllocationArgs',
  { resources: WeightedResources },
  wrongBalance,
  ({ resources }) => ({ resources: withDefaultWeights(resources).map(({ name }) => name) }),
)
