/**
 * Determines by the kind of a custom resource, such as `Prometheus` or `Gateway`, whether an
 * operator creates pods for it, even if no field of the resource shows that. A plan does not
 * contain these pods, so `unknown-workloads.ts` warns of each such resource.
 *
 * Sources: the references of the operators; Gateway API documentation, GatewayClass; Istio, Envoy
 * Gateway and NGINX Gateway Fabric documentation on the deployments that they make of a Gateway.
 */
import { isObject, own } from '@stowage/documents'
import { listField, textField } from './items.js'

/** Kinds for which operators run pods, whatever their spec says, beside those named Cluster. */
const operatorKinds: readonly string[] = [
  ...['Alertmanager', 'Prometheus', 'PrometheusAgent', 'ThanosRuler', 'Grafana', 'Jaeger'],
  ...['OpenTelemetryCollector', 'ArgoCD', 'Keycloak', 'Kibana', 'Redis', 'Memcached', 'Kiali'],
  ...['LokiStack', 'TempoStack', 'VMSingle', 'VMAgent', 'VMAlert', 'VMAlertmanager'],
  ...['ApmServer', 'Beat', 'EnterpriseSearch', 'Logstash', 'DatadogAgent', 'DynaKube'],
  ...['AmazonCloudWatchAgent', 'DcgmExporter', 'NeuronMonitor', 'FluentBit', 'Fluentd'],
  // Servers of models, which the runtime of the cluster gives their containers.
  ...['InferenceService', 'InferenceGraph', 'LLMInferenceService', 'SeldonDeployment'],
  // These install the software of an operator, mostly as DaemonSets and Deployments.
  ...['Installation', 'Goldmane', 'Whisker', 'Istio', 'IstioOperator', 'IstioCNI', 'ZTunnel'],
  ...['KnativeServing', 'KnativeEventing', 'TektonConfig', 'NodeFeatureDiscovery'],
  ...['NicClusterPolicy', 'DeviceConfig', 'KafkaConnector', 'KnativeKafka'],
  // These make whole charts, or steps with containers.
  ...['HelmRelease', 'HelmChart', 'Application', 'ApplicationSet', 'PipelineRun', 'Integration'],
  // A job of its own hands the work to a cluster that exists.
  'RayJob',
]

/** Kinds whose names mean something else in other groups. */
const kindsInGroups: readonly string[] = [
  ...['nvidia.com/ClusterPolicy', 'agent.k8s.elastic.co/Agent', 'minio.min.io/Tenant'],
  ...['logging.banzaicloud.io/Logging', 'observability.openshift.io/ClusterLogForwarder'],
]

/** Why an object makes pods by its kind; `undefined` when it is not known to. */
export const operatorOf = (item: object, controllers: GatewayControllers): string | undefined => {
  const [kind, apiVersion] = [own(item, 'kind'), own(item, 'apiVersion')]
  const [group = '', version] = typeof apiVersion === 'string' ? apiVersion.split('/') : []
  if (typeof kind !== 'string' || version === undefined || !group.includes('.')) return undefined
  if (group === gatewayGroup && kind === 'Gateway') return gatewayPods(item, controllers)
  if (group.endsWith('.k8s.io')) return undefined
  // A kind such as RabbitmqCluster is a cluster of pods; groups with `cluster` in their names
  // manage clusters of Kubernetes.
  const isNamedCluster = /.Cluster$/.test(kind) && !group.includes('cluster')
  return operatorKinds.includes(kind) ||
    isNamedCluster ||
    kindsInGroups.includes(`${group}/${kind}`)
    ? 'an operator runs pods for this kind'
    : undefined
}

const gatewayGroup = 'gateway.networking.k8s.io'

/** The controller of each GatewayClass of the input, by the name of the class. */
export type GatewayControllers = ReadonlyMap<string, string>

/** Collects the controllers of the classes among objects. */
export const gatewayControllers = (items: readonly unknown[]): GatewayControllers =>
  new Map(
    items.flatMap((item) => {
      if (!isObject(item) || own(item, 'kind') !== 'GatewayClass') return []
      const [name, controller] = [
        textField(item, ['metadata', 'name']),
        textField(item, ['spec', 'controllerName']),
      ]
      return name === '' || controller === '' ? [] : [[name, controller] as const]
    }),
  )

/** What configures load balancers outside of the cluster, or pods that run already. */
const podlessController =
  /^(?:networking\.gke\.io|.*\.?k8s\.aws|application-networking\.k8s\.aws|io\.cilium|traefik\.io|alb\.networking\.azure\.io|haproxy-ingress\.github\.io|projectcontour\.io\/gateway-controller)(?:\/|$)/

/** The names of classes that such controllers bring. */
const podlessClass =
  /^(?:gke-|amazon-vpc-lattice$|cilium|traefik|(?:aws|amazon|azure)-?(?:alb|nlb))/

/**
 * Most controllers make a Deployment of a Gateway. One with an address that is the name of a
 * Service stands for pods that run already, by the convention of Istio.
 */
const gatewayPods = (item: object, controllers: GatewayControllers): string | undefined => {
  const name = textField(item, ['spec', 'gatewayClassName'])
  if (name === '') return undefined
  const controller = controllers.get(name)
  const isPodless =
    controller === undefined ? podlessClass.test(name) : podlessController.test(controller)
  if (isPodless || isServed(item)) return undefined
  return `the controller of its class ${name} may make a Deployment of it`
}

const isServed = (item: object): boolean =>
  listField(item, ['spec', 'addresses']).some((one) => textField(one, ['type']) === 'Hostname')
