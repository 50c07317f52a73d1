/**
 * Builds the errors that report wrong settings in a scheduler configuration. An error has the path,
 * what was found and what was expected, and the message of kube-scheduler where it can be
 * predicted.
 */
import type { DocumentFault } from '@stowage/documents'
import { pathOf, renderValue, type MalformedValue } from '@stowage/kernel'

/** The path of a setting in its document. */
export type SettingPath = readonly (string | number)[]

/** An error; `upstream` is kube-scheduler's message, `undefined` when it cannot be predicted. */
export interface Wrong extends MalformedValue {
  readonly upstream: string | undefined
}

/**
 * An error with the document that contains it; `upstream` is the full message of kube-scheduler.
 */
export interface BadSetting extends DocumentFault {
  readonly upstream: string | undefined
}

/** An error; without `upstream` only we refuse the setting, or the message cannot be predicted. */
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

/** Errors of a codec, for which no message of kube-scheduler is predicted. */
export const ofCodec = (malformed: readonly MalformedValue[]): readonly Wrong[] =>
  malformed.map((one) => ({ ...one, upstream: undefined }))

/**
 * `path` is where kube-scheduler reports the error, which is not always its path in the document.
 */
export const invalid = (
  at: SettingPath,
  value: unknown,
  expected: string,
  detail: string,
  path: string = pathOf(at),
): Wrong =>
  wrong(
    at,
    renderValue(value),
    expected,
    `${path}: Invalid value: ${JSON.stringify(value)}: ${detail}`,
  )

/** A setting that must not be absent or empty. */
export const requiredSetting = (
  at: SettingPath,
  value: unknown,
  expected: string,
  detail: string,
): Wrong =>
  wrong(at, renderValue(value), expected, `${pathOf(at)}: Required value${detail && `: ${detail}`}`)

/** A value that is not one of the words. */
export const unsupportedValue = (
  at: SettingPath,
  value: string,
  words: readonly string[],
  path: string = pathOf(at),
): Wrong => {
  const supported = words.map((one) => JSON.stringify(one)).join(', ')
  const text = `${path}: Unsupported value: ${JSON.stringify(value)}: supported values: ${supported}`
  return wrong(at, renderValue(value), `one of ${words.join(', ')}`, text)
}

/** A setting that must be absent here. */
export const forbiddenSetting = (
  at: SettingPath,
  value: unknown,
  expected: string,
  detail: string,
): Wrong => wrong(at, renderValue(value), expected, `${pathOf(at)}: Forbidden: ${detail}`)

/** A value that occurred before. */
export const duplicate = (at: SettingPath, value: string, expected: string): Wrong =>
  wrong(
    at,
    renderValue(value),
    expected,
    `${pathOf(at)}: Duplicate value: ${JSON.stringify(value)}`,
  )

/**
 * The one message in which kube-scheduler combines several; `undefined` when one cannot be
 * predicted.
 */
export const upstreamText = (wrongs: readonly Wrong[]): string | undefined => {
  const texts = [...new Set(wrongs.map(({ upstream }) => upstream))]
  if (texts.includes(undefined)) return undefined
  return texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`
}

/** The errors with `at` put before their paths. */
export const wrongsBelow = (at: SettingPath, wrongs: readonly Wrong[]): readonly Wrong[] =>
  wrongs.map((one) => ({ ...one, at: [...at, ...one.at] }))
