/**
 * Tests whole expressions of the cluster query language: parsed, printed and parsed again, and
 * evaluated on clusters with running tasks.
 */
import {
  batch,
  bind,
  getOrThrow,
  define,
  empty,
  join,
  nodeName,
  nodesWhere,
  type Draft,
} from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { isRight } from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import {
  derived,
  instances,
  printed,
  type Described,
} from '../../../../test/expected/ecs/a4-query-examples.js'
import { versions } from '../../../../test/expected/ecs/a4-query-words.js'
import { anyCluster, anyOptions, anyWritten } from '../../../../test/query/arbitrary.js'
import { holdsTwin, type InstanceFacts } from '../../../../test/query/twin.js'
import { factOfGroup, taskFact } from './group.js'
import { nodeSpecOf } from './instance.js'
import type { Query } from '../query/expression.js'
import { lowerQuery } from './query.js'
import { queryOptions, type QueryOptions } from '../query/options.js'
import { expressionMax, parseQuery } from '../query/parse.js'
import { printQuery } from '../query/print.js'

const read = (text: string, options?: QueryOptions): Query => {
  const query = parseQuery(text, options)
  return isRight(query) ? query.right : expect.fail(`${text}: ${JSON.stringify(query.left)}`)
}

/** An instance with its tasks, each of a class that says its group alone. */
const settle = (draft: Draft, facts: InstanceFacts) => {
  const { tasks, agentVersion, attributes, ...rest } = facts
  const spec = nodeSpecOf(draft, {
    ...rest,
    registeredResources: [],
    versionInfo: { agentVersion },
    attributes: Object.entries(attributes).map(([name, value]) => ({ name, value })),
  })
  const node = getOrThrow(join(draft, spec))
  for (const { group, phase } of tasks) {
    const facts = [taskFact(draft), factOfGroup(draft, group)]
    const chain = { _tag: 'Chain', keys: [], tie: 'rank' } as const
    const task = { facts, occupies: [], filters: [], choice: chain, priority: 0 }
    getOrThrow(bind(draft, getOrThrow(define(draft, task)), node, phase))
  }
}

const groupsOf = (all: readonly InstanceFacts[]) => [
  ...new Set(all.flatMap(({ tasks }) => tasks.map(({ group }) => group))),
]

/** The instances of which the expression holds, by the kernel. */
const selected = (
  query: Query,
  all: readonly InstanceFacts[],
  options: QueryOptions,
): readonly string[] =>
  batch(empty, (draft) => {
    for (const facts of all) settle(draft, facts)
    const expr = lowerQuery(draft, query, groupsOf(all), options)
    return getOrThrow(nodesWhere(draft, expr)).map((node) => nodeName(draft, node))
  })[1]

const selectedTwin: typeof selected = (query, all, options) =>
  all
    .filter((facts) => holdsTwin(query, facts, options))
    .map(({ ec2InstanceId }) => ec2InstanceId)
    .sort()

const holds = (query: Query, facts: InstanceFacts, options: QueryOptions): boolean =>
  selected(query, [facts], options).length > 0

const anyCase = anyOptions.chain((options) =>
  fc.record({ options: fc.constant(options), written: anyWritten(options), all: anyCluster }),
)

const isReadAs = (reading: typeof read) =>
  fc.property(anyCase, ({ options, written: { query, text } }) => {
    expect(reading(text, options)).toEqual(query)
  })

const isStable = (printing: typeof printQuery) =>
  fc.property(anyCase, ({ options, written: { query } }) => {
    const text = printing(query)
    expect(read(text, options)).toEqual(query)
    expect(printing(read(text, options))).toBe(text)
  })

describe('an expression', () => {
  it('is read as it was meant, however it is written', () => {
    fc.assert(isReadAs(read), { numRuns: 1_000 })
  })
  it.each<[string, (text: string) => string]>([
    ['a sign is read as another', (text) => text.replace('<=', '<')],
    ['or comes before and', (text) => text.replace('&&', '||')],
    ['a negation is lost', (text) => text.replace('not', '')],
  ])('is not when %s', (_, change) => {
    expect(isRefuted(isReadAs((text, options) => read(change(text), options)))).toBe(true)
  })

  it('is printed so that it is read as the same, and printed the same again', () => {
    fc.assert(isStable(printQuery), { numRuns: 1_000 })
  })
  it.each<[string, typeof printQuery]>([
    ['without parentheses', (query) => printQuery(query).replaceAll(/\((.*?)\) and/g, '$1 and')],
    ['without quotes', (query) => printQuery(query).replaceAll("'", '')],
  ])('is not when it is printed %s', (_, broken) => {
    expect(isRefuted(isStable(broken))).toBe(true)
  })

  it('binds and more tightly than or', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => `attribute:${name} exists`)
    expect(printQuery(read(`${a} or ${b} and ${c}`))).toBe(`${a} or (${b} and ${c})`)
    expect(printQuery(read(`${a} and ${b} or ${c}`))).toBe(`(${a} and ${b}) or ${c}`)
    expect(printQuery(read(`not ${a} and ${b}`))).toBe(`not (${a}) and ${b}`)
    expect(printQuery(read(`((${a} and ${b}) and ${c})`))).toBe(`${a} and ${b} and ${c}`)
  })
})

