/**
 * Parses and compares semantic versions. Build metadata is checked, but ignored when versions are
 * compared.
 *
 * Source: "Semantic Versioning 2.0.0", sections 2, 9, 10 and 11.
 */

/** A version; an identifier of a pre-release is a number when it has digits only. */
export interface Semver {
  readonly numbers: readonly [major: bigint, minor: bigint, patch: bigint]
  readonly preRelease: readonly (string | bigint)[]
}

const semverShape =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?$/

/** Each number of a version fits 64 bits. */
const numberMax = (1n << 64n) - 1n

/** The version of a text; `undefined` for a text that is no version. */
export const parseSemver = (text: string): Semver | undefined => {
  const [, major, minor, patch, preRelease, build] = semverShape.exec(text) ?? []
  if (major === undefined || minor === undefined || patch === undefined) return undefined
  const numbers = [BigInt(major), BigInt(minor), BigInt(patch)] as const
  const identifiers = preRelease?.split('.') ?? []
  const isValid =
    numbers.every((one) => one <= numberMax) &&
    identifiers.every((one) => one !== '' && !/^0\d+$/.test(one)) &&
    (build?.split('.') ?? []).every((one) => one !== '')
  return isValid ? { numbers, preRelease: identifiers.map(identifierOf) } : undefined
}

const identifierOf = (text: string): string | bigint => (/^\d+$/.test(text) ? BigInt(text) : text)

/** Negative, 0 or positive. A pre-release comes before its release. */
export const semverOrder = (one: Semver, other: Semver): number => {
  for (const [i, number] of one.numbers.entries()) {
    const order = compare(number, other.numbers[i]!)
    if (order !== 0) return order
  }
  const [left, right] = [one.preRelease, other.preRelease]
  if (left.length === 0 || right.length === 0) return right.length - left.length
  for (const [i, identifier] of left.entries()) {
    const against = right[i]
    const order = against === undefined ? 1 : identifierOrder(identifier, against)
    if (order !== 0) return order
  }
  return left.length - right.length
}

/** Numbers come before texts. */
const identifierOrder = (one: string | bigint, other: string | bigint): number =>
  typeof one === typeof other ? compare(one, other) : typeof one === 'bigint' ? -1 : 1

const compare = <Value extends string | bigint>(one: Value, other: Value): number =>
  one < other ? -1 : one > other ? 1 : 0
