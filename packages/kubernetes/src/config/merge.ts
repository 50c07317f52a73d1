/**
 * Merges a profile's plugin settings with the defaults, and expands `multiPoint`, which enables
 * plugins at all of their extension points.
 *
 * Source: Kubernetes documentation, "Scheduler Configuration" (multipoint), and the API reference
 * of kubescheduler.config.k8s.io/v1.
 */
import type { PluginSet, PluginSetting, Plugins } from './plugin-set.js'
import { defaultPlugins, extendsPoint, points, type ExtensionPoint } from './registry.js'
import type { SettingPath } from '../setting/wrong.js'

/**
 * An enabled plugin; weight 0 means that none was set. A default plugin is in no document, so its
 * path is where it could be disabled.
 */
export interface EnabledPlugin {
  readonly name: string
  readonly weight: number
  readonly at: SettingPath
}
/** The settings of an extension point, or of `multiPoint`, merged with the defaults. */
export interface MergedPluginSet {
  readonly enabled: readonly EnabledPlugin[]
  readonly disabled: ReadonlySet<string>
}
/** The merged settings of all extension points and of `multiPoint`. */
export type MergedPlugins = { readonly [Name in keyof Plugins]: MergedPluginSet }

/** The defaults are all in `multiPoint`. */
export const mergePlugins = (plugins: Plugins, at: SettingPath): MergedPlugins => {
  const one = (name: keyof Plugins, defaults: readonly EnabledPlugin[]) =>
    mergePluginSet(defaults, mergedFrom(plugins[name], [...at, name]))
  const defaults = defaultPlugins.map(([name, weight]) => ({
    name,
    weight,
    at: [...at, 'multiPoint'],
  }))
  return {
    multiPoint: one('multiPoint', defaults),
    ...(Object.fromEntries(points.map((point) => [point, one(point, [])])) as {
      readonly [Name in ExtensionPoint]: MergedPluginSet
    }),
  }
}

const mergedFrom = ({ enabled, disabled }: PluginSet, at: SettingPath): MergedPluginSet => ({
  enabled: enabled.map(({ name, weight }: PluginSetting, i) => ({
    name,
    weight: weight ?? 0,
    at: [...at, 'enabled', i],
  })),
  disabled: new Set(disabled.map(({ name }) => name)),
})

/**
 * A default that is enabled again keeps its position and takes the weight of its last setting, even
 * an unset one. A setting that replaces no default comes after the defaults, and is enabled even if
 * it is also disabled.
 */
const mergePluginSet = (
  defaults: readonly EnabledPlugin[],
  own: MergedPluginSet,
): MergedPluginSet => {
  const last = new Map(own.enabled.map((one) => [one.name, one]))
  const standards = own.disabled.has('*')
    ? []
    : defaults
        .filter(({ name }) => !own.disabled.has(name))
        .map((standard) => last.get(standard.name) ?? standard)
  const replacing = new Set(standards)
  return {
    enabled: [...standards, ...own.enabled.filter((one) => !replacing.has(one))],
    disabled: own.disabled,
  }
}

/**
 * The plugins that `multiPoint` adds to a point: they extend the point and are not disabled there.
 */
export const broughtTo = (
  plugins: MergedPlugins,
  point: ExtensionPoint,
): readonly EnabledPlugin[] => {
  const { disabled } = plugins[point]
  if (disabled.has('*')) return []
  return plugins.multiPoint.enabled.filter(
    ({ name }) => extendsPoint(name, point) && !disabled.has(name),
  )
}

/**
 * The plugins of a point, in order: those that both the point and `multiPoint` name, with the
 * settings of the point; those of `multiPoint` alone; those of the point alone.
 */
export const expand = (plugins: MergedPlugins, point: ExtensionPoint): readonly EnabledPlugin[] => {
  const { enabled } = plugins[point]
  const brought = broughtTo(plugins, point)
  const isNamed = ({ name }: EnabledPlugin): boolean => enabled.some((one) => one.name === name)
  const isBrought = ({ name }: EnabledPlugin): boolean => brought.some((one) => one.name === name)
  return [
    ...enabled.filter(isBrought),
    ...brought.filter((one) => !isNamed(one)),
    ...enabled.filter((one) => !isBrought(one)),
  ]
}

/**
 * The scoring plugins with their weights. The first setting of a name determines its weight; the
 * settings of the point come before those of `multiPoint`.
 */
export const weightedPlugins = (
  plugins: MergedPlugins,
  point: 'score' | 'placementScore',
): readonly EnabledPlugin[] => {
  const all = [...plugins[point].enabled, ...plugins.multiPoint.enabled]
  const first = new Map([...all].reverse().map((one) => [one.name, one]))
  return all
    .filter((one) => first.get(one.name) === one && extendsPoint(one.name, point))
    .map((one) => ({ ...one, weight: one.weight === 0 ? 1 : one.weight }))
}

/** Weights by plugin name: a plugin has one weight, whatever point it was enabled at. */
export const weightsOf = (plugins: MergedPlugins): ReadonlyMap<string, number> =>
  new Map(weightedPlugins(plugins, 'score').map(({ name, weight }) => [name, weight]))
