/**
 * Lists the defaults that the API server fills in when it stores a pod template, by the type of the
 * object that has them.
 *
 * Source: API reference of PodTemplateSpec and of the types in it, Kubernetes 1.37.
 */
import { own } from '@stowage/documents'

/** An object of a template as it was read. */
export type Raw = Readonly<Record<string, unknown>>

const container = (raw: Raw): Raw => ({
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
  imagePullPolicy: pullPolicy(raw['image']),
})

const mode = (): Raw => ({ defaultMode: 0o644 })

const defaultsByType: Readonly<Record<string, (raw: Raw) => Raw>> = {
  PodSpec: ({ serviceAccount }) => ({
    serviceAccountName: serviceAccount,
    dnsPolicy: 'ClusterFirst',
    restartPolicy: 'Always',
    securityContext: {},
    terminationGracePeriodSeconds: 30,
    schedulerName: 'default-scheduler',
  }),
  Container: container,
  EphemeralContainerCommon: container,
  ContainerPort: () => ({ protocol: 'TCP' }),
  Probe: () => ({ timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 }),
  HTTPGetAction: () => ({ path: '/', scheme: 'HTTP' }),
  GRPCAction: () => ({ service: '' }),
  ObjectFieldSelector: () => ({ apiVersion: 'v1' }),
  ResourceFieldSelector: () => ({ divisor: '0' }),
  FileKeySelector: () => ({ optional: false }),
  Volume: (raw) => (isWithoutSource(raw) ? { emptyDir: {} } : {}),
  HostPathVolumeSource: () => ({ type: '' }),
  SecretVolumeSource: mode,
  ConfigMapVolumeSource: mode,
  DownwardAPIVolumeSource: mode,
  ProjectedVolumeSource: mode,
  ServiceAccountTokenProjection: () => ({ expirationSeconds: 3600 }),
  ImageVolumeSource: ({ reference }) => ({ pullPolicy: pullPolicy(reference) }),
  ISCSIVolumeSource: () => ({ iscsiInterface: 'default' }),
  RBDVolumeSource: () => ({ pool: 'rbd', user: 'admin', keyring: '/etc/ceph/keyring' }),
  AzureDiskVolumeSource: () => ({
    cachingMode: 'ReadWrite',
    fsType: 'ext4',
    readOnly: false,
    kind: 'Shared',
  }),
  ScaleIOVolumeSource: () => ({ storageMode: 'ThinProvisioned', fsType: 'xfs' }),
  PersistentVolumeClaimSpec: () => ({ volumeMode: 'Filesystem' }),
}

/** The object with the defaults of its type in the place of absent and of empty fields. */
export const withTypeDefaults = (type: string, raw: Raw): Raw => {
  const fill = own(defaultsByType, type) as ((raw: Raw) => Raw) | undefined
  if (fill === undefined) return raw
  const filled: Record<string, unknown> = { ...raw }
  for (const [name, value] of Object.entries(fill(raw))) {
    const before = own(raw, name)
    if (before === undefined || before === null || before === '' || before === 0)
      filled[name] = value
  }
  // The older of two names for one field always has the same value.
  return type === 'PodSpec' ? { ...filled, serviceAccount: filled['serviceAccountName'] } : filled
}

const isWithoutSource = (raw: Raw): boolean =>
  Object.entries(raw).every(([name, value]) => name === 'name' || value === null)

/** `Always` for the newest image, which is also meant by a name without a tag and a digest. */
const pullPolicy = (image: unknown): string => {
  if (typeof image !== 'string') return 'IfNotPresent'
  const [name = '', digest] = image.split('@')
  const last = name.slice(name.lastIndexOf('/') + 1)
  const [, tag = digest === undefined ? 'latest' : ''] = last.split(':')
  return isReference(name, last) && tag === 'latest' ? 'Always' : 'IfNotPresent'
}

/** Whether an image has a name at all, without capital letters in its path. */
const isReference = (name: string, last: string): boolean =>
  last !== '' && !/[A-Z]/.test(last.split(':')[0]!) && !name.startsWith('/')
