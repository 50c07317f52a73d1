/** Tests which ResourceSlices and DeviceTaintRules the API server refuses, field by field. */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { submitObjects } from '../admission/server.js'

const answerTo = (object: object): readonly string[] | string => {
  const [one] = submitObjects([{ value: object }])
  if (E.isRight(one!.answer)) return 'stored'
  const { code, message, causes } = one!.answer.left
  return code === 422 ? causes.map(({ field }) => field) : message
}
const slice = (spec: object, metadata: object = {}) => ({
  ...{ apiVersion: 'resource.k8s.io/v1', kind: 'ResourceSlice' },
  metadata: { name: 'a', ...metadata },
  spec: {
    driver: 'gpu.example.com',
    pool: { name: 'a', generation: 0, resourceSliceCount: 1 },
    nodeName: 'a',
    ...spec,
  },
})
const withDevice = (device: object, spec: object = {}) =>
  slice({ devices: [{ name: 'gpu-0', ...device }], ...spec })
const many = (count: number, make: (i: number) => object) =>
  Array.from({ length: count }, (_, i) => make(i))
const named = (count: number) => many(count, (i) => ({ name: `gpu-${i}` }))
const tainted = (taint: object) => withDevice({ taints: [taint] })
const shared = (requestPolicy: object) =>
  withDevice({
    allowMultipleAllocations: true,
    capacity: { memory: { value: '8', requestPolicy } },
  })
const zone = { key: 'zone', operator: 'In', values: ['a'] }
const term = { matchExpressions: [zone] }

