/**
 * Decodes and validates one profile of a scheduler configuration: its plugins, their weights and
 * their args.
 */
import type { Profile } from '../plugin/profile.js'
import { wrongHalves } from './half.js'
import { expand, mergePlugins, weightsOf, type MergedPlugins } from './merge.js'
import { readPluginArgs } from './plugin-args.js'
import { points, type ExtensionPoint } from './registry.js'
import type { ProfileWords } from './words.js'
import { wrongPlugins } from './wrong-plugins.js'
import { invalid, type SettingPath, type Wrong } from '../setting/wrong.js'

/** A profile that was read from a configuration. */
export interface ConfiguredProfile extends Profile {
  /** 0 lets the scheduler choose by the size of the cluster. */
  readonly percentageOfNodesToScore: number
  /** The plugins of every extension point, in the order in which they run. */
  readonly points: ReadonlyMap<ExtensionPoint, readonly string[]>
}

/** A profile and the errors in it. */
export interface ReadProfile {
  readonly profile: ConfiguredProfile
  readonly wrongs: readonly Wrong[]
}

/**
 * `percentage` is the share of nodes to score when the profile sets none; `at` is the profile's
 * path.
 */
export const readProfile = (
  words: ProfileWords,
  schedulerName: string,
  percentage: number,
  at: SettingPath,
): ReadProfile => {
  const inPlugins = [...at, 'plugins']
  const plugins = mergePlugins(words.plugins, inPlugins)
  const enabled = enabledIn(plugins)
  const isEnabled = (name: string): boolean => enabled.has(name)
  const read = readPluginArgs(words.pluginConfig, isEnabled, [...at, 'pluginConfig'])
  const named = points.map(
    (point) => [point, expand(plugins, point).map(({ name }) => name)] as const,
  )
  const namesAt = new Map<ExtensionPoint, readonly string[]>(named)
  const weights = weightsOf(plugins)
  const made = [...read.wrongs, ...wrongPlugins(plugins, schedulerName, inPlugins)]
  return {
    profile: {
      schedulerName,
      preEnqueues: namesAt.get('preEnqueue') ?? [],
      preFilters: namesAt.get('preFilter') ?? [],
      filters: namesAt.get('filter') ?? [],
      postFilters: namesAt.get('postFilter') ?? [],
      scores: (namesAt.get('score') ?? []).map((name) => [name, weights.get(name) ?? 1]),
      args: read.args,
      percentageOfNodesToScore: words.percentageOfNodesToScore ?? percentage,
      points: namesAt,
    },
    wrongs: [
      ...wrongPercentage(words.percentageOfNodesToScore, [...at, 'percentageOfNodesToScore']),
      ...whileMaking(schedulerName, made),
      ...(made.length === 0 ? wrongHalves(plugins, inPlugins) : []),
    ],
  }
}

const enabledIn = (plugins: MergedPlugins): ReadonlySet<string> =>
  new Set(Object.values(plugins).flatMap(({ enabled }) => enabled.map(({ name }) => name)))

/**
 * Adds the prefix of an error that occurs while kube-scheduler creates a profile. A message that
 * starts with a path was found before that.
 */
const whileMaking = (schedulerName: string, wrongs: readonly Wrong[]): readonly Wrong[] => {
  const prefix = `initializing profiles: creating profile for scheduler name ${schedulerName}`
  const texts = new Map<string, string>()
  return wrongs.map((one) => {
    const { upstream } = one
    if (upstream === undefined || upstream.startsWith('profiles[')) return one
    const text = texts.get(upstream) ?? `${prefix}: ${upstream}`
    texts.set(upstream, text)
    return { ...one, upstream: text }
  })
}

/** A percentage may be absent. */
export const wrongPercentage = (
  percentage: number | undefined,
  at: SettingPath,
): readonly Wrong[] =>
  percentage === undefined || (percentage >= 0 && percentage <= 100)
    ? []
    : [invalid(at, percentage, 'a percentage from 0 to 100', 'not in valid range [0-100]')]
