/**
 * Tests which names of admission plugins are accepted, against the list of kube-apiserver 1.37.2.
 */
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { isOptionalPlugin, unknownPlugins } from './plugin-name.js'

/** All plugins in the order of kube-apiserver. */
const upstream = [
  ...['AlwaysAdmit', 'NamespaceAutoProvision', 'NamespaceLifecycle', 'NamespaceExists'],
  ...['LimitPodHardAntiAffinityTopology', 'LimitRanger', 'ServiceAccount', 'NodeRestriction'],
  ...['TaintNodesByCondition', 'AlwaysPullImages', 'ImagePolicyWebhook', 'PodSecurity'],
  ...['PodNodeSelector', 'Priority', 'DefaultTolerationSeconds', 'PodTolerationRestriction'],
  ...['EventRateLimit', 'ExtendedResourceToleration', 'DefaultStorageClass'],
  ...['StorageObjectInUseProtection', 'PodGroupProtection'],
  ...['OwnerReferencesPermissionEnforcement', 'PersistentVolumeClaimResize', 'RuntimeClass'],
  ...['CertificateApproval', 'CertificateSigning', 'ClusterTrustBundleAttest'],
  ...['CertificateSubjectRestriction', 'DefaultIngressClass', 'DenyServiceExternalIPs'],
  ...['PodTopologyLabels', 'NodeDeclaredFeatureValidator', 'PodResizeValidator'],
  ...['MutatingAdmissionPolicy', 'MutatingAdmissionWebhook', 'ValidatingAdmissionPolicy'],
  ...['ValidatingAdmissionWebhook', 'ResourceQuota', 'AlwaysDeny'],
]
/** Plugins that would change or refuse pods, by files that no input holds or by no rule at all. */
const beyond = [
  ...['AlwaysDeny', 'ImagePolicyWebhook', 'LimitPodHardAntiAffinityTopology'],
  'PodTolerationRestriction',
]

const anyName = fc.oneof(fc.constantFrom(...upstream), fc.constantFrom('', 'toString', 'priority'))
const refuses = (find: typeof unknownPlugins) =>
  fc.property(fc.array(anyName, { maxLength: 4 }), (names) => {
    const expected = names.filter((name) => !upstream.includes(name) || beyond.includes(name))
    return (
      JSON.stringify(find(names).map(({ found }) => found)) ===
      JSON.stringify(expected.map((name) => JSON.stringify(name)))
    )
  })

it('are those that a plan applies, and those that change no plan', () => {
  fc.assert(refuses(unknownPlugins))
})
it('is refuted when only the optional plugins have names', () => {
  const optionalOnly: typeof unknownPlugins = (names) =>
    names
      .filter((name) => !isOptionalPlugin(name))
      .map((name) => ({ from: '', at: [], found: JSON.stringify(name), expected: '' }))
  expect(isRefuted(refuses(optionalOnly))).toBe(true)
})
it('names the nearest one of a mistyped name', () => {
  expect(unknownPlugins(['PodNodeSelektor'])).toEqual([
    {
      from: '--enable-admission-plugins',
      at: [],
      found: '"PodNodeSelektor"',
      expected:
        'an admission plugin that a plan applies, PodNodeSelector or ExtendedResourceToleration, or one that changes no plan; PodNodeSelector is the nearest name',
    },
  ])
})
