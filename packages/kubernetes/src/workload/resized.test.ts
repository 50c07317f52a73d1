import { certain } from '@stowage/kernel'
import { expect, it } from 'vitest'
import { decode } from '../words/decode.js'
import { Pod } from '../words/pod.js'
import { resized } from './resized.js'

const held = (status: object, more: object = {}) => {
  const requests = { cpu: '1', memory: '1Gi' }
  const container = { name: 'c', resources: { requests } }
  const pod = certain(
    decode(Pod, {
      metadata: { name: 'p' },
      spec: { containers: [container], initContainers: [{ ...container, ...more }] },
      status,
    }),
  )
  const { containers, initContainers } = resized(pod)
  return [...containers, ...initContainers].map(({ resources }) =>
    Object.fromEntries([...resources.requests].map(([name, { text }]) => [name, text])),
  )
}
const asked = { cpu: '1', memory: '1Gi' }
const status = {
  name: 'c',
  resources: { requests: { cpu: '2', memory: '512Mi' } },
  allocatedResources: { cpu: '3', 'a.com/gpu': '1' },
}

it('is the most of what is asked for, set aside and in effect', () => {
  expect(held({ containerStatuses: [status] })[0]).toEqual({
    cpu: '3',
    memory: '1Gi',
    'a.com/gpu': '1',
  })
})

it('leaves out what is asked for when that never can be', () => {
  const infeasible = { type: 'PodResizePending', status: 'True', reason: 'Infeasible' }
  const found = (condition: object) =>
    held({ containerStatuses: [status], conditions: [condition] })[0]
  expect(found(infeasible)).toMatchObject({ memory: '512Mi' })
  expect(found({ ...infeasible, reason: 'Deferred' })).toMatchObject({ memory: '1Gi' })
  expect(found({ ...infeasible, status: 'False' })).toMatchObject({ memory: '1Gi' })
})

it('is as the spec says where the status does not say what is in effect', () => {
  expect(held({ containerStatuses: [{ ...status, resources: undefined }] })[0]).toEqual(asked)
  expect(held({ containerStatuses: [{ ...status, name: 'other' }] })[0]).toEqual(asked)
})

it('is that of sidecars too, and not of containers that have ended', () => {
  const statuses = { initContainerStatuses: [status] }
  expect(held(statuses)[1]).toEqual(asked)
  expect(held(statuses, { restartPolicy: 'Always' })[1]).toMatchObject({ cpu: '3' })
})
