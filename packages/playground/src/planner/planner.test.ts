/** Tests the planner of the page: its answers, and that a newer plan replaces an older one. */
import { describe, expect, it } from 'vitest'
import { emptyInput, type PlanInput } from '../share/input.js'
import { crowd } from '../state/examples.js'
import type { PlannerReply } from './message.js'
import { pagePlanner } from './planner.js'

const small = crowd({ nodes: 2, workloads: 2, replicas: 3 })
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

const session = () => {
  const replies: PlannerReply[] = []
  const planner = pagePlanner((reply) => void replies.push(reply), turn)
  let id = 0
  const answers = (): readonly PlannerReply[] => replies.filter(({ _tag }) => _tag !== 'Stage')
  return {
    plan: (input: PlanInput, isChange = false) =>
      planner.answer({ _tag: 'Plan', id: ++id, input, isChange }),
    explain: (name: string) => planner.answer({ _tag: 'Explain', id: ++id, name, fargate: false }),
    tables: () => planner.answer({ _tag: 'Tables', id: ++id }),
    answers,
    last: () => answers().at(-1),
  }
}

describe('the planner', () => {
  it('draws a plan, explains it, and gives its tables', async () => {
    const { plan, explain, tables, last } = session()
    await plan(small)
    expect(last()).toMatchObject({
      ...{ _tag: 'Planned', id: 1, moves: [] },
      pictures: [{ title: 'Kubernetes on 2 nodes: all 6 pods placed' }],
    })
    await explain('crowd/app-1')
    expect(JSON.stringify(last())).toContain('pod 1 of crowd/app-1 goes to')
    await tables()
    expect(JSON.stringify(last())).toContain('m5.large-2')
  })
  it('tells what moves when the input changes', async () => {
    const { plan, last } = session()
    await plan(small)
    await plan({ ...small, nodes: 'm5.large=1' }, true)
    const reply = last()
    expect(reply).toMatchObject({ changedMachines: ['m5.large-1', 'm5.large-2'] })
    expect(JSON.stringify(reply)).toContain('2 nodes before, 1 after')
    await plan({ ...small, nodes: 'm5.large=1' }, true)
    expect(last()).toMatchObject({ moves: [], changedMachines: [] })
  })
  it('gives an older plan up when a newer one is there', async () => {
    const { plan, answers } = session()
    await Promise.all([plan(small), plan({ ...small, nodes: 'm5.large=1' }), plan(small)])
    expect(answers().map(({ id }) => id)).toEqual([3])
  })
  it.each([
    ['a quantity', small.files[0]!.text.replace('100m', 'lots'), 'crowd.yaml, document 1', 13],
    ['broken YAML', 'a: [\nb: }', 'crowd.yaml, line 2', 2],
    ['broken JSON', '{\n"a": 1,\n"b" 2 }', 'crowd.yaml', undefined],
  ])('refuses %s with file and line', async (_, text, from, line) => {
    const { plan, last } = session()
    await plan({ ...small, files: [{ file: 'crowd.yaml', text }] })
    const reply = last()
    expect(reply?._tag).toBe('Refused')
    const [first] = reply?._tag === 'Refused' ? reply.faults : []
    expect(first?.fault.from.startsWith(from)).toBe(true)
    if (line !== undefined) expect(first?.line).toBe(line)
  })
  it('refuses machines and prices that it cannot read, and goes on', async () => {
    const { plan, last } = session()
    await plan({ ...small, nodes: 'm5.huge=1' })
    expect(last()).toMatchObject({ faults: [{ fault: { from: '--nodes' } }] })
    await plan({ ...small, prices: 'currency: USD\ninstances: { m5.large: much }' })
    expect(last()).toMatchObject({ faults: [{ fault: { from: 'prices' }, line: 2 }] })
    await plan(small)
    expect(last()?._tag).toBe('Planned')
  })
  it('says that there is nothing to place', async () => {
    const { plan, last } = session()
    await plan({ ...emptyInput, nodes: 'm5.large', files: [{ file: 'a.yaml', text: 'a: 1' }] })
    expect(JSON.stringify(last())).toContain('none of which wants a place')
  })
  it('has no explanation before a plan, and none of an unknown name', async () => {
    const { explain, plan, last } = session()
    await explain('crowd/app-1')
    expect(last()).toMatchObject({ sections: [] })
    await plan(small)
    await explain('nobody')
    expect(last()).toMatchObject({ sections: [] })
  })
})
