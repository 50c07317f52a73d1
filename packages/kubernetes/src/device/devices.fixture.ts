/**
 * Builds objects with devices for tests: ResourceSlices of nodes, a DeviceClass, claim templates
 * and ResourceClaims.
 */

const object = (apiVersion: string, kind: string, name: string, rest: object) => ({
  ...{ apiVersion, kind, metadata: { name } },
  ...rest,
})
const dra = 'resource.k8s.io/v1'

export const node = (name: string, more: object = {}) =>
  object('v1', 'Node', name, {
    status: { allocatable: { cpu: '4', memory: '8Gi', pods: '20', ...more } },
  })

/** The devices of a node, each with a model. */
export const gpusOn = (nodeName: string, ...models: readonly string[]) =>
  object(dra, 'ResourceSlice', `${nodeName}-gpus`, {
    spec: {
      ...{ nodeName, driver: 'gpu.example.com' },
      pool: { name: nodeName, generation: 1, resourceSliceCount: 1 },
      devices: models.map((model, i) => ({
        name: `gpu-${i}`,
        ...(model === '' ? {} : { attributes: { model: { string: model } } }),
      })),
    },
  })

export const gpuClass = (extendedResourceName?: string) =>
  object(dra, 'DeviceClass', 'gpu', {
    spec: {
      ...(extendedResourceName === undefined ? {} : { extendedResourceName }),
      selectors: [{ cel: { expression: 'device.driver == "gpu.example.com"' } }],
    },
  })

/** A request for devices of the class, with a condition if there is one. */
export const gpus = (count: number, expression?: string) => ({
  deviceClassName: 'gpu',
  count,
  ...(expression === undefined ? {} : { selectors: [{ cel: { expression } }] }),
})

const specOf = (exactly: object) => ({ devices: { requests: [{ name: 'gpu', exactly }] } })

export const template = (exactly: object) =>
  object(dra, 'ResourceClaimTemplate', 'gpus', { spec: { spec: specOf(exactly) } })

export const claim = (name: string, exactly: object, status: object = {}) =>
  object(dra, 'ResourceClaim', name, { spec: specOf(exactly), status })

const ofTemplate = { name: 'gpu', resourceClaimTemplateName: 'gpus' }

/** A pod with a claim: of the template, unless another one is named. */
export const pod = (name: string, resourceClaimName?: string) =>
  object('v1', 'Pod', name, {
    spec: {
      containers: [{ name: 'c' }],
      resourceClaims: [
        resourceClaimName === undefined ? ofTemplate : { name: 'gpu', resourceClaimName },
      ],
    },
  })

export const deployment = (name: string, replicas: number) =>
  object('apps/v1', 'Deployment', name, {
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'c' }], resourceClaims: [ofTemplate] },
      },
    },
  })
