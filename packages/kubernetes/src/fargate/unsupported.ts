/**
 * Finds why Fargate cannot run a pod, and formats the refusal with the message of
 * `fargate-scheduler` where that is known.
 *
 * Source: Amazon EKS User Guide, "AWS Fargate" (considerations), for what is refused; messages of
 * `fargate-scheduler` as users have reported them, for the words and their order.
 */
import { podLimits, sizesOf, type PodSizeOptions } from '@stowage/fargate'
import type { PodLike } from '../surroundings/pod-like.js'
import { podRequests } from '../demand/requests.js'
import { volumeNameOf, type Storage } from '../surroundings/storage.js'
import type { PersistentVolume, PersistentVolumeClaim } from '../words/persistent-volume.js'
import type { PodSpec } from '../words/pod.js'
import { zero } from '../words/quantity.js'
import type { Volume } from '../words/volume.js'
import { foreignPlatform } from './architecture.js'
import { storageRequest } from '../fargate-profile/size.js'

type FargatePodLike = Pick<PodLike, 'namespace' | 'spec'>

/** Why a pod cannot run on Fargate, whatever its size; `undefined` when it can. */
export const refusalOf = (pod: FargatePodLike, storage: Storage): string | undefined => {
  const foreign = foreignPlatform(pod.spec)
  const all = [
    ...(foreign === undefined ? [] : [`it asks for ${foreign}, and there is Linux on x86 alone`]),
    ...unsupportedFields(pod.spec),
    ...unsupportedVolumes(pod, storage),
    ...unavailable(pod.spec),
  ]
  return all.length === 0 ? undefined : unsupportedText(all.join(', '))
}

/** The text of a refusal for this reason. */
export const unsupportedText = (why: string): string => `Pod not supported on Fargate: ${why}`

/** The text for a pod that no size covers. The part in brackets is ours, not the scheduler's. */
export const tooLargeText = (options: Pick<PodSizeOptions, 'vcpusMax'>): string => {
  const { cpu, memory } = sizesOf('linux', options).at(-1)!
  const most = `${cpu / 1024} vCPU and ${memory / 1024} GB, 256 MiB of which are kept`
  return `Your pod's cpu/memory requirements exceed the max Fargate configuration (${most})`
}

const unsupportedFields = (spec: PodSpec): readonly string[] => {
  const containers = [...spec.initContainers, ...spec.containers]
  const privileged = containers.filter(
    ({ securityContext }) => securityContext?.privileged === true,
  )
  const onHost = containers.some(({ ports }) =>
    ports.some(({ hostPort = 0, hostIP = '' }) => hostPort > 0 || hostIP !== ''),
  )
  return [
    ...(spec.hostNetwork === true ? ['fields not supported: HostNetwork'] : []),
    ...(privileged.length > 0
      ? [`invalid SecurityContext fields: ${privileged.map(() => 'Privileged').join(',')}`]
      : []),
    ...(onHost ? ['port contains HostIP or HostPort'] : []),
  ]
}

/** Unavailable resources, in the order of their names. */
const unavailable = (spec: PodSpec): readonly string[] => [
  ...[...podRequests(spec)].flatMap(([resource, quantity]) =>
    isDevice(resource) && quantity > zero ? [`resource ${resource} is not available`] : [],
  ),
  ...(storageRequest(spec) > podLimits.storageMax
    ? [`ephemeral-storage is at most ${podLimits.storageMax} GiB`]
    : []),
]

const isDevice = (resource: string): boolean =>
  resource.includes('/') || resource.startsWith('hugepages-')

const unsupportedVolumes = (pod: FargatePodLike, storage: Storage): readonly string[] => {
  const all = pod.spec.volumes.flatMap((volume) => wrongVolume(pod, volume, storage) ?? [])
  return all.length === 0 ? [] : [`volumes not supported: ${all.join(', ')}`]
}

const sources: readonly string[] = [
  ...['emptyDir', 'secret', 'configMap', 'projected', 'downwardAPI', 'nfs'],
  'persistentVolumeClaim',
]

/** Why a volume is unsupported. */
const wrongVolume = (
  { namespace }: FargatePodLike,
  volume: Volume,
  storage: Storage,
): string | undefined => {
  const { name = '', source } = volume
  if (source !== undefined && !sources.includes(source))
    return `${name} is of an unsupported volume Type`
  if (volume.persistentVolumeClaim === undefined) return undefined
  const { claimName } = volume.persistentVolumeClaim
  const why = wrongClaim(storage.claims.get(`${namespace}/${claimName}`), storage)
  return why === undefined ? undefined : `${name} not supported because: PVC ${claimName} ${why}`
}

/**
 * Why a claim is unsupported. Fargate provisions no volumes, so the claim needs an existing one.
 */
const wrongClaim = (
  claim: PersistentVolumeClaim | undefined,
  { volumes, unmade }: Storage,
): string | undefined => {
  const volume = claim === undefined ? undefined : volumes.get(volumeNameOf(claim))
  if (volume === undefined || unmade.has(volume.metadata.name)) return 'not bound'
  return blockStoreText(volume)
}

const blockStoreDriver = 'ebs.csi.aws.com'

/** Why a volume of Amazon EBS is not mounted; `undefined` for any other volume. */
const blockStoreText = ({ metadata, spec }: PersistentVolume): string | undefined => {
  if (spec.csi?.driver === blockStoreDriver)
    return `bound to invalid PV ${metadata.name} with CSI Driver: ${blockStoreDriver}`
  return spec.awsElasticBlockStore === undefined ? undefined : 'is a volume of Amazon EBS'
}
