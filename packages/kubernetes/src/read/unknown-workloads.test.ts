/** Tests that objects of unknown kinds for which pods are created always have a warning. */
import * as E from 'fp-ts/lib/Either.js'
import { expect, it } from 'vitest'
import { readKubernetes } from './input.js'

const template = { spec: { containers: [{ name: 'main', image: 'app:1' }] } }
const custom = (kind: string, spec: object, apiVersion = 'example.com/v1') => ({
  apiVersion,
  kind,
  metadata: { name: 'web', namespace: 'shop' },
  spec,
})
const warnings = (...values: readonly unknown[]) => {
  const input = readKubernetes(values.map((value, i) => ({ from: `${i}.yaml`, value })))
  if (E.isLeft(input)) throw new Error(JSON.stringify(input.left))
  return input.right.warnings.map(({ code, subject, detail }) => `${code} ${subject}: ${detail}`)
}

it.each<readonly [string, object, string]>([
  ['Rollout', { template }, 'spec.template.spec.containers'],
  [
    'PyTorchJob',
    { pytorchReplicaSpecs: { Worker: { replicas: 2, template } } },
    'spec.pytorchReplicaSpecs.Worker.template.spec.containers',
  ],
  [
    'Workflow',
    { templates: [{ name: 'main', container: { image: 'app:1' } }] },
    'spec.templates[0].container',
  ],
  ['KafkaNodePool', { roles: ['broker'], replicas: 3 }, 'spec.replicas'],
  ['ScaledObject', { minReplicaCount: 2, maxReplicaCount: 9 }, 'spec.minReplicaCount'],
  ['Tenant', { pools: [{ servers: 4 }] }, 'spec.pools[0].servers'],
  ['ClickHouse', { layout: { replicasCount: 2 } }, 'spec.layout.replicasCount'],
  ['Postgres', { storage: { size: '1Gi' }, instances: 3 }, 'spec.instances'],
  ['Elastic', { nodeSets: [{ name: 'hot', count: 5 }] }, 'spec.nodeSets[0].count'],
  ['Machine', { domain: { resources: { requests: { memory: '1Gi' } } } }, 'spec.domain.resources'],
  ['Agent', { pods: { tolerations: [{ operator: 'Exists' }] } }, 'spec.pods.tolerations'],
  ['Agent', { pods: { nodeSelector: { disk: 'ssd' } } }, 'spec.pods.nodeSelector'],
  ['Agent', { affinity: { podAntiAffinity: {} } }, 'spec.affinity'],
  ['MongoDBCommunity', { members: 3, type: 'ReplicaSet' }, 'spec.members'],
  ['CassandraDatacenter', { size: 3 }, 'spec.size'],
  ['RedisCluster', { clusterSize: 3 }, 'spec.clusterSize'],
  ['Search', { masterNodes: 3 }, 'spec.masterNodes'],
  [
    'VirtualMachine',
    { template: { spec: { domain: { cpu: { cores: 2 }, memory: { guest: '4Gi' } } } } },
    'spec.template.spec.domain',
  ],
  ['TaskRun', { taskSpec: { steps: [{ name: 's', image: 'x' }] } }, 'spec.taskSpec.steps'],
  ['Both', { replicas: 2, template }, 'spec.template.spec.containers'],
])('%s is said to make pods', (kind, spec, path) => {
  const expected = [`WorkloadKindUnknown ${kind} shop/web: it has ${path}`]
  expect(warnings(custom(kind, spec))).toEqual(expected)
  const list = { apiVersion: 'v1', kind: 'List', items: [custom(kind, spec)] }
  expect(warnings(list)).toEqual(expected)
})

it.each<readonly [string, string, object]>([
  ['ConfigMap', 'v1', { containers: 'none' }],
  ['Gateway', 'example.com/v1', { listeners: [{ name: 'http' }] }],
  [
    'VerticalPodAutoscaler',
    'autoscaling.k8s.io/v1',
    { maxAllowed: { cpu: '1', memory: '1Gi' }, updatePolicy: { updateMode: 'Off' } },
  ],
  ['ImageRepository', 'image.toolkit.fluxcd.io/v1', { image: 'ghcr.io/example/app' }],
  ['Job', 'example.com/v1', { retries: 3, maxReplicas: 4, size: '1Gi', nodes: '10%' }],
  ['AWSCluster', 'infrastructure.cluster.x-k8s.io/v1', {}],
  ['PodTemplate', 'v1', { template }],
  ['NodePool', 'example.com/v1', { limits: { cpu: 100 }, template: { spec: { taints: [{}] } } }],
  ['Autoscaler', 'example.com/v1', { replicas: 0, affinity: 'none', resources: ['pods'] }],
  [
    'CustomResourceDefinition',
    'apiextensions.k8s.io/v1',
    { properties: { nodeSelector: { type: 'object' } } },
  ],
])('%s is not', (kind, apiVersion, spec) => {
  expect(warnings(custom(kind, spec, apiVersion))).toEqual([])
})

