/** Tests tasks that the describe calls count, and that are not among the documents. */
import { describe, expect, it } from 'vitest'
import { input, service, task } from '../plan/plan.fixture.js'

const running = (id: string, more: object = {}): object => ({
  ...{ taskArn: id, taskDefinitionArn: 'web:1', group: 'service:web' },
  ...{ lastStatus: 'RUNNING', desiredStatus: 'RUNNING' },
  ...more,
})

describe('tasks that are counted', () => {
  const counted = service('web', { desiredCount: 3, runningCount: 2, pendingCount: 1 })
  const text = expect.stringContaining('planned anew') as string
  it('are planned anew where nobody says where they are, which is told', () => {
    expect(input(task('web'), counted).warnings).toMatchObject([
      { subject: 'service web', text, detail: '3' },
    ])
    expect(input(task('web'), counted, running('a')).warnings).toMatchObject([{ detail: '2' }])
  })
  it('are those that the documents have, or none', () => {
    const all = [running('a'), running('b'), running('c')]
    expect(input(task('web'), counted, ...all).warnings).toEqual([])
    expect(input(task('web'), service('web')).warnings).toEqual([])
    const stopped = running('a', { lastStatus: 'STOPPED', desiredStatus: 'STOPPED' })
    expect(input(task('web'), counted, stopped).warnings).toMatchObject([{ detail: '3' }])
  })
})
