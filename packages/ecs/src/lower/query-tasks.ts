/**
 * Translates the two tests of the cluster query language that read tasks, `runningTasksCount` and
 * `task:group`, to expressions of the kernel. The kernel cannot compare names of groups, so this
 * file finds the groups whose names match, and the kernel counts their tasks.
 */
import { accepts, compareAs, type Draft, type Expr, type Match } from '@stowage/kernel'
import { factOfGroup, taskFact, toRun } from './group.js'
import type { ComparisonOp, Test } from '../query/expression.js'
import { negate } from './negation.js'
import type { QueryOptions } from '../query/options.js'
import { programOf } from './program.js'

/** Compares the number of tasks on an instance. */
export const runningTasksCount = (draft: Draft, test: Test, options: QueryOptions): Expr => {
  const than = 'value' in test ? Number(test.value) : 0
  const counts = (op: ComparisonOp): Expr => countExpr(isTask(draft), op, than, options)
  const equals: Expr = { _tag: 'All', of: [counts('>='), counts('<=')] }
  switch (test.operator) {
    case '<':
    case '<=':
    case '>':
    case '>=':
      return counts(test.operator)
    case '!=':
      return negate(equals)
    default:
      return equals
  }
}

/** A second name per group; an expression may match either. */
export type GroupNames = ReadonlyMap<string, string>

/**
 * Tests for tasks of the matching groups. `groups` are all existing groups; the expression may name
 * others.
 */
export const taskGroup = (
  draft: Draft,
  test: Test,
  groups: readonly string[],
  options: QueryOptions,
  groupNames: GroupNames,
): Expr => {
  const hosts = (match: Match): Expr => countExpr(match, '>=', 1, options)
  const hostsOneOf = (names: readonly string[]): Expr =>
    hosts({ _tag: 'Some', of: names.map((group) => hasGroup(draft, group)) })
  const known = [...new Set([...groups, ...groupsInTest(test)])]
  const passes = groupTest(test, options)
  const matches = (group: string): boolean => {
    const also = groupNames.get(group)
    return passes(group) || (also !== undefined && passes(also))
  }
  switch (test.operator) {
    case 'exists':
      return hosts(isTask(draft))
    case '!exists':
      return negate(hosts(isTask(draft)))
    case '!=':
    case '!in':
    case '!~':
      return options.groupInequality === 'no task'
        ? negate(hostsOneOf(known.filter(matches)))
        : hostsOneOf(known.filter((group) => !matches(group)))
    default:
      return hostsOneOf(known.filter(matches))
  }
}

const isTask = (draft: Draft): Match => ({ _tag: 'Fact', word: taskFact(draft) })

const hasGroup = (draft: Draft, group: string): Match => ({
  _tag: 'Fact',
  word: factOfGroup(draft, group),
})

const countExpr = (
  match: Match,
  op: ComparisonOp,
  than: number,
  { tasksCounted }: QueryOptions,
): Expr => {
  const phase: Match = tasksCounted === 'desired' ? toRun : { _tag: 'Phase', phase: 'running' }
  const facts: Match = { _tag: 'Every', of: [match, phase] }
  return { _tag: 'Count', tally: { facts, domain: 'node', absent: 'own' }, op, than }
}

const groupsInTest = (test: Test): readonly string[] => {
  if ('values' in test) return test.values
  return 'value' in test ? [test.value] : []
}

/**
 * Whether an operator selects a group by its name. A negative operator selects as its positive
 * form; the caller negates.
 */
const groupTest = (test: Test, options: QueryOptions): ((group: string) => boolean) => {
  switch (test.operator) {
    case 'exists':
    case '!exists':
      return () => true
    case '==':
    case '!=':
      return (group) => group === test.value
    case 'in':
    case '!in':
      return (group) => test.values.includes(group)
    case '=~':
    case '!~':
      return (group) => accepts(programOf(test.piece, options), group)
    default: {
      const compare = compareAs(options.attributeOrder)
      return (group) => {
        const compared = compare(group, test.value)
        return compared !== undefined && stands(compared, test.operator)
      }
    }
  }
}

const stands = (compared: number, order: ComparisonOp): boolean => {
  switch (order) {
    case '<':
      return compared < 0
    case '<=':
      return compared <= 0
    case '>':
      return compared > 0
    case '>=':
      return compared >= 0
  }
}