it('is said of what an operator runs, also where its spec is empty', () => {
  const detail = 'shop/web: an operator runs pods for this kind'
  expect(warnings(custom('RabbitmqCluster', {}, 'rabbitmq.com/v1beta1'))).toEqual([
    `WorkloadKindUnknown RabbitmqCluster ${detail}`,
  ])
  expect(warnings(custom('Prometheus', {}, 'monitoring.coreos.com/v1'))).toEqual([
    `WorkloadKindUnknown Prometheus ${detail}`,
  ])
})

it('is said of what installs the pods of an operator, but not of its settings', () => {
  const detail = 'shop/web: an operator runs pods for this kind'
  expect(
    warnings(
      custom('Installation', { calicoNetwork: {} }, 'operator.tigera.io/v1'),
      custom('IstioOperator', { profile: 'default' }, 'install.istio.io/v1alpha1'),
      custom('KnativeServing', {}, 'operator.knative.dev/v1beta1'),
      custom('RayJob', { clusterSelector: { 'ray.io/cluster': 'a' } }, 'ray.io/v1'),
      custom('ImageSet', { images: [] }, 'operator.tigera.io/v1'),
      custom('VMRule', { groups: [] }, 'operator.victoriametrics.com/v1beta1'),
    ),
  ).toEqual([
    `WorkloadKindUnknown Installation ${detail}`,
    `WorkloadKindUnknown IstioOperator ${detail}`,
    `WorkloadKindUnknown KnativeServing ${detail}`,
    `WorkloadKindUnknown RayJob ${detail}`,
  ])
})

const gateway = (gatewayClassName: string, more: object = {}) =>
  custom('Gateway', { gatewayClassName, listeners: [], ...more }, 'gateway.networking.k8s.io/v1')
const gatewayClass = (name: string, controllerName: string) => ({
  ...custom('GatewayClass', { controllerName }, 'gateway.networking.k8s.io/v1'),
  metadata: { name },
})

it.each([
  ['istio', []],
  ['eg', [gatewayClass('eg', 'gateway.envoyproxy.io/gatewayclass-controller')]],
  ['cilium', [gatewayClass('cilium', 'gateway.nginx.org/nginx-gateway-controller')]],
])('is said of a Gateway of class %s, of which a Deployment is made', (name, classes) => {
  expect(warnings(gateway(name), ...classes)).toEqual([
    `WorkloadKindUnknown Gateway shop/web: the controller of its class ${name} may make a Deployment of it`,
  ])
})
it.each<readonly [string, object, readonly object[]]>([
  ['cilium', {}, []],
  ['gke-l7-global-external-managed', {}, []],
  ['web', {}, [gatewayClass('web', 'gateway.k8s.aws/alb')]],
  ['istio', { addresses: [{ type: 'Hostname', value: 'ingress.istio.svc' }] }, []],
])('is not said of a Gateway of class %s with %j', (name, more, classes) => {
  expect(warnings(gateway(name, more), ...classes)).toEqual([])
})

it('is said of a kind only in the group whose operator runs pods for it', () => {
  expect(warnings(custom('ClusterPolicy', { rules: [] }, 'kyverno.io/v1'))).toEqual([])
  expect(warnings(custom('ClusterPolicy', {}, 'nvidia.com/v1'))).toHaveLength(1)
})

it('names an object by what its generated name begins with', () => {
  const metadata = { generateName: 'train-', namespace: 'shop' }
  expect(warnings({ ...custom('RayJob', { template }), metadata })).toEqual([
    'WorkloadKindUnknown RayJob shop/train-: it has spec.template.spec.containers',
  ])
})

it('is not said for what an object is like now', () => {
  expect(warnings({ ...custom('Gateway', {}), status: { replicas: 3 } })).toEqual([])
})

it('is not said of what is read, nor where a ReplicaSet stands for it', () => {
  const replicaSet = {
    ...custom(
      'ReplicaSet',
      {
        selector: { matchLabels: { app: 'web' } },
        template: { ...template, metadata: { labels: { app: 'web' } } },
      },
      'apps/v1',
    ),
    metadata: {
      name: 'web-1',
      namespace: 'shop',
      ownerReferences: [{ kind: 'Rollout', name: 'web', controller: true }],
    },
  }
  expect(warnings(replicaSet)).toEqual([])
  expect(warnings(replicaSet, custom('Rollout', { template }))).toEqual([])
})
