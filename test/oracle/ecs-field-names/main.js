/**
 * Writes the table of the fields of Amazon ECS documents and templates from two packages of PyPI,
 * whose versions are the arguments: `botocore` has the model of the API, `cfn-lint` the schemas of
 * CloudFormation's resources. Only names and structure are taken from them.
 */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** The shapes of the API that a document of each kind may have the fields of. */
const kinds = {
  'task definition': ['TaskDefinition', 'RegisterTaskDefinitionRequest'],
  service: ['Service', 'CreateServiceRequest', 'UpdateServiceRequest'],
  'task set': ['TaskSet', 'CreateTaskSetRequest'],
  'container instance': ['ContainerInstance'],
  task: ['Task'],
  cluster: ['Cluster', 'CreateClusterRequest'],
  'capacity provider': ['CapacityProvider', 'CreateCapacityProviderRequest'],
}
const resources = ['AWS::ECS::Service', 'AWS::ECS::TaskDefinition', 'AWS::ECS::TaskSet']

const [, , botocore, linter] = process.argv
const folder = mkdtempSync(join(tmpdir(), 'stowage-ecs-field-names-'))
const run = (command, ...args) => execFileSync(command, args, { cwd: folder, encoding: 'utf8' })
const unpack = (name, version) => {
  run('pip', 'download', `${name}==${version}`, '--no-deps', '--quiet', '--dest', '.')
  const wheel = readdirSync(folder).find((file) => file.startsWith(name.replace('-', '_')))
  run('python3', '-m', 'zipfile', '--extract', wheel, name)
}
unpack('botocore', botocore)
unpack('cfn-lint', linter)

const model = join(folder, 'botocore/botocore/data/ecs/2014-11-13/service-2.json.gz')
const { shapes } = JSON.parse(gunzipSync(readFileSync(model)).toString('utf8'))
const schemas = join(folder, 'cfn-lint/cfnlint/data/schemas')
/** The linter keeps each schema under its digest, and a table of the digests for each region. */
const digests = JSON.parse(readFileSync(join(schemas, 'providers/us-east-1.json'), 'utf8'))
const schemaOf = (type) =>
  JSON.parse(readFileSync(join(schemas, `resources/${digests[type]}.json`), 'utf8'))

const types = new Map()
const byText = ([a], [b]) => (a < b ? -1 : 1)
/** Adds a type; a field is a pair of its name and the type of what it holds, if that has one. */
const add = (type, fields) =>
  types.set(
    type,
    [...new Map(fields)]
      .sort(byText)
      .map(([name, inner]) => (inner === undefined ? name : `${name}:${inner}`))
      .join(' '),
  )

/** The structure inside all lists of a shape. */
const structureIn = (name) => {
  const { type, member, document } = shapes[name]
  if (type === 'list') return structureIn(member.shape)
  if (type === 'map' && shapes[shapes[name].value.shape].type === 'structure')
    throw new Error(`${name} is a map of structures, which the table cannot say`)
  // A document of the API is any JSON.
  return type === 'structure' && document !== true ? name : undefined
}
const membersOf = (name) =>
  Object.entries(shapes[name].members).map(([field, { shape }]) => [field, structureIn(shape)])
const addShape = (name) => {
  if (name === undefined || types.has(name)) return
  add(name, membersOf(name))
  for (const [, inner] of membersOf(name)) addShape(inner)
}
for (const [kind, names] of Object.entries(kinds)) {
  const fields = names.flatMap(membersOf)
  add(kind, fields)
  for (const [, inner] of fields) addShape(inner)
}

for (const resource of resources) {
  const schema = schemaOf(resource)
  const short = resource.replace('AWS::ECS::', '')
  /** The type of what a property holds, inside all lists; an object without a name gets one. */
  const typeIn = (property, name) => {
    const definition = property.$ref?.replace('#/definitions/', '')
    if (definition !== undefined)
      return typeIn(schema.definitions[definition], `${short}.${definition}`)
    if (property.items !== undefined) return typeIn(property.items, name)
    if (property.properties === undefined) return undefined
    if (!types.has(name)) addObject(name, property)
    return name
  }
  const addObject = (type, { properties }) => {
    types.set(type, '')
    const fields = Object.entries(properties)
    add(
      type,
      fields.map(([name, property]) => [name, typeIn(property, `${type}.${name}`)]),
    )
  }
  addObject(resource, schema)
}
rmSync(folder, { recursive: true })

process.stdout.write(`/**
 * Lists the fields of the documents of Amazon ECS that are read, of the resources of CloudFormation
 * that are planned, and of all types inside them. \`test/oracle/ecs-field-names\` writes this file.
 *
 * Source: the model of the Amazon ECS API in \`botocore\` ${botocore}, and the schemas of
 * CloudFormation's resources in \`cfn-lint\` ${linter}.
 */

/**
 * The fields of each type, by the kind of a document, by the name of a shape of the API, or by the
 * type of a resource. A field is \`name\` for a single value, for a list of them and for a map
 * whose keys are data, or else \`name:type\`, where a value or the items of a list are of another
 * type of the table.
 */
export const ecsFieldsOfType: Readonly<Record<string, string>> = ${JSON.stringify(Object.fromEntries([...types].sort(byText)))}
`)
