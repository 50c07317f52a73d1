/** Tests which cluster events may undo a refusal by each default plugin of kube-scheduler. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { concerns, type ClusterEvent, type TargetEvent } from './event.js'

/** What each of upstream's default plugins registers. */
const registered = readFileSync(resolve('test/golden/kube-scheduler/events.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Readonly<Record<'plugin' | 'resource' | 'action', string>>)
  .map(({ plugin, resource, action }) => ({
    plugin,
    event: { resource: resource.replace(/.*\//, ''), action } as ClusterEvent | TargetEvent,
  }))

const plugins = [...new Set(registered.map(({ plugin }) => plugin))]
const events = [...new Map(registered.map(({ event }) => [JSON.stringify(event), event])).values()]

describe('an event', () => {
  it.each(plugins)('concerns %s as it does upstream', (plugin) => {
    const theirs = registered
      .filter((one) => one.plugin === plugin)
      .map(({ event }) => JSON.stringify(event))
    const ours = events.filter((event) => concerns(plugin, event))
    expect(ours.map((event) => JSON.stringify(event)).sort()).toEqual([...theirs].sort())
  })

  it('concerns no plugin that nobody knows', () => {
    expect(registered).toHaveLength(81)
    expect(events.some((event) => concerns('Other', event))).toBe(false)
  })
})