const agrees = (selecting: typeof selected) =>
  fc.property(anyCase, ({ options, written: { query }, all }) => {
    expect(selecting(query, all, options)).toEqual(selectedTwin(query, all, options))
  })

const withEach =
  (change: (facts: InstanceFacts) => InstanceFacts): typeof selected =>
  (query, all, options) =>
    selected(query, all.map(change), options)

const withTasks = (change: (tasks: InstanceFacts['tasks']) => InstanceFacts['tasks']) =>
  withEach((facts) => ({ ...facts, tasks: change(facts.tasks) }))

const withOption =
  (change: Partial<QueryOptions>): typeof selected =>
  (query, all, options) =>
    selected(query, all, { ...options, ...change })

describe('asking a cluster', () => {
  it('gives what the slow twin says', () => {
    fc.assert(agrees(selected), { numRuns: 2_000 })
  })

  it.each<[string, typeof selected]>([
    ['anchors are lost', withOption({ anchoring: 'part' })],
    ['an absent attribute passes', withOption({ absent: 'passes' })],
    ['another task is enough to differ', withOption({ groupInequality: 'another task' })],
    ['numbers are versions', withOption({ attributeOrder: 'version' })],
    ['versions are texts', withOption({ agentVersionEquality: 'text' })],
    ['moments are texts', withOption({ registeredAtEquality: 'text' })],
    [
      'tasks that are to stop are counted',
      withTasks((tasks) => tasks.map((task) => ({ ...task, phase: 'running' }))),
    ],
    ['only the first task is counted', withTasks((tasks) => tasks.slice(0, 1))],
    [
      'a group has a task more',
      withTasks((tasks) => [...tasks, ...tasks.filter(({ group }) => group === 'web')]),
    ],
    [
      'what it lacks is empty',
      withEach((facts) => ({ ...facts, attributes: { missing: '', ...facts.attributes } })),
    ],
    [
      'tasks are counted on all instances together',
      (query, all, options) => {
        const tasks = all.flatMap((facts) => facts.tasks)
        return selected(
          query,
          all.map((facts) => ({ ...facts, tasks })),
          options,
        )
      },
    ],
    [
      'only groups of the first instance are known',
      (query, all, options) =>
        batch(empty, (draft) => {
          for (const facts of all) settle(draft, facts)
          const expr = lowerQuery(draft, query, groupsOf(all.slice(0, 1)), options)
          return getOrThrow(nodesWhere(draft, expr)).map((node) => nodeName(draft, node))
        })[1],
    ],
  ])('is refuted when %s', (_, broken) => {
    expect(isRefuted(agrees(broken))).toBe(true)
  })

  it('counts tasks at any depth, and sees what was placed a moment ago', () => {
    const text = 'not (not (task:group == web and (runningTasksCount >= 2 or attribute:a exists)))'
    const facts = (tasks: InstanceFacts['tasks']): InstanceFacts => ({ ...fleet[0]!, tasks })
    const web = { group: 'web', phase: 'assumed' } as const
    expect(holds(read(text), facts([web]), queryOptions)).toBe(false)
    expect(holds(read(text), facts([web, web]), queryOptions)).toBe(true)
  })
})

describe('the deepest expression', () => {
  const simple = 'task:group =~ a and'
  it.each([
    ['parentheses', `(task:group exists or (${simple} `, '))', 42],
    ['negations', `!(${simple} !(task:group exists or `, '))', 25],
  ])('of %s is one that the kernel takes', (_, opening, closing, times) => {
    const text = `${opening.repeat(times)}attribute:a exists${closing.repeat(times)}`
    expect(text.length).toBeLessThanOrEqual(expressionMax)
    expect(holds(read(text), fleet[0]!, queryOptions)).toBe(
      holdsTwin(read(text), fleet[0]!, queryOptions),
    )
  })
})

const fleet = instances.map(
  ({
    ec2InstanceId,
    attributes,
    agentConnected = true,
    agentVersion,
    registeredAt,
    groups = [],
  }: Described): InstanceFacts => ({
    ec2InstanceId,
    attributes,
    agentConnected,
    agentVersion,
    registeredAt,
    tasks: groups.map((group) => ({ group, phase: 'running' })),
  }),
)

describe('the guide', () => {
  it.each(versions)('says that agent %s is %s %s', (one, order, other) => {
    const facts = { ...fleet[0]!, agentVersion: one }
    for (const sign of ['<', '<=', '>', '>='])
      expect(holds(read(`agentVersion ${sign} ${other}`), facts, queryOptions)).toBe(
        sign.startsWith(order),
      )
  })

  it.each([...printed, ...derived])(
    'says that $expression selects $selects',
    ({ expression, selects }) => {
      const query = read(expression)
      const chosen = (ask: (facts: InstanceFacts) => boolean) =>
        fleet.filter(ask).map(({ ec2InstanceId }) => ec2InstanceId)
      expect(chosen((facts) => holds(query, facts, queryOptions))).toEqual(selects)
      expect(chosen((facts) => holdsTwin(query, facts, queryOptions))).toEqual(selects)
    },
  )
})
