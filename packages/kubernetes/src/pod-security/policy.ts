/**
 * Evaluates a pod against a policy of Pod Security Admission: a level (`privileged`, `baseline` or
 * `restricted`) of a version of the standards (`latest` or, for example, `v1.30`). Reads the policy
 * that a namespace enforces from its labels.
 *
 * Source: Kubernetes documentation, "Pod Security Standards" and "Pod Security Admission".
 */
import type { Texts, WirePod } from '../wire/objects.js'
import {
  appArmorProfile,
  defaultCapabilitiesOnly,
  hostNamespaces,
  hostPathVolumes,
  hostPorts,
  hostProbes,
  privilegedContainers,
  procMount,
  seccompAnnotations,
  seccompProfile,
  selinuxOptions,
  sysctls,
  windowsHostProcess,
} from './baseline.js'
import type { PodCheck } from './check.js'
import {
  allCapabilitiesDropped,
  allowPrivilegeEscalation,
  restrictedVolumes,
  runAsNonRoot,
  runAsUser,
  seccompProfileSet,
  unlessOwnUsers,
  unlessWindows,
} from './restricted.js'

const securityLevels = ['privileged', 'baseline', 'restricted'] as const

/** How strict a policy is. */
export type SecurityLevel = (typeof securityLevels)[number]

/** A level, and the version of the standards as the label has it. */
export interface SecurityPolicy {
  readonly level: SecurityLevel
  readonly version: string
}

const enforceLabel = 'pod-security.kubernetes.io/enforce'

/** The labels of namespaces with levels; each has one with a version beside it. */
const levelLabels = ['enforce', 'audit', 'warn'].map((mode) => `pod-security.kubernetes.io/${mode}`)
const versionLabel = (label: string): string => `${label}-version`

/** Labels of a namespace whose value the API server does not take, with what it expects. */
export const wrongPolicyLabels = (
  labels: Texts,
): readonly { readonly label: string; readonly expected: string }[] => {
  const isWrong = (label: string, isKnown: (text: string) => boolean): boolean =>
    Object.hasOwn(labels, label) && !isKnown(labels[label]!)
  return levelLabels.flatMap((label) => [
    ...(isWrong(label, isLevel)
      ? [{ label, expected: `one of ${securityLevels.join(', ')}` }]
      : []),
    ...(isWrong(versionLabel(label), (text) => minorOf(text) !== undefined)
      ? [{ label: versionLabel(label), expected: '"latest" or "v1.x"' }]
      : []),
  ])
}

const isLevel = (text: string): text is SecurityLevel =>
  (securityLevels as readonly string[]).includes(text)

/** The policy that a namespace enforces; a level that there is not counts as the strictest. */
export const enforcedPolicy = (labels: Texts): SecurityPolicy => {
  const textOf = (label: string): string | undefined =>
    Object.hasOwn(labels, label) ? labels[label] : undefined
  const level = textOf(enforceLabel) ?? 'privileged'
  const version = textOf(versionLabel(enforceLabel)) ?? latest
  return {
    level: isLevel(level) ? level : 'restricted',
    version: minorOf(version) === undefined ? latest : version,
  }
}

const latest = 'latest'

/** The last version that changed any check. */
const minorMax = 37

const versionForm = /^v1\.(0|[1-9]\d*)$/

/** The minor version; `undefined` of a text that is no version. */
const minorOf = (version: string): number | undefined => {
  if (version === latest) return minorMax
  const digits = versionForm.exec(version)?.[1]
  return digits === undefined ? undefined : Math.min(Number(digits), minorMax)
}

/** A check as it has been since each of these minor versions, which rise. */
type VersionedCheck = readonly (readonly [minor: number, check: PodCheck])[]

