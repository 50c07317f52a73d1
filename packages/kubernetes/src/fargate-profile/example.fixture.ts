/**
 * Builds objects for the tests of Fargate profiles: containers, pods, deployments and profiles.
 */
import * as E from 'fp-ts/lib/Either.js'
import { readKubernetes, type KubernetesInput } from '../read/input.js'
import { readFargateProfiles, type FargateProfiles } from './profile.js'

export const container = (resources: object, rest: object = {}) => ({
  name: 'main',
  resources,
  ...rest,
})

export const pod = (containers: readonly object[], rest: object = {}, metadata: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'a', ...metadata },
  spec: { containers, ...rest },
})

export const requesting = (requests: object, rest: object = {}) =>
  pod([container({ requests })], rest)

export const deployment = (
  name: string,
  namespace: string,
  rest: object = {},
  labels: object = {},
) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: name } },
    ...rest,
    template: {
      metadata: { labels: { app: name, ...labels } },
      spec: { containers: [container({ requests: { cpu: '200m' } })] },
    },
  },
})

export const profile = (fargateProfileName: string, ...selectors: readonly object[]) => ({
  fargateProfile: {
    fargateProfileName,
    clusterName: 'shop',
    subnets: ['subnet-a', 'subnet-b'],
    selectors,
    status: 'ACTIVE',
  },
})

const given = <Value>(read: E.Either<unknown, Value>): Value => {
  if (E.isLeft(read)) throw new Error(JSON.stringify(read.left))
  return read.right
}

const documents = (values: readonly unknown[]) =>
  values.map((value, i) => ({ from: `${i}.yaml`, value }))

export const input = (...values: readonly unknown[]): KubernetesInput =>
  given(readKubernetes(documents(values)))

export const profiles = (...values: readonly unknown[]): FargateProfiles =>
  given(readFargateProfiles(documents(values)))
