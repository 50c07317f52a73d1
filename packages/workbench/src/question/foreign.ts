/**
 * Recognizes documents of other tools, such as Terraform or Compose, and printed tables of kubectl,
 * none of which can be planned. Says what each is, and what to give instead.
 */
import { isObject, own, type SourceDocument } from '@stowage/documents'

/** What documents that are not read are, a line for each kind; empty for unknown ones. */
export const foreignKinds = (documents: readonly SourceDocument[]): readonly string[] => {
  const kinds = documents.flatMap(({ from, value }) => {
    const kind = foreignKind(value)
    return kind === undefined ? [] : [`${from} is ${kind}`]
  })
  return kinds.slice(0, foreignKindsMax)
}

/** More of them are of the same kind, mostly. */
const foreignKindsMax = 3

/** The lists of names that the list calls of Amazon ECS print, with the call that tells more. */
const arnLists: ReadonlyMap<string, string> = new Map([
  ['taskArns', 'describe-tasks'],
  ['serviceArns', 'describe-services'],
  ['containerInstanceArns', 'describe-container-instances'],
  ['taskDefinitionArns', 'describe-task-definition'],
  ['clusterArns', 'describe-clusters'],
  ['families', 'describe-task-definition'],
])

const foreignKind = (value: unknown): string | undefined => {
  if (typeof value === 'string')
    return /^(?:NAME|NAMESPACE)\s+[A-Z]/.test(value) ? table : undefined
  if (!isObject(value)) return undefined
  if (own(value, 'kind') === 'Table' || isDescription(value)) return table
  if (own(value, 'kind') === 'Status' && typeof own(value, 'message') === 'string')
    return `an error that kubectl printed: ${String(own(value, 'message'))}`
  const list = Object.keys(value).find((key) => arnLists.has(key) && isTextList(own(value, key)))
  if (list !== undefined)
    return `a list of names alone: give what aws ecs ${arnLists.get(list)!} prints`
  if (isObject(own(value, 'services')) && !Object.hasOwn(value, 'apiVersion'))
    return 'a Compose file: convert it first, as in kompose convert --stdout | stowage plan -'
  if (Object.hasOwn(value, 'terraform_version'))
    return 'of Terraform, whose plans are not read: give what the AWS CLI or kubectl prints'
  const isChart = own(value, 'apiVersion') === 'v2' || own(value, 'apiVersion') === 'v1'
  if (isChart && !Object.hasOwn(value, 'kind') && Object.hasOwn(value, 'version'))
    return 'the description of a Helm chart: render it, as in helm template CHART | stowage plan -'
  return undefined
}

const table = 'what kubectl prints for people: print objects, as in kubectl get pods -o yaml'

/** What `kubectl describe` prints may be read as YAML. */
const isDescription = (value: object): boolean =>
  Object.hasOwn(value, 'Name') && Object.hasOwn(value, 'Namespace') && !Object.hasOwn(value, 'kind')

const isTextList = (value: unknown): boolean =>
  Array.isArray(value) && value.every((one) => typeof one === 'string')
