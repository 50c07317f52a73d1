/** NodeResourcesBalancedAllocation: of which resources the shares should be even. */
import type { PluginArgs } from '../plugin/profile.js'
import { duplicate, invalid, type Wrong } from '../setting/wrong.js'
import { reader, type ArgsReader } from './reader.js'
import { WeightedResources, withDefaults, type WeightedResource } from './resources.js'

interface Words {
  readonly resources: readonly WeightedResource[]
}

const wrongIn = (words: Words): readonly Wrong[] => {
  const resources = withDefaults(words.resources)
  const names = resources.map(({ name }) => name)
  return resources.flatMap(({ name, weight }, i) => {
    const at = ['resources', i]
    const again = duplicate([...at, 'name'], name, 'each resource once')
    const heavy = invalid([...at, 'weight'], weight, '1', 'must be 1')
    return [...(names.indexOf(name) < i ? [again] : []), ...(weight === 1 ? [] : [heavy])]
  })
}

type Balance = PluginArgs['balance']
export const readBalanceArgs: ArgsReader<Balance> = reader<Words, Balance>(
  'NodeResourcesBalancedAllocationArgs',
  { resources: WeightedResources },
  wrongIn,
  ({ resources }) => ({ resources: withDefaults(resources).map(({ name }) => name) }),
)
