/**
 * Checks whether a pod requires an operating system or architecture that EKS on Fargate does not
 * have. Fargate has only Linux on x86. Other requirements of a pod on its node have no effect on
 * Fargate.
 *
 * Source: Amazon EKS User Guide, "AWS Fargate" (considerations: no Windows, no Arm); Kubernetes
 * documentation, "Assigning Pods to Nodes" (operators of node affinity).
 */
import type { NodeSelectorRequirement, NodeSelectorTerm } from '../words/node-selector.js'
import type { PodSpec } from '../words/pod.js'

/** The labels by which a pod can ask, as a Fargate node has them. */
const platform: ReadonlyMap<string, string> = new Map([
  ['kubernetes.io/arch', 'amd64'],
  ['beta.kubernetes.io/arch', 'amd64'],
  ['kubernetes.io/os', 'linux'],
  ['beta.kubernetes.io/os', 'linux'],
])

/** Why the pod's platform is not that of Fargate, as `kubernetes.io/arch=arm64`, if it is not. */
export const foreignPlatform = ({ os, nodeSelector, affinity }: PodSpec): string | undefined => {
  if (os !== undefined && os.name !== 'linux') return `spec.os.name=${os.name}`
  for (const [key, value] of nodeSelector)
    if (platform.has(key) && platform.get(key) !== value) return `${key}=${value}`
  const terms =
    affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms
  const refused = terms?.map(refusedRequirement) ?? []
  const [first] = refused
  return first === undefined || refused.includes(undefined) ? undefined : first
}

/** The first requirement of a term that Fargate does not meet; terms are alternatives. */
const refusedRequirement = ({ matchExpressions }: NodeSelectorTerm): string | undefined => {
  const refused = matchExpressions.find((one) => platform.has(one.key) && !hasRequirement(one))
  if (refused === undefined) return undefined
  const { key, operator, values } = refused
  return operator === 'In' ? `${key}=${values.join(',')}` : `${key} ${operator} ${values.join(',')}`
}

/** Whether the platform meets a requirement; no value of it is a number. */
const hasRequirement = ({ key, operator, values }: NodeSelectorRequirement): boolean => {
  const isAmong = values.includes(platform.get(key) ?? '')
  switch (operator) {
    case 'In':
      return isAmong
    case 'NotIn':
      return !isAmong
    default:
      return operator === 'Exists'
  }
}
