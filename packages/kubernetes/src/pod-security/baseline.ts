/**
 * Checks a pod against the rules of the Pod Security Standard `baseline`, such as no host network
 * and no privileged containers. Each export is one check, or makes one for a list of allowed values
 * that has grown with the versions of the standard.
 *
 * Source: Kubernetes documentation, "Pod Security Standards".
 */
import type { WireContainer, WireHandler, WirePod } from '../wire/objects.js'
import type { WireProfile, WireSecurityContext } from '../wire/security.js'
import {
  containersIn,
  containersText,
  contextsIn,
  countedWord,
  namesWhere,
  quotedTexts,
  settersText,
  settersWhere,
  sortedSet,
  violation,
  type PodCheck,
} from './check.js'

const armorPrefix = 'container.apparmor.security.beta.kubernetes.io/'
const seccompKey = 'seccomp.security.alpha.kubernetes.io/pod'
const seccompPrefix = 'container.seccomp.security.alpha.kubernetes.io/'

/** Whether a profile is of the two types that are allowed. */
export const isKnownProfile = ({ type }: WireProfile): boolean =>
  type === 'RuntimeDefault' || type === 'Localhost'

const annotationText = (key: string, value: string): string => `${key}=${JSON.stringify(value)}`

/** The values of a profile that is not allowed. */
const typesOf = (
  contexts: readonly WireSecurityContext[],
  field: 'appArmorProfile' | 'seccompProfile',
): readonly string[] =>
  contexts.flatMap(({ [field]: profile }) =>
    profile === undefined || isKnownProfile(profile) ? [] : [profile.type ?? ''],
  )

/** AppArmor profiles, in fields and in annotations. */
export const appArmorProfile: PodCheck = (pod) => {
  const setters = settersWhere(
    pod,
    ({ appArmorProfile: profile }) => profile !== undefined && !isKnownProfile(profile),
  )
  const annotations = Object.entries(pod.metadata?.annotations ?? {})
    .filter(([key, value]) => key.startsWith(armorPrefix) && !isArmorText(value))
    .map(([key, value]) => annotationText(key, value))
  if (setters.length + annotations.length === 0) return undefined
  const values = [
    ...sortedSet(typesOf(contextsIn(pod), 'appArmorProfile')),
    ...sortedSet(annotations),
  ]
  const all =
    annotations.length === 0 ? setters : [...setters, countedWord(annotations.length, 'annotation')]
  return violation(
    countedWord(values.length, 'forbidden AppArmor profile'),
    `${settersText(all)} must not set AppArmor profile type to ${quotedTexts(values)}`,
  )
}

const isArmorText = (text: string): boolean =>
  text === '' || text === 'runtime/default' || text.startsWith('localhost/')

