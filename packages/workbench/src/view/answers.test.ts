/** Tests every question and its views from texts alone, without files or processes. */
import { getOrThrow } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import * as workbench from '../index.js'

const pod = (name: string, memory: string): string => `
apiVersion: v1
kind: Pod
metadata: { name: ${name} }
spec: { containers: [{ name: main, resources: { requests: { memory: ${memory} } } }] }
`
const tasks = JSON.stringify([
  { family: 'web', containerDefinitions: [{ name: 'main', cpu: 256, memory: 512 }] },
  { serviceName: 'web', taskDefinition: 'web', desiredCount: 2 },
])
const inputOf = (nodes: readonly string[], ...texts: readonly string[]) => ({
  documents: { from: 'here', texts: texts.map((text, i) => ({ file: `${i}.yaml`, text })) },
  machines: getOrThrow(workbench.readMachines({ nodes })),
  ...{ zones: ['a'], trunking: false, parameters: [], seed: 1, fargate: {} },
})
const questionOf = (nodes: readonly string[], ...texts: readonly string[]) =>
  getOrThrow(workbench.readQuestion(inputOf(nodes, ...texts)))
const onMachines = { fargate: false }

const platformsIn = (json: object): unknown => {
  const { plans } = json as { readonly plans: readonly { readonly vocabulary: string }[] }
  return plans.map(({ vocabulary }) => vocabulary)
}

describe('a plan', () => {
  const mixed = questionOf(['m5.large'], pod('web', '1Gi'), tasks)

  it('has a section and a JSON object for each platform', () => {
    const plans = getOrThrow(workbench.planWorkloads(mixed, onMachines))
    expect(plans.isPlaced).toBe(true)
    expect(workbench.planSections(plans).map(([first]) => first)).toEqual([
      { _tag: 'Lines', lines: ['Kubernetes on 1 node: 1 pod placed'] },
      { _tag: 'Lines', lines: ['Amazon ECS on 1 container instance: all 2 tasks placed'] },
    ])
    expect(platformsIn(workbench.plansJson(plans))).toEqual(['kubernetes', 'ecs'])
  })
  it('is incomplete when a replica has no place', () => {
    const plans = workbench.planWorkloads(questionOf(['m5.large'], pod('web', '9Gi')), onMachines)
    expect(getOrThrow(plans).isPlaced).toBe(false)
  })
  it('is a fault for each platform without machines', () => {
    const plans = workbench.planWorkloads(questionOf([], pod('web', '1Gi'), tasks), onMachines)
    expect(plans).toMatchObject(E.left([{ from: 'Kubernetes' }, { from: 'Amazon ECS' }]))
  })
  it('has tables whose rows are as wide as their heads', () => {
    const plans = workbench.planWorkloads(mixed, { fargate: true })
    const tables = workbench
      .planSections(getOrThrow(plans))
      .flat()
      .flatMap((block) => (block._tag === 'Table' ? [block] : []))
    expect(tables.length).toBeGreaterThan(2)
    for (const { head, rows } of tables)
      expect(rows.map(({ length }) => length)).toEqual(rows.map(() => head.length))
  })
})

/** What an explanation of the only workload says of one more machine, and its text. */
const moreOf = (nodes: readonly string[], ...texts: readonly string[]) => {
  const question = questionOf(nodes, ...texts)
  const [name = ''] = question.parts[0]!.planner.near('')
  const answer = getOrThrow(workbench.explainWorkload(question, name, onMachines))
  const text = workbench
    .answerSections(answer)
    .flatMap((section) => section.flatMap((block) => (block._tag === 'Lines' ? block.lines : [])))
  return { more: answer.explanations[0]!.more, text: text.join('\n') }
}

