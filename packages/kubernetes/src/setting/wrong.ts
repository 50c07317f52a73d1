/**
 * What is wrong with a setting: where, what was found and what was expected, and, where the
 * scheduler would say something of it that can be foreseen, that text.
 */
import type { DocumentFault } from '@stowage/documents'
import { pathOf, shown, type Malformed } from '@stowage/kernel'

export type SettingPath = readonly (string | number)[]

export interface Wrong extends Malformed {
  readonly upstream: string | undefined
}

/** As it stands in a document. `upstream` is the whole text, as the scheduler ends with it. */
export interface BadSetting extends DocumentFault {
  readonly upstream: string | undefined
}

/** Wrong in our eyes alone, or in words that are not foreseen. */
export const wrong = (
  at: SettingPath,
  found: string,
  expected: string,
  upstream?: string,
): Wrong => ({
  at,
  found,
  expected,
  upstream,
})

export const ofCodec = (malformed: readonly Malformed[]): readonly Wrong[] =>
  malformed.map((one) => ({ ...one, upstream: undefined }))

/** `path` is where the scheduler says that it is, which is not always where it stands. */
export const invalid = (
  at: SettingPath,
  value: unknown,
  expected: string,
  detail: string,
  path: string = pathOf(at),
): Wrong =>
  wrong(at, shown(value), expected, `${path}: Invalid value: ${JSON.stringify(value)}: ${detail}`)

export const required = (
  at: SettingPath,
  value: unknown,
  expected: string,
  detail: string,
): Wrong =>
  wrong(at, shown(value), expected, `${pathOf(at)}: Required value${detail && `: ${detail}`}`)

export const unsupportedValue = (
  at: SettingPath,
  value: string,
  words: readonly string[],
  path: string = pathOf(at),
): Wrong => {
  const supported = words.map((one) => JSON.stringify(one)).join(', ')
  const text = `${path}: Unsupported value: ${JSON.stringify(value)}: supported values: ${supported}`
  return wrong(at, shown(value), `one of ${words.join(', ')}`, text)
}

export const forbidden = (
  at: SettingPath,
  value: unknown,
  expected: string,
  detail: string,
): Wrong => wrong(at, shown(value), expected, `${pathOf(at)}: Forbidden: ${detail}`)

export const duplicate = (at: SettingPath, value: string, expected: string): Wrong =>
  wrong(at, shown(value), expected, `${pathOf(at)}: Duplicate value: ${JSON.stringify(value)}`)

/**
 * Several texts as the one that the scheduler makes of them; none when one of them is not foreseen.
 */
export const upstreamText = (wrongs: readonly Wrong[]): string | undefined => {
  const texts = [...new Set(wrongs.map(({ upstream }) => upstream))]
  if (texts.includes(undefined)) return undefined
  return texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`
}

/** Deeper in a document than it was found. */
export const wrongsBelow = (at: SettingPath, wrongs: readonly Wrong[]): readonly Wrong[] =>
  wrongs.map((one) => ({ ...one, at: [...at, ...one.at] }))