describe('a slice', () => {
  it.each<readonly [string, object]>([
    ['of a node', slice({ devices: named(128) })],
    ['of all nodes', slice({ nodeName: undefined, allNodes: true })],
    ['of some nodes', slice({ nodeName: undefined, nodeSelector: { nodeSelectorTerms: [term] } })],
    [
      'whose devices say their nodes',
      withDevice({ nodeName: 'b' }, { nodeName: undefined, perDeviceNodeSelection: true }),
    ],
    ['of counters', slice({ sharedCounters: [{ name: 'c', counters: { m: { value: '1' } } }] })],
    ['of a pool with slashes', slice({ pool: { name: 'a/b.c', resourceSliceCount: 1 } })],
    [
      'with all that describes a device',
      withDevice({
        attributes: {
          model: { string: 'a100' },
          'example.com/v': { version: '1.2.3-rc.1' },
          'a-/b/c': { int: 1 },
          index: { int: 0 },
          on: { bool: false },
        },
        capacity: { memory: { value: '40Gi' } },
        taints: [{ key: 'k', effect: 'None' }],
        consumesCounters: [{ counterSet: 'c', counters: { m: { value: '1' } } }],
        bindingConditions: ['example.com/ready'],
        bindingFailureConditions: ['failed'],
      }),
    ],
    ['with values to choose from', shared({ default: '1', validValues: ['1', '2'] })],
    ['with a range', shared({ default: '4', validRange: { min: '2', max: '8', step: '2' } })],
  ])('is stored: %s', (_, object) => {
    expect(answerTo(object)).toBe('stored')
  })

  const device = 'spec.devices[0]'
  const policy = `${device}.capacity[memory].requestPolicy`
  it.each<readonly [string, object, readonly string[]]>([
    ['its name', slice({}, { name: 'A' }), ['metadata.name']],
    ['its driver', slice({ driver: 'a b' }), ['spec.driver']],
    ['no driver', slice({ driver: undefined }), ['spec.driver']],
    [
      'its pool',
      slice({ pool: { name: '/', generation: -1 } }),
      ['spec.pool.name', 'spec.pool.resourceSliceCount', 'spec.pool.generation'],
    ],
    ['no node', slice({ nodeName: undefined }), ['spec']],
    ['two kinds of nodes', slice({ allNodes: true }), ['spec']],
    ['a flag that is false', slice({ allNodes: false }), ['spec.allNodes']],
    [
      'two terms',
      slice({ nodeName: undefined, nodeSelector: { nodeSelectorTerms: [term, term] } }),
      ['spec.nodeSelector.nodeSelectorTerms'],
    ],
    ['devices and counters', slice({ devices: [], sharedCounters: [] }), ['spec']],
    ['129 devices', slice({ devices: named(129) }), ['spec.devices']],
    [
      '65 devices, one of them with a taint',
      slice({ devices: [...named(64), { name: 'x', taints: [{ key: 'k', effect: 'None' }] }] }),
      ['spec.devices'],
    ],
    [
      'two devices of one name',
      slice({ devices: [...named(1), ...named(1)] }),
      ['spec.devices[1]'],
    ],
    ['the name of a device', slice({ devices: [{ name: 'a.b' }] }), [`${device}.name`]],
    ['nodes of a device', withDevice({ nodeName: 'a' }), [device]],
    [
      'no nodes of a device',
      withDevice({}, { nodeName: undefined, perDeviceNodeSelection: true }),
      [device],
    ],
    [
      'the name of an attribute',
      withDevice({ attributes: { 'a-b': { int: 1 } } }),
      [`${device}.attributes`],
    ],
    [
      'an attribute of two values',
      withDevice({ attributes: { a: { int: 1, bool: true } } }),
      [`${device}.attributes[a]`],
    ],
    [
      'an attribute without a value',
      withDevice({ attributes: { a: {} } }),
      [`${device}.attributes[a]`],
    ],
    [
      'a version',
      withDevice({ attributes: { a: { version: '1.0' } } }),
      [`${device}.attributes[a].version`],
    ],
    [
      'a long text',
      withDevice({ attributes: { a: { string: 'x'.repeat(65) } } }),
      [`${device}.attributes[a].string`],
    ],
    [
      '33 attributes',
      withDevice({
        attributes: Object.fromEntries(many(33, () => ({})).map((_, i) => [`a${i}`, { int: i }])),
      }),
      [device],
    ],
    ['the key of a taint', tainted({ key: 'a b', effect: 'None' }), [`${device}.taints[0].key`]],
    ['a taint without effect', tainted({ key: 'k' }), [`${device}.taints[0].effect`]],
    [
      'an effect of nodes alone',
      tainted({ key: 'k', effect: 'PreferNoSchedule' }),
      [`${device}.taints[0].effect`],
    ],
    [
      'three consumptions',
      withDevice({
        consumesCounters: many(3, (i) => ({
          counterSet: `c${i}`,
          counters: { m: { value: '1' } },
        })),
      }),
      [`${device}.consumesCounters`],
    ],
    [
      'a consumption of nothing',
      withDevice({ consumesCounters: [{ counterSet: 'c' }] }),
      [`${device}.consumesCounters[0].counters`],
    ],
    [
      'conditions without those that end a binding',
      withDevice({ bindingConditions: ['a'] }),
      [`${device}.bindingFailureConditions`],
    ],
    [
      'a condition that is both',
      withDevice({ bindingConditions: ['a'], bindingFailureConditions: ['a'] }),
      [`${device}.bindingFailureConditions[0]`],
    ],
    [
      'a policy of a device that is not shared',
      withDevice({ capacity: { memory: { value: '8', requestPolicy: { default: '1' } } } }),
      [policy],
    ],
    [
      'values and a range',
      shared({ default: '1', validValues: ['1'], validRange: { min: '1' } }),
      [policy],
    ],
    ['values without a default', shared({ validValues: ['1'] }), [`${policy}.default`]],
    [
      'values out of order and over the capacity',
      shared({ default: '1', validValues: ['1', '9', '2'] }),
      [`${policy}.validValues[2]`, `${policy}.validValues[1]`],
    ],
    [
      'values that are one when they are rounded up',
      shared({ default: '1', validValues: ['500m', '1'] }),
      [`${policy}.validValues[1]`],
    ],
    [
      'values without the default among them',
      shared({ default: '3', validValues: ['1'] }),
      [`${policy}.validValues`],
    ],
    [
      'a range without a minimum',
      shared({ default: '1', validRange: {} }),
      [`${policy}.validRange.min`],
    ],
    [
      'a default below its range',
      shared({ default: '1', validRange: { min: '2' } }),
      [`${policy}.validRange.default`],
    ],
    [
      'a maximum over the capacity that no step reaches',
      shared({ default: '2', validRange: { min: '2', max: '9', step: '2' } }),
      [`${policy}.validRange.max`, `${policy}.validRange.step`],
    ],
  ])('is refused for %s', (_, object, fields) => {
    expect(answerTo(object)).toEqual(fields)
  })
})

describe('a rule that taints devices', () => {
  const rule = (spec: object) => ({
    ...{ apiVersion: 'resource.k8s.io/v1', kind: 'DeviceTaintRule', metadata: { name: 'a' } },
    spec: { taint: { key: 'k', effect: 'NoExecute' }, ...spec },
  })
  it('is stored, also for devices that are not there', () => {
    expect(answerTo(rule({}))).toBe('stored')
    expect(answerTo(rule({ deviceSelector: { driver: 'd', pool: 'p', device: 'x' } }))).toBe(
      'stored',
    )
  })
  it('is refused for its taint and for what it selects by', () => {
    expect(answerTo(rule({ taint: { key: 'k' } }))).toEqual(['spec.taint.effect'])
    expect(answerTo(rule({ deviceSelector: { driver: '', pool: '', device: 'A' } }))).toEqual(
      ['driver', 'pool', 'device'].map((field) => `spec.deviceSelector.${field}`),
    )
  })
})

it.each(['CSIDriver', 'CSINode', 'VolumeAttachment'])('checks the name of a %s', (kind) => {
  const object = (name: string) => ({ apiVersion: 'storage.k8s.io/v1', kind, metadata: { name } })
  expect(answerTo(object('ebs.csi.aws.com'))).toBe('stored')
  expect(answerTo(object('EBS'))).toEqual(['metadata.name'])
})
