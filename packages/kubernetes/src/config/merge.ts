/**
 * A profile's plugins at each point: its own settings over the defaults, and what is enabled at all
 * points over each.
 *
 * Source: Kubernetes documentation, "Scheduler Configuration" (multipoint), and the API reference
 * of kubescheduler.config.k8s.io/v1.
 */
import type { PluginSet, PluginSetting, Plugins } from './plugin-set.js'
import { defaultPlugins, isAskedAt, points, type Point } from './registry.js'
import type { At } from '../setting/wrong.js'

/**
 * A plugin that is enabled, with 0 for a weight that is not said. A default stands nowhere, but
 * where it could be disabled.
 */
export interface Enabled {
  readonly name: string
  readonly weight: number
  readonly at: At
}
/** A point, or `multiPoint`, with the defaults merged in. */
export interface Merged {
  readonly enabled: readonly Enabled[]
  readonly disabled: ReadonlySet<string>
}
export type MergedPlugins = { readonly [Name in keyof Plugins]: Merged }

/** All defaults are in `multiPoint`. */
export const mergePlugins = (plugins: Plugins, at: At): MergedPlugins => {
  const one = (name: keyof Plugins, defaults: readonly Enabled[]) =>
    mergePluginSet(defaults, placed(plugins[name], [...at, name]))
  const defaults = defaultPlugins.map(([name, weight]) => ({
    name,
    weight,
    at: [...at, 'multiPoint'],
  }))
  return {
    multiPoint: one('multiPoint', defaults),
    ...(Object.fromEntries(points.map((point) => [point, one(point, [])])) as {
      readonly [Name in Point]: Merged
    }),
  }
}

const placed = ({ enabled, disabled }: PluginSet, at: At): Merged => ({
  enabled: enabled.map(({ name, weight }: PluginSetting, i) => ({
    name,
    weight: weight ?? 0,
    at: [...at, 'enabled', i],
  })),
  disabled: new Set(disabled.map(({ name }) => name)),
})

/**
 * A default that is enabled again is replaced where it stands, with its weight, even by none; by
 * the last setting of that name. What replaces no default comes after them, and is enabled even if
 * it is also disabled.
 */
export const mergePluginSet = (defaults: readonly Enabled[], own: Merged): Merged => {
  const last = new Map(own.enabled.map((one) => [one.name, one]))
  const kept = own.disabled.has('*')
    ? []
    : defaults
        .filter(({ name }) => !own.disabled.has(name))
        .map((standard) => last.get(standard.name) ?? standard)
  const replacing = new Set(kept)
  return {
    enabled: [...kept, ...own.enabled.filter((one) => !replacing.has(one))],
    disabled: own.disabled,
  }
}

/** What `multiPoint` brings to a point: all that are asked there and not disabled there. */
export const broughtTo = (plugins: MergedPlugins, point: Point): readonly Enabled[] => {
  const { disabled } = plugins[point]
  if (disabled.has('*')) return []
  return plugins.multiPoint.enabled.filter(
    ({ name }) => isAskedAt(name, point) && !disabled.has(name),
  )
}

/**
 * The plugins of a point, in order: those that both the point and `multiPoint` name, as the point
 * has them; those of `multiPoint` alone; those of the point alone.
 */
export const expand = (plugins: MergedPlugins, point: Point): readonly Enabled[] => {
  const { enabled } = plugins[point]
  const brought = broughtTo(plugins, point)
  const isNamed = ({ name }: Enabled): boolean => enabled.some((one) => one.name === name)
  const isBrought = ({ name }: Enabled): boolean => brought.some((one) => one.name === name)
  return [
    ...enabled.filter(isBrought),
    ...brought.filter((one) => !isNamed(one)),
    ...enabled.filter((one) => !isBrought(one)),
  ]
}

/**
 * What is enabled at a point of scores, before what is enabled at all: the first of a name says the
 * weight.
 */
export const weighed = (
  plugins: MergedPlugins,
  point: 'score' | 'placementScore',
): readonly Enabled[] => {
  const all = [...plugins[point].enabled, ...plugins.multiPoint.enabled]
  const first = new Map([...all].reverse().map((one) => [one.name, one]))
  return all
    .filter((one) => first.get(one.name) === one && isAskedAt(one.name, point))
    .map((one) => ({ ...one, weight: one.weight === 0 ? 1 : one.weight }))
}

/** By name: each plugin has one weight, whatever point it was enabled at. */
export const weightsOf = (plugins: MergedPlugins): ReadonlyMap<string, number> =>
  new Map(weighed(plugins, 'score').map(({ name, weight }) => [name, weight]))
