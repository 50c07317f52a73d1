/**
 * Parses a quantifier of a regular expression, such as `*` or `{2,3}`, and applies the quantifier
 * to a piece of the automaton (a compiled part of the expression).
 */
import { pattern, patternMax, type Piece } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { unlike, type TextRead } from './fault.js'

/** How often a piece may repeat. */
export interface Times {
  readonly min: number
  /** Absent when there is no upper bound. */
  readonly max?: number
}

const signs: Readonly<Record<string, Times>> = {
  '*': { min: 0 },
  '+': { min: 1 },
  '?': { min: 0, max: 1 },
}

const countedQuantifier = /^\{(\d{1,9})(?:(,)(\d{1,9})?)?\}/

/**
 * The quantifier at a position; `undefined` when there is none. A reluctant one matches the same
 * texts and differs only in captures.
 */
export const times = (text: string, at: number): TextRead<Times | undefined> => {
  const sign = signs[text[at] ?? '']
  if (sign !== undefined) return unpossessive(text, at, at + 1, sign)
  if (text[at] !== '{') return E.right([undefined, at])
  const [found, low, comma, high] = countedQuantifier.exec(text.slice(at)) ?? []
  const min = Number(low)
  const max = high === undefined ? min : Number(high)
  if (found === undefined || max < min)
    return unlike(text, at, 1, 'a repetition such as {2}, {2,} or {2,3}')
  const isOpen = comma !== undefined && high === undefined
  return unpossessive(text, at, at + found.length, isOpen ? { min } : { min, max })
}

const unpossessive = (text: string, at: number, next: number, read: Times): TextRead<Times> => {
  if (text[next] === '+')
    return unlike(
      text,
      at,
      next + 1 - at,
      'no possessive repetition: an automaton gives nothing back',
    )
  return E.right([read, text[next] === '?' ? next + 1 : next])
}

/** The repeated piece; `undefined` when it would exceed the longest program. */
export const withRepeat = (piece: Piece, { min, max }: Times): Piece | undefined => {
  const copies = max ?? Math.max(min, 1)
  if (copies * (piece.length + 5) > patternMax) return undefined
  const must = Array.from({ length: min }, () => piece)
  if (max === undefined)
    return min === 0 ? pattern.many(piece) : [...must.slice(1).flat(), ...pattern.some(piece)]
  const may = Array.from({ length: max - min }).reduce<Piece>(
    (rest) => pattern.either([...piece, ...rest], []),
    [],
  )
  return [...must.flat(), ...may]
}
