/**
 * Evaluates an expression of the ECS cluster query language on one instance and its tasks, as the
 * AWS guide describes it, with JavaScript's own regular expressions, dates and numbers. This is the
 * slow reference implementation (twin) of the language.
 */
import type { Phase } from '@stowage/kernel'
import type { Query, Subject, Test } from '../../packages/ecs/src/query/expression.js'
import type { QueryOptions } from '../../packages/ecs/src/query/options.js'

export interface InstanceFacts {
  readonly agentConnected: boolean
  readonly agentVersion: string | undefined
  readonly ec2InstanceId: string
  readonly registeredAt: string | undefined
  readonly attributes: Readonly<Record<string, string>>
  readonly tasks: readonly { readonly group: string; readonly phase: Phase }[]
}

export const holdsTwin = (query: Query, facts: InstanceFacts, options: QueryOptions): boolean => {
  switch (query._tag) {
    case 'And':
      return query.of.every((part) => holdsTwin(part, facts, options))
    case 'Or':
      return query.of.some((part) => holdsTwin(part, facts, options))
    case 'Not':
      return !holdsTwin(query.of, facts, options)
    case 'Simple':
      return simple(query.subject, query.test, facts, options)
  }
}

const simple = (
  subject: Subject,
  test: Test,
  facts: InstanceFacts,
  options: QueryOptions,
): boolean => {
  const tasks = facts.tasks.filter(({ phase }) =>
    options.tasksCounted === 'running' ? phase === 'running' : phase !== 'leaving',
  )
  if (subject === 'runningTasksCount') return takes(test, String(tasks.length), 'int64', options)
  if (subject === 'task:group')
    return groups(
      test,
      tasks.map(({ group }) => group),
      options,
    )
  const value = valueOf(subject, facts)
  if (test.operator === 'exists') return value !== undefined
  if (test.operator === '!exists') return value === undefined
  if (value === undefined) {
    const isOpen = test.operator === '!in' || test.operator === '!~'
    return isOpen && options.absent === 'passes'
  }
  return takes(test, value, equality(subject, options), options, order(subject, options))
}

const valueOf = (subject: Subject, facts: InstanceFacts): string | undefined => {
  switch (subject) {
    case 'agentConnected':
      return facts.agentConnected ? 'true' : 'false'
    case 'agentVersion':
    case 'ec2InstanceId':
    case 'registeredAt':
      return facts[subject]
    default:
      return facts.attributes[subject.replace('attribute:', '')]
  }
}

const groups = (test: Test, all: readonly string[], options: QueryOptions): boolean => {
  if (test.operator === 'exists') return all.length > 0
  if (test.operator === '!exists') return all.length === 0
  const isDenied = test.operator.startsWith('!')
  return isDenied && options.groupInequality === 'no task'
    ? all.every((group) => takes(test, group, undefined, options))
    : all.some((group) => takes(test, group, undefined, options))
}

type As = QueryOptions['attributeOrder'] | undefined

const equality = (subject: Subject, options: QueryOptions): As => {
  if (subject === 'agentVersion' && options.agentVersionEquality === 'version') return 'version'
  return subject === 'registeredAt' && options.registeredAtEquality === 'instant'
    ? 'instant'
    : undefined
}

const order = (subject: Subject, options: QueryOptions): As => {
  if (subject === 'agentVersion') return 'version'
  return subject === 'registeredAt' ? 'instant' : options.attributeOrder
}

const takes = (
  test: Test,
  value: string,
  equal: As,
  options: QueryOptions,
  ordered: As = equal ?? options.attributeOrder,
): boolean => {
  switch (test.operator) {
    case '==':
      return equal === undefined ? value === test.value : compare(value, test.value, equal) === 0
    case '!=':
      return equal === undefined ? value !== test.value : compare(value, test.value, equal) !== 0
    case 'in':
      return test.values.includes(value)
    case '!in':
      return !test.values.includes(value)
    case '=~':
      return matches(test.pattern, value, options)
    case '!~':
      return !matches(test.pattern, value, options)
    case '<':
      return compare(value, test.value, ordered) < 0
    case '<=':
      return compare(value, test.value, ordered) <= 0
    case '>':
      return compare(value, test.value, ordered) > 0
    case '>=':
      return compare(value, test.value, ordered) >= 0
    default:
      return test.operator === 'exists'
  }
}

const matches = (pattern: string, value: string, { anchoring }: QueryOptions): boolean =>
  new RegExp(anchoring === 'whole' ? `^(?:${pattern})$` : pattern, 'u').test(value)

/** Neither less, nor equal, nor more, where a text does not read so. */
const compare = (a: string, b: string, as: As): number => {
  if (as === 'version') return compareVersions(a, b)
  const [one, other] = as === 'instant' ? [instant(a), instant(b)] : [number(a), number(b)]
  return one - other
}

const number = (text: string): number => (/^[+-]?\d+$/.test(text) ? Number(text) : NaN)

const instant = (text: string): number =>
  /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text.length === 19 ? `${text}Z` : text) : NaN

const compareVersions = (a: string, b: string): number => {
  if (![a, b].every((text) => /^\d+(\.\d+)*$/.test(text))) return NaN
  const [one, other] = [a, b].map((text) => text.split('.').map(Number)) as [number[], number[]]
  for (let i = 0; i < Math.max(one.length, other.length); i++) {
    const difference = (one[i] ?? 0) - (other[i] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
