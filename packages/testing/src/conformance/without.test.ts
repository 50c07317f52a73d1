/**
 * Tests that a scheduler that lacks a single plugin does not conform to kube-scheduler, for each of
 * the plugins. Otherwise conformance would prove nothing about that plugin.
 */
import { describe, expect, it } from 'vitest'
import { differencesIn, recordings } from '../../../../test/recorded.js'
import { answerOf } from './answer.js'

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
    expect(differencesIn(recordings, family, without(plugin))).not.toEqual([])
  })
})