const keepalive = ['time', 'intvl', 'probes'].map((name) => `net.ipv4.tcp_keepalive_${name}`)
const sysctlsSince27 = ['net.ipv4.ip_local_reserved_ports']
const sysctlsSince29 = [...sysctlsSince27, ...keepalive, 'net.ipv4.tcp_fin_timeout']
const sysctlsSince32 = [...sysctlsSince29, 'net.ipv4.tcp_rmem', 'net.ipv4.tcp_wmem']
const sysctlsSince37 = [
  ...sysctlsSince32,
  ...['net.ipv4.tcp_slow_start_after_idle', 'net.ipv4.tcp_notsent_lowat'],
]

/** The checks of both levels, in the order in which messages have them. */
const baselineChecks = {
  appArmorProfile: [[0, appArmorProfile]],
  capabilities: [[0, defaultCapabilitiesOnly]],
  hostNamespaces: [[0, hostNamespaces]],
  hostPathVolumes: [[0, hostPathVolumes]],
  hostPorts: [[0, hostPorts]],
  hostProbes: [[34, hostProbes]],
  privileged: [[0, privilegedContainers]],
  procMount: [
    [0, procMount],
    [35, unlessOwnUsers(procMount)],
  ],
  selinuxOptions: [
    [0, selinuxOptions([])],
    [31, selinuxOptions(['container_engine_t'])],
  ],
  seccompProfile: [
    [0, seccompAnnotations],
    [19, seccompProfile],
  ],
  sysctls: [
    [0, sysctls([])],
    [27, sysctls(sysctlsSince27)],
    [29, sysctls(sysctlsSince29)],
    [32, sysctls(sysctlsSince32)],
    [37, sysctls(sysctlsSince37)],
  ],
  windowsHostProcess: [[0, windowsHostProcess]],
} satisfies Readonly<Record<string, VersionedCheck>>

/** The checks of `restricted` alone, each with the check of `baseline` that it stands for. */
const restrictedChecks: readonly (readonly [
  check: VersionedCheck,
  standsFor?: keyof typeof baselineChecks,
])[] = [
  [
    [
      [8, allowPrivilegeEscalation],
      [25, unlessWindows(allowPrivilegeEscalation)],
    ],
  ],
  [
    [
      [22, allCapabilitiesDropped],
      [25, unlessWindows(allCapabilitiesDropped)],
    ],
    'capabilities',
  ],
  [[[35, procMount]], 'procMount'],
  [[[0, restrictedVolumes]], 'hostPathVolumes'],
  [
    [
      [0, runAsNonRoot],
      [35, unlessOwnUsers(runAsNonRoot)],
    ],
  ],
  [
    [
      [23, runAsUser],
      [35, unlessOwnUsers(runAsUser)],
    ],
  ],
  [
    [
      [19, seccompProfileSet],
      [25, unlessWindows(seccompProfileSet)],
    ],
    'seccompProfile',
  ],
]

/** What the policy forbids in the pod, in the words of the API server; empty when nothing. */
export const violationsOf = (
  pod: WirePod,
  { level, version }: SecurityPolicy,
): readonly string[] => {
  if (level === 'privileged') return []
  const minor = minorOf(version) ?? minorMax
  const stricter =
    level === 'baseline'
      ? []
      : restrictedChecks.flatMap(([check, standsFor]) => {
          const atVersion = checkAt(check, minor)
          return atVersion === undefined ? [] : [{ check: atVersion, standsFor }]
        })
  const replaced = new Set<string | undefined>(stricter.map(({ standsFor }) => standsFor))
  const checks = [
    ...Object.entries(baselineChecks).flatMap(([name, check]: [string, VersionedCheck]) =>
      replaced.has(name) ? [] : (checkAt(check, minor) ?? []),
    ),
    ...stricter.map(({ check }) => check),
  ]
  return checks.flatMap((check) => check(pod) ?? [])
}

const checkAt = (check: VersionedCheck, minor: number): PodCheck | undefined =>
  check.filter(([since]) => since <= minor).at(-1)?.[1]