describe('an explanation', () => {
  it('says in its units what an instance has left', () => {
    const strategy = (field: string) => ({ type: 'binpack', field })
    const [definition, service] = JSON.parse(tasks) as readonly object[]
    const packed = { ...service, placementStrategy: [strategy('cpu'), strategy('memory')] }
    const question = questionOf(['m5.large'], JSON.stringify([definition, packed]))
    const web = getOrThrow(workbench.explainWorkload(question, 'web', onMachines))
    const [section = []] = workbench.answerSections(web)
    expect(
      section.flatMap((block) => (block._tag === 'Table' ? [block.head, ...block.rows] : [])),
    ).toEqual([
      ['CONTAINER INSTANCE', 'binpack(cpu)', 'binpack(memory)', 'VERDICT'],
      ['m5.large-1', '1792 CPU', '7065Mi', { text: 'chosen', tone: 'good' }],
    ])
  })

  const question = questionOf(['m5.large'], pod('web', '9Gi'), tasks)

  it('is given for each platform that knows the name', () => {
    const web = getOrThrow(workbench.explainWorkload(question, 'web', onMachines))
    expect(web.isPlaced).toBe(false)
    expect(workbench.answerSections(web).map(([first]) => first)).toEqual([
      { _tag: 'Lines', lines: ['Kubernetes: pod 1 of default/web finds no place'] },
      { _tag: 'Lines', lines: ['Amazon ECS: task 1 of web goes to m5.large-1'] },
    ])
  })
  it('says of which machines one more would help, and how far', () => {
    const spec = {
      tolerations: [{ key: 'team', operator: 'Exists' }],
      containers: [{ name: 'main', resources: { requests: { memory: '6Gi' } } }],
    }
    const labels = { app: 'cache' }
    const cache = {
      ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'cache' } },
      spec: {
        ...{ replicas: 4, selector: { matchLabels: labels } },
        template: { metadata: { labels }, spec },
      },
    }
    const nodes = ['t3.small=2,m5.large=1,team=a:NoSchedule,disk=ssd,r5.large=1@b']
    const { more, text } = moreOf(nodes, JSON.stringify(cache))
    expect(more).toEqual([
      { machine: 'm5.large,disk=ssd,team=a:NoSchedule', placed: 1, unplaced: 1 },
      { machine: 'r5.large@b', placed: 1, unplaced: 1 },
    ])
    expect(text).toContain('- on one more r5.large@b')
    const [part] = nodes
    const six = moreOf([part!], JSON.stringify({ ...cache, spec: { ...cache.spec, replicas: 6 } }))
    expect(six.more?.map(({ placed, unplaced }) => [placed, unplaced])).toEqual([
      [1, 3],
      [2, 3],
    ])
    expect(six.text).toContain('- on one more r5.large@b: 2 of the 3 pods without a place')
  })
  it('knows what machines there are from the documents, at most three kinds', () => {
    const nodeOf = (type: string, i: number): string =>
      JSON.stringify({
        ...{ apiVersion: 'v1', kind: 'Node' },
        metadata: { name: `${type}-${i}`, labels: { 'node.kubernetes.io/instance-type': type } },
        status: { allocatable: { cpu: '1', memory: '1Gi', pods: '1' } },
      })
    const nodes = ['m5.2xlarge', 'm5.large', 'm5.large', 'm5.xlarge', 'm5.4xlarge', 'own.type']
    const { more } = moreOf([], pod('web', '9Gi'), ...nodes.map(nodeOf))
    expect(more?.map(({ machine }) => machine)).toEqual(['m5.2xlarge', 'm5.4xlarge'])
  })
  it('says nothing of machines that would not help, nor of what has a place', () => {
    expect(moreOf(['m5.large'], pod('web', '9Gi')).more).toEqual([])
    expect(moreOf(['m5.large'], pod('web', '1Gi')).more).toBeUndefined()
  })
  it('suggests names for one that is not there', () => {
    const webb = workbench.explainWorkload(question, 'webb', onMachines)
    expect(webb).toMatchObject(E.left([{ from: 'explain', found: '"webb"' }]))
  })
})

describe('a comparison', () => {
  it('has three worlds, and a price in each', () => {
    const text = 'currency: USD\ninstances: { m5.large: 0.1 }'
    const prices = workbench.readPrices({ from: 'prices', texts: [{ file: 'prices', text }] })
    const question = questionOf(['m5.large'], tasks)
    const comparisons = getOrThrow(workbench.compareWorlds(question, getOrThrow(prices)))
    expect(comparisons.isPlaced).toBe(true)
    expect(workbench.answerJson(comparisons)).toMatchObject({
      comparisons: [
        { worlds: { ec2: { bill: { perHour: 0.1 } }, mixed: { instances: { used: 1 } } } },
      ],
    })
  })
  it('is a fault for Kubernetes', () => {
    const worlds = workbench.compareWorlds(questionOf(['m5.large'], pod('web', '1Gi')))
    expect(worlds).toMatchObject(E.left([{ found: 'workloads of Kubernetes' }]))
  })
})

describe('a query', () => {
  it('selects instances of the fleet', () => {
    const input = inputOf(['m5.large=2,c5.large'])
    const expression = 'attribute:ecs.instance-type =~ m5.*'
    const instances = getOrThrow(workbench.queryInstances(input, expression))
    expect(workbench.answerJson(instances)).toMatchObject({
      containerInstances: [{ ec2InstanceId: 'm5.large-1' }, { ec2InstanceId: 'm5.large-2' }],
    })
  })
  it('shows a fault of the expression under its place', () => {
    const wrong = workbench.queryInstances(inputOf(['m5.large']), 'nothing ~')
    expect(wrong).toMatchObject(E.left([{ exception: 'InvalidParameterException' }]))
  })
})

describe('bad input', () => {
  it('is found in the stage that it is in, all of it', () => {
    const bad = workbench.readQuestion(inputOf(['m5.large'], 'a: [', '{"a": 1, "a": 2}'))
    expect(bad).toMatchObject(E.left([{ from: '0.yaml, line 1' }, { from: '1.yaml, line 1' }]))
    expect(workbench.readMachines({ nodes: ['m5.large=0', 'none'] })).toMatchObject(
      E.left([{ from: '--nodes' }, { from: '--nodes' }]),
    )
  })
})
