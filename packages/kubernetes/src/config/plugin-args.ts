/** Reads the args of all plugins of a profile from `pluginConfig`, and fills in the defaults. */
import { duplicates } from '@stowage/documents'
import { pathOf } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { defaultArgs, type PluginArgs } from '../plugin/profile.js'
import { readBalanceArgs } from '../args/balance.js'
import { readDynamicResourcesArgs } from '../args/dynamic-resources.js'
import { readFitArgs } from '../args/fit.js'
import { readNodeAffinityArgs } from '../args/node-affinity.js'
import { readPodAffinityArgs } from '../args/pod-affinity.js'
import { readPreemptionArgs } from '../args/preemption.js'
import type { ArgsReader } from '../args/reader.js'
import { readSpreadArgs } from '../args/spread.js'
import { readVolumeBindingArgs } from '../args/volume-binding.js'
import type { PluginConfig } from './words.js'
import {
  wrongsBelow,
  invalid,
  upstreamText,
  wrong,
  type SettingPath,
  type Wrong,
} from '../setting/wrong.js'
import { removedPlugins } from './registry.js'
import { version } from '../setting/version.js'

/**
 * For each field of `PluginArgs`, the name of the plugin and the function that decodes its args.
 */
const readers: {
  readonly [Name in keyof PluginArgs]: readonly [string, ArgsReader<PluginArgs[Name]>]
} = {
  nodeAffinity: ['NodeAffinity', readNodeAffinityArgs],
  fit: ['NodeResourcesFit', readFitArgs],
  balance: ['NodeResourcesBalancedAllocation', readBalanceArgs],
  spread: ['PodTopologySpread', readSpreadArgs],
  podAffinity: ['InterPodAffinity', readPodAffinityArgs],
  volumeBinding: ['VolumeBinding', readVolumeBindingArgs],
  preemption: ['DefaultPreemption', readPreemptionArgs],
  dynamicResources: ['DynamicResources', readDynamicResourcesArgs],
}
const fields = Object.keys(readers) as readonly (keyof PluginArgs)[]

/** The args of all plugins, and the errors in them. */
export interface ReadArgs {
  readonly args: PluginArgs
  readonly wrongs: readonly Wrong[]
}

/**
 * `at` is the path of `configs`. `isEnabled` determines kube-scheduler's message: it creates
 * enabled plugins with their args, and only validates the args of others.
 */
export const readPluginArgs = (
  configs: readonly PluginConfig[],
  isEnabled: (plugin: string) => boolean,
  at: SettingPath,
): ReadArgs => {
  const read = configs.map((config, i) => readOne(config, isEnabled(config.name), [...at, i]))
  const own: { [Name in keyof PluginArgs]?: PluginArgs[Name] } = {}
  for (const one of read) Object.assign(own, one.args)
  return {
    args: { ...defaultArgs, ...own },
    wrongs: [...wrongArgsNames(configs, at), ...read.flatMap(({ wrongs }) => wrongs)],
  }
}

const readOne = (
  { name, args }: PluginConfig,
  isEnabled: boolean,
  at: SettingPath,
): { readonly args: Partial<PluginArgs>; readonly wrongs: readonly Wrong[] } => {
  const field = fields.find((one) => readers[one][0] === name)
  if (field === undefined) return { args: {}, wrongs: [] }
  const read: E.Either<readonly Wrong[], unknown> = readers[field][1](args)
  if (E.isRight(read)) return { args: { [field]: read.right }, wrongs: [] }
  const inside = [...at, 'args']
  // One text for all of them: it has the messages of all, and there may be thousands.
  const whole = upstreamText(read.left)
  const upstream = whole && `initializing plugin "${name}": ${whole}`
  return {
    args: {},
    wrongs: wrongsBelow(inside, read.left).map((one) => ({
      ...one,
      upstream: isEnabled ? upstream : one.upstream && `${pathOf(inside)}.${one.upstream}`,
    })),
  }
}

const wrongArgsNames = (configs: readonly PluginConfig[], at: SettingPath): readonly Wrong[] => {
  const repeated = new Set(duplicates(configs, ({ name }) => name).map(({ index }) => index))
  return configs.flatMap(({ name }, i) => {
    const isRepeated = repeated.has(i)
    const again = `repeated config for plugin ${name}`
    const removed = `was invalid in version "v1" (KubeSchedulerConfiguration is version "${version}")`
    return [
      ...(isRepeated
        ? [wrong([...at, i, 'name'], JSON.stringify(name), 'each plugin once', again)]
        : []),
      ...(removedPlugins.includes(name)
        ? [invalid([...at, i], name, 'a plugin that was not removed', removed)]
        : []),
    ]
  })
}
