/**
 * Lists the admission plugins of kube-apiserver 1.37 by name, and validates the names that a user
 * enables. A name is an error if no such plugin exists, or if the plugin could change a plan but is
 * not implemented here.
 *
 * Source: Kubernetes documentation, "Admission Controllers", and the list in `--help` of
 * kube-apiserver.
 */
import { nearestNames, type DocumentFault } from '@stowage/documents'
import { renderValue } from '@stowage/kernel'

/** Plugins of the API server that are off by default. */
export type OptionalPlugin = (typeof optionalPlugins)[number]

const optionalPlugins = ['PodNodeSelector', 'ExtendedResourceToleration'] as const

/** Plugins that are on anyway. */
const pluginsOn = [
  ...['CertificateApproval', 'CertificateSigning', 'CertificateSubjectRestriction'],
  ...['ClusterTrustBundleAttest', 'DefaultIngressClass', 'DefaultStorageClass'],
  ...['DefaultTolerationSeconds', 'LimitRanger', 'MutatingAdmissionPolicy'],
  ...['MutatingAdmissionWebhook', 'NamespaceLifecycle', 'NodeDeclaredFeatureValidator'],
  ...['PersistentVolumeClaimResize', 'PodGroupProtection', 'PodResizeValidator', 'PodSecurity'],
  ...['PodTopologyLabels', 'Priority', 'ResourceQuota', 'RuntimeClass', 'ServiceAccount'],
  ...['StorageObjectInUseProtection', 'TaintNodesByCondition', 'ValidatingAdmissionPolicy'],
  'ValidatingAdmissionWebhook',
]

/** Plugins that are off by default, and that touch nothing that a plan reads. */
const pluginsWithoutEffect = [
  ...['AlwaysAdmit', 'AlwaysPullImages', 'DenyServiceExternalIPs', 'EventRateLimit'],
  ...['NamespaceAutoProvision', 'NamespaceExists', 'NodeRestriction'],
  'OwnerReferencesPermissionEnforcement',
]

/** Whether a plugin is off unless it is named. */
export const isOptionalPlugin = (name: string): name is OptionalPlugin =>
  (optionalPlugins as readonly string[]).includes(name)

/** A fault for each name of no plugin, and for each plugin that a plan does not apply. */
export const unknownPlugins = (names: readonly string[]): readonly DocumentFault[] =>
  names
    .filter((name) => !isOptionalPlugin(name) && !isIdlePlugin(name))
    .map((name) => ({
      from: '--enable-admission-plugins',
      at: [],
      found: renderValue(name),
      expected: `an admission plugin that a plan applies, ${optionalPlugins.join(' or ')}, or one that changes no plan; ${nearestTo(name)} is the nearest name`,
    }))

const isIdlePlugin = (name: string): boolean =>
  pluginsOn.includes(name) || pluginsWithoutEffect.includes(name)

const nearestTo = (name: string): string =>
  nearestNames(name, [...optionalPlugins, ...pluginsOn, ...pluginsWithoutEffect])[0]!
