/** Tests the grouping of task definitions by family, and their revisions. */
import { describe, expect, it } from 'vitest'
import { complaints, container, input, service, task } from '../plan/plan.fixture.js'
import { workloadNames } from '../plan/explain.js'

const using = (taskDefinition: string) => service('web', { taskDefinition })
/** Distinguishes definitions: what a task of it takes. */
const sized = (memory: number, more: object = {}) =>
  task('web', { containerDefinitions: [container({ memory })], ...more })
/** The memory of what the service was found to mean. */
const memoryOf = (...values: readonly object[]) =>
  input(...values).workloads.find((workload) => workload.service !== undefined)?.definition
    .containerDefinitions[0]?.memory
const arn = 'arn:aws:ecs:eu-west-1:111122223333:task-definition/'

describe('a service means', () => {
  const known = [sized(100, { revision: 7 }), sized(200, { revision: 12 })]

  it.each([
    ['the newest of a family', 'web', 200],
    ['a revision', 'web:7', 100],
    ['a revision by its ARN', `${arn}web:7`, 100],
    ['a family by its ARN', `${arn}web`, 200],
  ])('%s', (_, reference, memory) => {
    expect(memoryOf(...known, using(reference))).toBe(memory)
  })

  it('the only definition there is, whatever revision it names, and that is said', () => {
    const read = input(sized(100), using('web:12'))
    expect(read.workloads.map(({ name }) => name)).toEqual(['web'])
    expect(read.warnings).toEqual([
      {
        code: 'ServiceRevisionAssumed',
        from: 'file 2',
        subject: 'service web',
        text: 'the task definition web has no revision: taken for the one that is named, web:12',
      },
    ])
  })

  it('a family that is called like a field of every object', () => {
    for (const family of ['__proto__', 'constructor', 'toString'])
      expect(
        workloadNames(input(task(family), service('web', { taskDefinition: family }))),
      ).toEqual(['web'])
    expect(complaints(task('web'), using('__proto__'))).toHaveLength(1)
  })

  const missing =
    'a task definition among the documents: add what aws ecs describe-task-definition --task-definition'
  it.each([
    ['wbe', 'a task definition that was given, such as web, cart'],
    [`${arn}wbe:3`, 'a task definition that was given, such as web, cart'],
    ['web:8', 'one of web:7, web:12'],
    ['cart:2', 'cart:1'],
  ])('nothing by %s', (reference, expected) => {
    const name = reference.slice(reference.lastIndexOf('/') + 1)
    expect(complaints(...known, task('cart', { revision: 1 }), using(reference))).toEqual([
      `file 4, taskDefinition: found "${name}", expected ${missing} ${name} prints, or name ${expected}`,
    ])
  })

  it('nothing when nothing was given', () => {
    expect(complaints(using('web'))).toEqual([
      'file 1, taskDefinition: found "web", expected a task definition among the documents: add what aws ecs describe-task-definition --task-definition web prints',
    ])
  })

  it('what is wrong in itself, which is not held against it too', () => {
    expect(complaints(task('web', { cpu: 'lots' }), using('web:3'))).toHaveLength(1)
    expect(complaints({ containerDefinitions: 7 }, using('web'))).toHaveLength(2)
  })
})

