/**
 * Reads each stack's name and parameter values from the manifest of an AWS CDK cloud assembly. A
 * value that the user gives replaces the value in the manifest.
 *
 * Source: AWS CDK, cloud assembly schema (AwsCloudFormationStackProperties).
 */
import { isObject, nearestNames, own, type SourceDocument } from '@stowage/documents'
import type { EcsWarning } from '../words/warning.js'
import type { TemplateParameters } from './parameter.js'
import { normalPath, pathBeside } from './path.js'
import type { Template } from './template.js'

/** A stack of a manifest; `from` is the document of the manifest. */
export interface AssemblyStack {
  readonly from: string
  readonly name: string
  readonly values: ReadonlyMap<string, string>
}

/** The stacks of the manifests among documents, by the path of the file of their template. */
export const assemblyStacksIn = (
  documents: readonly SourceDocument[],
): ReadonlyMap<string, AssemblyStack> =>
  new Map(
    documents.flatMap(({ from, value }) => {
      const artifacts = isObject(value) ? own(value, 'artifacts') : undefined
      return isObject(artifacts)
        ? Object.entries(artifacts).flatMap(([id, artifact]) => stackIn(from, id, artifact))
        : []
    }),
  )

/** A stack without a name of its own has that of its artifact. */
const stackIn = (
  from: string,
  id: string,
  artifact: unknown,
): readonly (readonly [string, AssemblyStack])[] => {
  const properties = isObject(artifact) ? own(artifact, 'properties') : undefined
  const file = isObject(properties) ? own(properties, 'templateFile') : undefined
  if (!isObject(properties) || typeof file !== 'string') return []
  const name = own(properties, 'stackName')
  const parameters = own(properties, 'parameters')
  const values = Object.entries(isObject(parameters) ? parameters : {}).flatMap(
    ([parameter, value]: [string, unknown]) =>
      ['string', 'number', 'boolean'].includes(typeof value)
        ? [[parameter, String(value)] as const]
        : [],
  )
  const stack = { from, name: typeof name === 'string' ? name : id, values: new Map(values) }
  return [[pathBeside(from, file), stack]]
}

/**
 * A warning for each parameter that a manifest gives to a stack whose template does not declare it:
 * CloudFormation would never see its value.
 */
export const unusedParameterWarnings = (
  stacks: ReadonlyMap<string, AssemblyStack>,
  { from, parameters }: Template,
): readonly EcsWarning[] => {
  const stack = stacks.get(normalPath(from))
  return [...(stack?.values.keys() ?? [])]
    .filter((name) => !parameters.has(name))
    .map((name) => ({
      code: 'ParameterUnused',
      from: stack?.from ?? from,
      subject: `stack ${stack?.name ?? from}`,
      text: 'the manifest gives a parameter that the template of the stack does not declare: it has no effect',
      detail: name + nearText(name, parameters.keys()),
    }))
}

const nearText = (name: string, known: Iterable<string>): string => {
  const [nearest] = nearestNames(name, known)
  return nearest === undefined ? '' : `; the nearest name is ${nearest}`
}

/** The parameters that a template is given: those of its stack, below those of the user. */
export const parametersWithStack = (
  stacks: ReadonlyMap<string, AssemblyStack>,
  template: Template,
  given: TemplateParameters,
): TemplateParameters => {
  const stack = stacks.get(normalPath(template.from))
  if (stack === undefined) return given
  const { from, origins = new Map() } = given
  const ofStack = [...stack.values].filter(([name]) => template.parameters.has(name))
  return {
    from,
    values: new Map([['AWS::StackName', stack.name], ...ofStack, ...given.values]),
    origins: new Map([
      ...ofStack.map(([name]) => [name, stack.from] as const),
      ...[...given.values.keys()].map((name) => [name, origins.get(name) ?? from] as const),
    ]),
  }
}
