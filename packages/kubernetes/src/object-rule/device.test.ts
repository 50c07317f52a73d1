/** Tests which ResourceClaims, ResourceClaimTemplates and DeviceClasses the API server refuses. */
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { submitObjects } from '../admission/server.js'
import { claim, gpuClass, gpus, template } from '../device/devices.fixture.js'

/** The fields of the causes; `stored` when there is none. */
const fieldsOf = (object: object): readonly string[] | string => {
  const [one] = submitObjects([{ value: object }])
  if (E.isRight(one!.answer)) return 'stored'
  const { code, message, causes } = one!.answer.left
  return code === 422 ? causes.map(({ field }) => field) : message
}

const exactly = (more: object) => claim('one', { ...gpus(1), ...more })
const claiming = (devices: object) => ({ ...claim('one', {}), spec: { devices } })
const request = (name: string, more: object = {}) => ({ name, exactly: { ...gpus(1), ...more } })
const inExactly = 'spec.devices.requests[0].exactly'

describe('a claim on devices', () => {
  it.each<[string, object]>([
    ['of one device', exactly({})],
    ['of none, which is one', exactly({ count: 0 })],
    ['of all', exactly({ allocationMode: 'All', count: 0 })],
    ['of a selector that is not supported here', exactly(gpus(1, '{"a": 1} == {"a": 1}'))],
    ['of a toleration by value alone', exactly({ tolerations: [{ value: 'x' }] })],
    [
      'of alternatives that a constraint names',
      claiming({
        requests: [{ name: 'a', firstAvailable: [{ name: 'x', deviceClassName: 'gpu' }] }],
        constraints: [{ requests: ['a/x'], matchAttribute: 'gpu.example.com/model' }],
      }),
    ],
  ])('is stored: %s', (_, object) => {
    expect(fieldsOf(object)).toBe('stored')
  })
  it.each<[string, object, string]>([
    ['a negative count', { count: -1 }, `${inExactly}.count`],
    ['a count of all', { allocationMode: 'All', count: 2 }, `${inExactly}.count`],
    ['another mode', { allocationMode: 'Some' }, `${inExactly}.allocationMode`],
    ['no class', { deviceClassName: '' }, `${inExactly}.deviceClassName`],
    ['a broken selector', gpus(1, 'device.driver == '), `${inExactly}.selectors[0].cel.expression`],
    ['an unknown field', gpus(1, 'device.drivr == ""'), `${inExactly}.selectors[0].cel.expression`],
    ['no expression', { selectors: [{}] }, `${inExactly}.selectors[0].cel`],
    ['an operator', { tolerations: [{ operator: 'Lt' }] }, `${inExactly}.tolerations[0].operator`],
    ['an effect', { tolerations: [{ effect: 'Never' }] }, `${inExactly}.tolerations[0].effect`],
  ])('is refused: %s', (_, more, field) => {
    expect(fieldsOf(exactly(more))).toEqual([field])
  })
  it('is refused for what its requests are together', () => {
    expect(fieldsOf(claiming({ requests: [request('r'), request('r')] }))).toEqual([
      'spec.devices.requests[1]',
    ])
    expect(fieldsOf(claiming({ requests: [{ name: 'r' }] }))).toEqual(['spec.devices.requests[0]'])
    const constraints = [{ requests: ['q'], matchAttribute: 'model' }, {}]
    expect(fieldsOf(claiming({ requests: [request('r')], constraints }))).toEqual([
      'spec.devices.constraints[0].requests[0]',
      'spec.devices.constraints[0].matchAttribute',
      'spec.devices.constraints[1]',
    ])
  })
})

it('refuses a template as its claims', () => {
  expect(fieldsOf(template(gpus(1)))).toBe('stored')
  expect(fieldsOf(template(gpus(-1)))).toEqual(['spec.spec.devices.requests[0].exactly.count'])
})

it('refuses a class for its selectors and its resource', () => {
  expect(fieldsOf(gpuClass('example.com/gpu'))).toBe('stored')
  expect(fieldsOf(gpuClass('gpu'))).toEqual(['spec.extendedResourceName'])
  const selectors = [{ cel: { expression: 'devce.driver == "a"' } }]
  expect(fieldsOf({ ...gpuClass(), spec: { selectors } })).toEqual([
    'spec.selectors[0].cel.expression',
  ])
})

describe('admin access', () => {
  const admin = claim('one', { ...gpus(1), adminAccess: true })
  const namespace = (labels: object) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'default', labels },
  })
  const answerIn = (labels: object) => submitObjects([namespace(labels), admin].map(valueOf))[1]!
  const valueOf = (value: object) => ({ value })
  it('needs a label on the namespace', () => {
    expect(E.isRight(answerIn({ 'resource.kubernetes.io/admin-access': 'true' }).answer)).toBe(true)
    expect(answerIn({ 'resource.kubernetes.io/admin-access': 'yes' }).answer).toMatchObject(
      E.left({
        code: 422,
        message: 'ResourceClaim.resource.k8s.io "one" is invalid',
        causes: [{ field: 'spec.devices.requests[0].adminAccess' }],
      }),
    )
  })
})
