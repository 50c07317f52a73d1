/**
 * Creates a warning for each unknown field of a document, such as the misspelt `launchTyp` of a
 * service. Calls get no such warning, because a call with an unknown field is refused.
 */
import { isObject, own } from '@stowage/documents'
import { pathOf } from '@stowage/kernel'
import { unknownFields, unknownFieldWarning } from '../schema/unknown-fields.js'
import type { Kind } from '../words/kind.js'
import type { Part } from '../words/part.js'
import type { EcsWarning } from '../words/warning.js'

/** The fields that name an object of a kind, the first one that it has. */
const namesOfKind: Readonly<Partial<Record<Kind, readonly string[]>>> = {
  'task definition': ['family', 'taskDefinitionArn'],
  service: ['serviceName', 'serviceArn'],
  'task set': ['id', 'taskSetArn'],
  'container instance': ['ec2InstanceId', 'containerInstanceArn'],
  task: ['taskArn'],
  cluster: ['clusterName', 'clusterArn'],
  'capacity provider': ['name', 'capacityProviderArn'],
  'Auto Scaling group': ['AutoScalingGroupName'],
}

/**
 * The warnings about all parts that were read from documents of the API. Each of them may have
 * `cluster`, which says where it is. Templates have their own names, and an object with these
 * outside of a template is not read at all.
 */
export const unknownWarnings = (parts: readonly Part[]): readonly EcsWarning[] =>
  parts.flatMap((part) =>
    part.kind === 'resource properties'
      ? [spellingWarning(part)]
      : part.stack === undefined
        ? unknownFields(part.kind, part.value)
            .filter(({ at }) => at.length > 1 || at[0] !== 'cluster')
            .map((field) => unknownFieldWarning(part.from, subjectOfPart(part), field))
        : [],
  )

const spellingWarning = ({ from, at, value }: Part): EcsWarning => {
  const isDefinition = isObject(value) && Object.hasOwn(value, 'ContainerDefinitions')
  const [type, name, field] = isDefinition
    ? ['AWS::ECS::TaskDefinition', 'Family', 'containerDefinitions']
    : ['AWS::ECS::Service', 'ServiceName', 'taskDefinition']
  const text = isObject(value) ? own(value, name) : undefined
  return {
    code: 'TemplateSpelling',
    from,
    subject: typeof text === 'string' ? `${type} ${text}` : type,
    text: `it is spelt as in a template of CloudFormation and is in none, so it is left out: write its fields as the API does, such as ${field}, or make it the Properties of a resource of Type ${type} under Resources`,
    ...(at.length === 0 ? {} : { detail: pathOf(at) }),
  }
}

const subjectOfPart = ({ kind, value }: Part): string => {
  const names = (namesOfKind[kind] ?? []).map((name) =>
    isObject(value) ? own(value, name) : undefined,
  )
  const name = names.find((each) => typeof each === 'string')
  return name === undefined ? kind : `${kind} ${name}`
}