const defaultCapabilities = new Set([
  ...['AUDIT_WRITE', 'CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'FSETID', 'KILL', 'MKNOD'],
  ...['NET_BIND_SERVICE', 'SETFCAP', 'SETGID', 'SETPCAP', 'SETUID', 'SYS_CHROOT'],
])

/** Which capabilities beyond the allowed ones are added, by containers with these names. */
export const capabilitiesBeyond = (
  pod: WirePod,
  allowed: ReadonlySet<string>,
): string | undefined => {
  const isBeyond = (name: string): boolean => !allowed.has(name)
  const addedBy = ({ securityContext }: WireContainer): readonly string[] =>
    (securityContext?.capabilities?.add ?? []).filter(isBeyond)
  const names = namesWhere(pod, (container) => addedBy(container).length > 0)
  return names.length === 0
    ? undefined
    : `${containersText(names)} must not include ${quotedTexts(sortedSet(containersIn(pod).flatMap(addedBy)))} in securityContext.capabilities.add`
}

/** Capabilities that a runtime does not give anyway. */
export const defaultCapabilitiesOnly: PodCheck = (pod) => {
  const details = capabilitiesBeyond(pod, defaultCapabilities)
  return details === undefined ? undefined : violation('non-default capabilities', details)
}

/** The namespaces of the host. */
export const hostNamespaces: PodCheck = ({ spec = {} }) => {
  const fields = (['hostNetwork', 'hostPID', 'hostIPC'] as const).filter(
    (field) => spec[field] === true,
  )
  return fields.length === 0
    ? undefined
    : violation('host namespaces', fields.map((field) => `${field}=true`).join(', '))
}

/** Volumes that are folders of the host. */
export const hostPathVolumes: PodCheck = ({ spec }) => {
  const names = (spec?.volumes ?? [])
    .filter((volume) => volume['hostPath'] !== undefined)
    .map(({ name = '' }) => name)
  return names.length === 0
    ? undefined
    : violation('hostPath volumes', `${countedWord(names.length, 'volume')} ${quotedTexts(names)}`)
}

/** Ports of the host. */
export const hostPorts: PodCheck = (pod) => {
  const portsOf = ({ ports = [] }: WireContainer): readonly string[] =>
    ports.flatMap(({ hostPort = 0 }) => (hostPort === 0 ? [] : [String(hostPort)]))
  const names = namesWhere(pod, (container) => portsOf(container).length > 0)
  if (names.length === 0) return undefined
  const ports = sortedSet(containersIn(pod).flatMap(portsOf))
  return violation(
    'hostPort',
    `${containersText(names)} ${countedWord(names.length, 'uses', 'use')} ${countedWord(ports.length, 'hostPort')} ${ports.join(', ')}`,
  )
}

/** Hosts that probes and hooks name. */
export const hostProbes: PodCheck = (pod) => {
  const names = namesWhere(pod, (container) => hostsOf(container).length > 0)
  if (names.length === 0) return undefined
  const hosts = sortedSet(containersIn(pod).flatMap(hostsOf))
  return violation(
    'probe or lifecycle host',
    `${containersText(sortedSet(names))} ${countedWord(names.length, 'uses', 'use')} ${countedWord(hosts.length, 'probe or lifecycle host')} ${quotedTexts(hosts)}`,
  )
}

const hostsOf = (container: WireContainer): readonly string[] => {
  const { livenessProbe, readinessProbe, startupProbe, lifecycle } = container
  const handlers: readonly (WireHandler | undefined)[] = [
    ...[livenessProbe, readinessProbe, startupProbe],
    ...[lifecycle?.postStart, lifecycle?.preStop],
  ]
  return handlers
    .flatMap((handler) => [handler?.httpGet?.host ?? '', handler?.tcpSocket?.host ?? ''])
    .filter((host) => host !== '')
}

/** Privileged containers. */
export const privilegedContainers: PodCheck = (pod) => {
  const names = namesWhere(pod, ({ securityContext }) => securityContext?.privileged === true)
  return names.length === 0
    ? undefined
    : violation(
        'privileged',
        `${containersText(names)} must not set securityContext.privileged=true`,
      )
}

/** Mounts of `/proc` without its masks. */
export const procMount: PodCheck = (pod) => {
  const mountOf = ({ securityContext }: WireContainer): string =>
    securityContext?.procMount ?? 'Default'
  const names = namesWhere(pod, (container) => mountOf(container) !== 'Default')
  if (names.length === 0) return undefined
  const mounts = sortedSet(
    containersIn(pod)
      .map(mountOf)
      .filter((mount) => mount !== 'Default'),
  )
  return violation(
    'procMount',
    `${containersText(names)} must not set securityContext.procMount to ${quotedTexts(mounts)}`,
  )
}

const selinuxTypes = ['', 'container_t', 'container_init_t', 'container_kvm_t']

/** Options of SELinux, where more types are allowed since version 1.31. */
export const selinuxOptions = (typesToo: readonly string[]): PodCheck => {
  const allowed = new Set([...selinuxTypes, ...typesToo])
  return (pod) => {
    const setters = settersWhere(pod, ({ seLinuxOptions: options }) => {
      const { user = '', role = '', type = '' } = options ?? {}
      return !allowed.has(type) || user !== '' || role !== ''
    })
    if (setters.length === 0) return undefined
    const options = contextsIn(pod).flatMap(({ seLinuxOptions }) => seLinuxOptions ?? [])
    const types = sortedSet(options.flatMap(({ type = '' }) => (allowed.has(type) ? [] : [type])))
    const details = [
      ...(types.length === 0 ? [] : [`${countedWord(types.length, 'type')} ${quotedTexts(types)}`]),
      ...(options.some(({ user = '' }) => user !== '') ? ['user may not be set'] : []),
      ...(options.some(({ role = '' }) => role !== '') ? ['role may not be set'] : []),
    ]
    return violation(
      'seLinuxOptions',
      `${settersText(setters)} set forbidden securityContext.seLinuxOptions: ${details.join('; ')}`,
    )
  }
}

/** Seccomp profiles in annotations, before there were fields. */
export const seccompAnnotations: PodCheck = (pod) => {
  const annotations = pod.metadata?.annotations ?? {}
  const keys = [seccompKey, ...containersIn(pod).map(({ name = '' }) => `${seccompPrefix}${name}`)]
  const texts = sortedSet(
    keys.flatMap((key) => {
      const value = Object.hasOwn(annotations, key) ? annotations[key] : undefined
      return value === undefined || isSeccompText(value) ? [] : [annotationText(key, value)]
    }),
  )
  return texts.length === 0
    ? undefined
    : violation(
        'seccompProfile',
        `forbidden ${countedWord(texts.length, 'annotation')} ${texts.join(', ')}`,
      )
}

const isSeccompText = (text: string): boolean =>
  text === 'runtime/default' || text === 'docker/default' || text.startsWith('localhost/')

/** Seccomp profiles that are set and not allowed. */
export const seccompProfile: PodCheck = (pod) => {
  const setters = settersWhere(
    pod,
    ({ seccompProfile: profile }) => profile !== undefined && !isKnownProfile(profile),
  )
  return setters.length === 0
    ? undefined
    : violation(
        'seccompProfile',
        `${settersText(setters)} must not set securityContext.seccompProfile.type to ${quotedTexts(sortedSet(typesOf(contextsIn(pod), 'seccompProfile')))}`,
      )
}

const safeSysctls = [
  ...['kernel.shm_rmid_forced', 'net.ipv4.ip_local_port_range', 'net.ipv4.tcp_syncookies'],
  ...['net.ipv4.ping_group_range', 'net.ipv4.ip_unprivileged_port_start'],
]

/** Sysctls, of which more are allowed in later versions. */
export const sysctls = (namesToo: readonly string[]): PodCheck => {
  const allowed = new Set([...safeSysctls, ...namesToo])
  return ({ spec }) => {
    const names = (spec?.securityContext?.sysctls ?? [])
      .map(({ name = '' }) => name)
      .filter((name) => !allowed.has(name))
    return names.length === 0 ? undefined : violation('forbidden sysctls', names.join(', '))
  }
}

/** Processes of the host on Windows. */
export const windowsHostProcess: PodCheck = (pod) => {
  const setters = settersWhere(pod, ({ windowsOptions }) => windowsOptions?.hostProcess === true)
  return setters.length === 0
    ? undefined
    : violation(
        'hostProcess',
        `${settersText(setters)} must not set securityContext.windowsOptions.hostProcess=true`,
      )
}
