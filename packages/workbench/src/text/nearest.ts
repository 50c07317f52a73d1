/** Names that look like one that is not known: at most three, the nearest first. */
import { byCodeUnit } from '@stowage/kernel'
import leven from 'leven'

export const nearest = (name: string, known: Iterable<string>): readonly string[] =>
  [...known]
    .map((other) => ({ other, distance: leven(name, other, { maxDistance: name.length }) }))
    .sort((a, b) => a.distance - b.distance || byCodeUnit(a.other, b.other))
    .slice(0, 3)
    .map(({ other }) => other)
