/**
 * Validates the plugins of a profile as kube-scheduler does when it creates the profile: unknown or
 * repeated plugins, for example. Errors are reported in kube-scheduler's order. Score weights that
 * are negative or too large for the kernel are errors, too.
 */
import { duplicates } from '@stowage/documents'
import { renderValue } from '@stowage/kernel'
import {
  broughtTo,
  expand,
  weightedPlugins,
  type EnabledPlugin,
  type MergedPlugins,
} from './merge.js'
import { extendsPoint, isPlugin, points, removedPlugins, type ExtensionPoint } from './registry.js'
import { wrong, type SettingPath, type Wrong } from '../setting/wrong.js'

/** `name` is the scheduler name of the profile, `at` the path of its plugins. */
export const wrongPlugins = (
  plugins: MergedPlugins,
  name: string,
  at: SettingPath,
): readonly Wrong[] => [
  ...points.flatMap((point) => wrongPluginNames(plugins[point].enabled, point)),
  ...wrongEverywhere(plugins),
  ...wrongCounts(plugins, name, at),
  ...wrongTotal(plugins, 'score', 'score plugins'),
  ...wrongTotal(plugins, 'placementScore', 'placement score plugins'),
  ...wrongWeights(plugins),
]

const typeOf = (point: ExtensionPoint): string =>
  `${point[0]!.toUpperCase()}${point.slice(1)}Plugin`

const unheardOf = ({ name, at }: EnabledPlugin, point: ExtensionPoint): Wrong => {
  const what = removedPlugins.includes(name) ? 'which was removed in v1' : 'none that is known'
  const text = `${typeOf(point)} "${name}" does not exist`
  return wrong([...at, 'name'], renderValue(name), `a plugin of the scheduler, not ${what}`, text)
}

const repeatedPlugin = ({ name, at }: EnabledPlugin, point: ExtensionPoint): Wrong =>
  wrong(
    [...at, 'name'],
    renderValue(name),
    'each plugin once',
    `plugin "${name}" already registered as "${typeOf(point)}"`,
  )

/** The plugins that are there a second time, or once more. */
const repeatedIn = (all: readonly EnabledPlugin[]): ReadonlySet<EnabledPlugin> =>
  new Set(duplicates(all, ({ name }) => name).map(({ item }) => item))

const wrongPluginNames = (
  enabled: readonly EnabledPlugin[],
  point: ExtensionPoint,
): readonly Wrong[] => {
  const repeated = repeatedIn(enabled)
  return enabled.flatMap((one) => {
    if (!isPlugin(one.name)) return [unheardOf(one, point)]
    if (!extendsPoint(one.name, point)) {
      const text = `plugin "${one.name}" does not extend ${typeOf(point)} plugin`
      return [wrong([...one.at, 'name'], renderValue(one.name), `a plugin for ${point}`, text)]
    }
    return repeated.has(one) ? [repeatedPlugin(one, point)] : []
  })
}

/**
 * Errors in `multiPoint`, each reported once, for the first point that it concerns. A plugin that
 * the point itself names may be repeated here.
 */
const wrongEverywhere = (plugins: MergedPlugins): readonly Wrong[] => {
  const open = points.filter((point) => !plugins[point].disabled.has('*'))
  const unknown = plugins.multiPoint.enabled
    .filter(({ name }) => !isPlugin(name))
    .map((one) => unheardOf(one, open[0] ?? 'preFilter'))
  const repeated = open.flatMap((point) =>
    [...repeatedIn(broughtTo(plugins, point))]
      .filter(({ name }) => !plugins[point].enabled.some((one) => one.name === name))
      .map((one) => [one, repeatedPlugin(one, point)] as const),
  )
  return [...unknown, ...new Map([...repeated].reverse()).values()]
}

const wrongCounts = (plugins: MergedPlugins, name: string, at: SettingPath): readonly Wrong[] => {
  const counted = (
    point: ExtensionPoint,
    least: number,
    most: number,
    expected: string,
    summary: string,
  ) => {
    const found = expand(plugins, point).length
    if (found >= least && found <= most) return []
    const text = `${summary} for profile with scheduler name "${name}"`
    const counting = point === 'queueSort' ? `${text}, but got ${found}` : text
    return [wrong([...at, point], `${found} plugins`, expected, counting)]
  }
  return [
    ...counted('queueSort', 1, 1, 'exactly one', 'only one queue sort plugin required'),
    ...counted('bind', 1, Infinity, 'at least one', 'at least one bind plugin is needed'),
    ...counted(
      'placementGenerate',
      0,
      1,
      'at most one',
      'at most one placement generate plugin is allowed',
    ),
  ]
}

/**
 * kube-scheduler takes a negative sum for an overflow. Weights of 32 bits cannot overflow upwards.
 */
const wrongTotal = (
  plugins: MergedPlugins,
  point: 'score' | 'placementScore',
  summary: string,
): readonly Wrong[] => {
  const all = weightedPlugins(plugins, point)
  let total = 0
  const below = all.slice(0, -1).findIndex(({ weight }) => (total += weight) < 0)
  const culprit = all[below]
  if (culprit === undefined) return []
  const text = `${summary}: total score of Score plugins could overflow`
  return [wrong([...culprit.at, 'weight'], String(culprit.weight), 'a weight from 0', text)]
}

/** The largest weight that the kernel can add up; kube-scheduler accepts any 32 bits. */
const weightMax = 1_000_000
const wrongWeights = (plugins: MergedPlugins): readonly Wrong[] =>
  weightedPlugins(plugins, 'score')
    .filter(({ weight }) => weight < 0 || weight > weightMax)
    .filter(({ name }) => expand(plugins, 'score').some((one) => one.name === name))
    .map(({ weight, at }) =>
      wrong([...at, 'weight'], String(weight), `a weight from 0 to ${weightMax}`),
    )
