/**
 * Generates the table of field names of Kubernetes objects from the OpenAPI document of a
 * Kubernetes release. The arguments are the path of the document and the version of the release.
 * Only names and structure are taken.
 */
import { readFileSync } from 'node:fs'

/** The kinds of the table, by group and version. */
const kinds = {
  v1: [
    ...['LimitRange', 'Namespace', 'Node', 'PersistentVolume', 'PersistentVolumeClaim', 'Pod'],
    ...['ReplicationController', 'ResourceQuota', 'Service'],
  ],
  'apps/v1': ['ControllerRevision', 'DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  'autoscaling/v1': ['HorizontalPodAutoscaler'],
  'autoscaling/v2': ['HorizontalPodAutoscaler'],
  'batch/v1': ['CronJob', 'Job'],
  'node.k8s.io/v1': ['RuntimeClass'],
  'policy/v1': ['PodDisruptionBudget'],
  'resource.k8s.io/v1': [
    ...['DeviceClass', 'DeviceTaintRule', 'ResourceClaim', 'ResourceClaimTemplate'],
    'ResourceSlice',
  ],
  'scheduling.k8s.io/v1': ['PriorityClass'],
  'storage.k8s.io/v1': [
    ...['CSIDriver', 'CSINode', 'CSIStorageCapacity', 'StorageClass', 'VolumeAttachment'],
    'VolumeAttributesClass',
  ],
}

const [, , swagger, version] = process.argv
const { definitions } = JSON.parse(readFileSync(swagger, 'utf8'))
const paths = Object.keys(definitions)

const kindPath = (apiVersion, kind) => {
  const [version, group = ''] = apiVersion.split('/').reverse()
  return paths.find((path) =>
    definitions[path]['x-kubernetes-group-version-kind']?.some(
      (each) => each.kind === kind && each.group === group && each.version === version,
    ),
  )
}

const pathOf = ({ $ref }) => $ref?.slice('#/definitions/'.length)
/** What a field holds, inside all lists and maps. */
const innermost = (schema) => {
  const inner = schema.items ?? schema.additionalProperties
  return inner === undefined ? schema : innermost(inner)
}

const roots = Object.entries(kinds).flatMap(([apiVersion, names]) =>
  names.map((kind) => [apiVersion, kind, kindPath(apiVersion, kind)]),
)
const reached = new Set()
const reach = (path) => {
  const { properties } = definitions[path] ?? {}
  if (properties === undefined || reached.has(path)) return
  reached.add(path)
  for (const schema of Object.values(properties)) reach(pathOf(innermost(schema)))
}
for (const [, , path] of roots) reach(path)

/**
 * The last part of a definition's path, with the group in front where two groups have one name, and
 * the version after it where two versions of the group do.
 */
const nameOf = (path) => {
  const [name, version, group] = path.split('.').reverse()
  const others = [...reached].filter((other) => other !== path && other.endsWith(`.${name}`))
  if (others.length === 0) return name
  const isVersioned = others.some((other) => other.split('.').at(-3) === group)
  return `${group}${isVersioned ? version.toUpperCase() : ''}${name}`
}
/** The types of single values; a quantity, a time and a number or text are no definitions. */
const scalarOf = (schema) => {
  const path = pathOf(schema)
  const { type: known, format, properties } = definitions[path] ?? schema
  if (properties !== undefined) return nameOf(path)
  if (path?.endsWith('.Quantity')) return 'quantity'
  if (format === 'int-or-string') return 'intstr'
  if (known === 'string') return 'string'
  if (known === 'boolean') return 'bool'
  if (known === 'integer') return format === 'int32' ? 'int' : 'long'
  return known === 'number' ? 'number' : 'any'
}
const typeText = (schema) => {
  if (schema.type === 'array') return `[${typeText(schema.items)}]`
  if (schema.additionalProperties !== undefined) return `{${typeText(schema.additionalProperties)}}`
  return scalarOf(schema)
}
const fieldText = ([field, schema]) => {
  const type = typeText(schema)
  return type === 'string' ? field : `${field}:${type}`
}
const byText = ([a], [b]) => (a < b ? -1 : 1)
const types = [...reached]
  .map((path) => [
    nameOf(path),
    Object.entries(definitions[path].properties).sort(byText).map(fieldText).join(' '),
  ])
  .sort(byText)

process.stdout.write(`/**
 * Lists the fields of the kinds that are read and of all types inside them, as Kubernetes
 * ${version} has them. \`test/oracle/field-names\` writes this file.
 *
 * Source: the OpenAPI document of Kubernetes, \`api/openapi-spec/swagger.json\` of its repository.
 */

/** The release of Kubernetes that the tables describe. */
export const kubernetesVersion = '${version}'

/** The type of each kind, by \`apiVersion\` and kind. */
export const typeOfKind: Readonly<Record<string, string>> = ${JSON.stringify(
  Object.fromEntries(
    roots.map(([apiVersion, kind, path]) => [`${apiVersion} ${kind}`, nameOf(path)]),
  ),
)}

/**
 * The fields of each type. A field is \`name\` for a text, or \`name:type\`. A type is \`int\`
 * (32 bits), \`long\` (64 bits), \`number\`, \`bool\`, \`quantity\`, \`intstr\` (a number or a
 * text), \`any\`, or another one of the table; \`[type]\` is a list, \`{type}\` a map whose keys
 * are data.
 */
export const fieldsOfType: Readonly<Record<string, string>> = ${JSON.stringify(Object.fromEntries(types))}
`)
