/**
 * Checks that all profiles have equal queueSort settings, because they share one queue. Like
 * kube-scheduler, it compares the settings as written, not their effect.
 */
import { pathOf, renderValue } from '@stowage/kernel'
import type { ProfileWords } from './words.js'
import { invalid, wrong, type SettingPath, type Wrong } from '../setting/wrong.js'

/** Errors in the queueSort settings; `at` is the path of the profiles. */
export const wrongQueueSort = (
  profiles: readonly ProfileWords[],
  at: SettingPath,
): readonly Wrong[] => {
  const [first, ...others] = profiles
  if (first === undefined) return []
  const { enabled } = first.plugins.queueSort
  const inFirst = [...at, 0, 'plugins', 'queueSort']
  const one = 'only one queue sort plugin can be enabled'
  const path = `${pathOf(inFirst)}.Enabled`
  const several = invalid([...inFirst, 'enabled'], enabled.length, 'one plugin', one, path)
  return [
    ...(enabled.length > 1 ? [several] : []),
    ...others.flatMap((profile, i) => [
      ...wrongSet(profile, first, [...at, i + 1, 'plugins', 'queueSort']),
      ...wrongArgs(profile, first, [...at, i + 1]),
    ]),
  ]
}

const wrongSet = (profile: ProfileWords, first: ProfileWords, at: SettingPath): readonly Wrong[] =>
  isSame(profile.plugins.queueSort, first.plugins.queueSort)
    ? []
    : [wrong(at, 'another setting', 'the same as in the first profile')]

/** PrioritySort, the one plugin that sorts, takes no args, so their content has no effect. */
const wrongArgs = (
  profile: ProfileWords,
  first: ProfileWords,
  at: SettingPath,
): readonly Wrong[] => {
  const argsOf = ({ pluginConfig }: ProfileWords): unknown =>
    pluginConfig.find(({ name }) => name === 'PrioritySort')?.args ?? undefined
  if (isSame(argsOf(profile), argsOf(first))) return []
  const name = profile.schedulerName ?? ''
  const text = `initializing profiles: different queue sort plugin args for profile "${name}"`
  const found = renderValue(argsOf(profile))
  return [wrong([...at, 'pluginConfig'], found, 'the same args as in the first profile', text)]
}

const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other)
