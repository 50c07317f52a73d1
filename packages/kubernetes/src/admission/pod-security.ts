/**
 * Implements the admission plugin PodSecurity: refuses a pod that violates the policy which its
 * namespace enforces by its labels, such as `pod-security.kubernetes.io/enforce: restricted`. The
 * labels that only warn and audit have no effect.
 *
 * Source: Kubernetes documentation, "Pod Security Admission".
 */
import { enforcedPolicy, violationsOf } from '../pod-security/policy.js'
import type { WirePod } from '../wire/objects.js'
import { namespaceIn, type AdmissionCluster } from './cluster.js'

/** Why the pod violates the policy of its namespace; `undefined` when it does not. */
export const securityViolation = (
  pod: WirePod,
  { namespaces }: AdmissionCluster,
): string | undefined => {
  const labels = namespaces.get(namespaceIn(pod))?.labels
  if (labels === undefined) return undefined
  const policy = enforcedPolicy(labels)
  const violations = violationsOf(pod, policy)
  return violations.length === 0
    ? undefined
    : `violates PodSecurity "${policy.level}:${policy.version}": ${violations.join(', ')}`
}