describe('task definitions without a revision', () => {
  it('are numbered by their text, in whichever order they come', () => {
    const of = (values: readonly object[]) => [
      input(...values).workloads.map(({ name, definition }) => [
        name,
        definition.containerDefinitions[0]?.memory,
      ]),
      input(...values).warnings.map(({ subject, text }) => `${subject}: ${text}`),
    ]
    const values = [sized(300), sized(100), sized(200)]
    expect(of(values)).toEqual([
      [
        ['web:1', 100],
        ['web:2', 200],
        ['web:3', 300],
      ],
      [
        'family web: 3 task definitions have no revision: taken for web:1 to web:3, in the order of their JSON text',
      ],
    ])
    expect(of([...values].reverse())).toEqual(of(values))
  })

  it('make their family ambiguous', () => {
    expect(complaints(sized(100), sized(200), using('web'))).toEqual([
      'file 3, taskDefinition: found "web", expected a revision too, one of web:1, web:2: which is the newest cannot be told',
    ])
    expect(memoryOf(sized(100), sized(200), using('web:2'))).toBe(200)
  })

  it('come after those that have one', () => {
    const values = [sized(100), sized(200, { revision: 7 }), using('web')]
    expect(memoryOf(...values)).toBe(100)
    expect(input(...values).workloads.map(({ name }) => name)).toEqual(['web'])
    expect(input(...values).warnings.map(({ text }) => text)).toEqual([
      'a task definition has no revision: taken for web:8, the one after the highest known',
    ])
  })
})

describe('a family of two regions or accounts', () => {
  const arnIn = (region: string, account: string, name = 'web:1') =>
    `arn:aws:ecs:${region}:${account}:task-definition/${name}`
  const inPlace = (region: string, account: string, memory: number) =>
    sized(memory, { revision: 1, taskDefinitionArn: arnIn(region, account) })
  const [here, there] = [inPlace('eu', '1', 100), inPlace('us', '1', 200)]
  const other = inPlace('eu', '2', 300)
  const clusterIn = (region: string) => `arn:aws:ecs:${region}:1:cluster/prod`

  it('is a family in each, which an ARN names', () => {
    expect(memoryOf(here, there, using(arnIn('eu', '1')))).toBe(100)
    expect(memoryOf(here, there, using(arnIn('us', '1', 'web')))).toBe(200)
    expect(memoryOf(here, other, using(arnIn('eu', '2')))).toBe(300)
    expect(memoryOf(here, there, other, using(arnIn('eu', '1')))).toBe(100)
  })

  it('is meant by its name in a cluster that its ARN names', () => {
    const named = (region: string) => ({ ...using('web:1'), cluster: clusterIn(region) })
    expect(memoryOf(here, there, named('eu'))).toBe(100)
    expect(memoryOf(here, there, named('us'))).toBe(200)
    const call = { taskDefinition: 'web', count: 1, cluster: clusterIn('us') }
    expect(
      input(here, there, call).workloads.map(({ definition }) => definition.containerDefinitions),
    ).toMatchObject([[{ memory: 100 }], [{ memory: 200 }]])
  })

  it('is told apart by name where no service has it', () => {
    expect(input(here, there).workloads.map(({ name }) => name)).toEqual(['eu/web', 'us/web'])
    expect(input(here, other).workloads.map(({ name }) => name)).toEqual(['1/eu/web', '2/eu/web'])
  })

  it('is not meant by its name alone, nor by an ARN of elsewhere', () => {
    expect(complaints(here, there, using('web'))).toEqual([
      'file 3, taskDefinition: found "web", expected a task definition among the documents: add what aws ecs describe-task-definition --task-definition web prints, or name its ARN, as several have the family: eu/web, us/web',
    ])
    expect(complaints(here, using(arnIn('eu', '9')))).toEqual([
      'file 2, taskDefinition: found "arn:aws:ecs:eu:9:task-definition/web:1", expected a task definition among the documents: add what aws ecs describe-task-definition --task-definition web:1 prints, or name web of account 1 in eu, the one that is there',
    ])
  })

  it('has each revision once in each', () => {
    expect(complaints(here, there, inPlace('us', '1', 50))).toEqual([
      'file 3, revision: found 1, expected a revision of its own: web:1 is also in file 2',
    ])
  })

  it('is one where a definition does not say whose it is', () => {
    expect(memoryOf(sized(50, { revision: 1 }), using(arnIn('us', '1')))).toBe(50)
    expect(memoryOf(sized(50, { revision: 2 }), here, using(arnIn('eu', '1', 'web')))).toBe(50)
  })
})
