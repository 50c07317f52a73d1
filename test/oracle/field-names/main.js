/**
 * Writes the table of the fields of Kubernetes kinds from the OpenAPI document of a Kubernetes
 * release, whose version is the second argument. Only names and structure are taken from it.
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

const pathOfKind = (apiVersion, kind) => {
  const [version, group = ''] = apiVersion.split('/').reverse()
  return paths.find((path) =>
    definitions[path]['x-kubernetes-group-version-kind']?.some(
      (each) => each.kind === kind && each.group === group && each.version === version,
    ),
  )
}

/** The definition that a schema refers to, when it has fields; a quantity or a time has none. */
const targetOf = ({ $ref }) => {
  const path = $ref?.slice('#/definitions/'.length)
  return definitions[path]?.properties === undefined ? undefined : path
}
/** A field's form (`[]` for a list, `{}` for a map), and the definition of what it holds. */
const formOf = (schema) => {
  const { $ref, type, items, additionalProperties } = schema
  if (type === 'array') return ['[]', targetOf(items)]
  if (additionalProperties !== undefined) return ['{}', targetOf(additionalProperties)]
  // Any JSON value, such as the parameters of a driver.
  const isAny =
    type === 'object' || definitions[$ref?.slice('#/definitions/'.length)]?.type === 'object'
  const target = targetOf(schema)
  return [target === undefined && isAny ? '{}' : '', target]
}

const roots = Object.entries(kinds).flatMap(([apiVersion, names]) =>
  names.map((kind) => [apiVersion, kind, pathOfKind(apiVersion, kind)]),
)
const reached = new Set()
const reach = (path) => {
  if (path === undefined || reached.has(path)) return
  reached.add(path)
  for (const schema of Object.values(definitions[path].properties)) reach(formOf(schema)[1])
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
const fieldText = ([field, schema]) => {
  const [form, target] = formOf(schema)
  return `${field}${form}${target === undefined ? '' : `:${nameOf(target)}`}`
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
 * The fields of each type. \`[]\` is a list and \`{}\` a map whose keys are data; after the colon
 * is the type of what the field holds, when that has fields too.
 */
export const fieldsOfType: Readonly<Record<string, string>> = ${JSON.stringify(Object.fromEntries(types))}
`)
