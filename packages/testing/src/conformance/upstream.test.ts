/**
 * All that the upstream scheduler has been recorded to say: every refusal, score, best set and preemption. A few scenarios of each
 * family are kept here; a larger collection is held against us where it is at hand.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { answerOf } from './answer.js'
import { conformance } from './conformance.js'
import type { AnswerLine, ScenarioLine } from './line.js'

const kept = fileURLToPath(new URL('../../../../test/golden/kube-scheduler', import.meta.url))
const collection = resolve(process.env['STOWAGE_SHARED'] ?? '../shared', 'golden/kube-scheduler')

const familiesIn = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder).flatMap((name) => /^(.*)\.verdicts\.jsonl\.gz$/.exec(name)?.[1] ?? [])
    : []

const lines = <Line>(path: string): readonly Line[] =>
  gunzipSync(readFileSync(path))
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)

const differencesIn = (folder: string, family: string, answer: typeof answerOf = answerOf) =>
  conformance(
    lines<ScenarioLine>(resolve(folder, `${family}.scenarios.jsonl.gz`)),
    lines<AnswerLine>(resolve(folder, `${family}.verdicts.jsonl.gz`)),
    answer,
  ).differences

describe.each([kept, collection].filter(existsSync))('recorded answers in %s', (folder) => {
  it('are of every family', () => expect(familiesIn(folder).length).toBeGreaterThanOrEqual(15))

  it.each(familiesIn(folder))('%s', (family) => {
    expect(lines(resolve(folder, `${family}.verdicts.jsonl.gz`)).length).toBeGreaterThan(0)
    expect(differencesIn(folder, family).slice(0, 5)).toEqual([])
  })
})

/** A scheduler without one of the plugins. */
const without =
  (plugin: string): typeof answerOf =>
  (scenario) =>
    answerOf({
      ...scenario,
      config: {
        apiVersion: 'kubescheduler.config.k8s.io/v1',
        kind: 'KubeSchedulerConfiguration',
        profiles: [{ plugins: { multiPoint: { disabled: [{ name: plugin }] } } }],
      },
    })

describe('agreement', () => {
  it.each([
    ['taints', 'TaintToleration'],
    ['mixed', 'NodeUnschedulable'],
    ['tricky', 'NodeName'],
    ['nodeaffinity', 'NodeAffinity'],
    ['ports', 'NodePorts'],
    ['ports', 'ImageLocality'],
    ['resources', 'NodeResourcesFit'],
    ['resources', 'NodeResourcesBalancedAllocation'],
    ['spread', 'PodTopologySpread'],
    ['podaffinity', 'InterPodAffinity'],
    ['features', 'NodeDeclaredFeatures'],
    ['volumes', 'VolumeRestrictions'],
    ['volumes', 'NodeVolumeLimits'],
    ['volumes', 'VolumeBinding'],
    ['volumes', 'VolumeZone'],
    ['preemption', 'DefaultPreemption'],
  ])('on %s is refuted without %s', (family, plugin) => {
    expect(differencesIn(kept, family, without(plugin))).not.toEqual([])
  })
})
