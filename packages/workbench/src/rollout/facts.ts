/**
 * Computes the events that report a change of documents to controllers. Compares the events of the
 * documents before and after the change: returns each new or different event, and an event of
 * departure for each node or object that is gone.
 */
import { byCodeUnit } from '@stowage/kernel'
import type { FactGroup } from '../platform/orchestrator.js'

type FactEntry = FactGroup[number]

/** What a fact is about, so that a later one replaces it. */
export const subjectOf = ({ fact }: FactEntry): string => {
  switch (fact._tag) {
    case 'NodeJoined':
      return `node ${fact.name}`
    case 'Reported':
      return `${fact.controller} ${fact.about}`
    default:
      return fact._tag
  }
}

/** The facts by which the second groups differ from the first, group by group. */
export const changedFacts = (
  before: readonly FactGroup[],
  after: readonly FactGroup[],
): readonly FactGroup[] => {
  const known = new Map(before.flat().map((entry) => [subjectOf(entry), entry]))
  const left = new Set(after.flat().map(subjectOf))
  const gone = [...known].filter(([subject]) => !left.has(subject))
  return [
    ...after.map((group) =>
      group.flatMap((entry) => factChanges(known.get(subjectOf(entry)), entry)),
    ),
    gone.sort(([a], [b]) => byCodeUnit(a, b)).flatMap(([, entry]) => departure(entry)),
  ].filter((group) => group.length > 0)
}

const factChanges = (before: FactEntry | undefined, entry: FactEntry): readonly FactEntry[] => {
  if (before === undefined) return [entry]
  if (JSON.stringify(before.fact) === JSON.stringify(entry.fact)) return []
  const { fact, from } = entry
  return fact._tag === 'NodeJoined'
    ? [{ from, fact: { _tag: 'NodeChanged', name: fact.name, node: fact.node } }]
    : [entry]
}

/** A definition of a task stays known; a node leaves; any other object is deleted. */
const departure = ({ fact, from }: FactEntry): readonly FactEntry[] => {
  if (fact._tag === 'NodeJoined') return [{ from, fact: { _tag: 'NodeLeft', name: fact.name } }]
  if (fact._tag !== 'Reported' || fact.about.startsWith('definition ')) return []
  return [{ from, fact: { ...fact, report: null } }]
}
