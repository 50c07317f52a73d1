/**
 * Decodes Fargate profiles from the output of `aws eks describe-fargate-profile`, and checks them
 * against each other and the quotas. A profile says which pods run on EKS Fargate, and in which
 * subnets.
 *
 * Source: Amazon EKS API Reference, FargateProfile and FargateProfileSelector; Amazon EKS User
 * Guide, Fargate quotas.
 */
import {
  decodeValue,
  dictionary,
  listOrEmpty,
  nonEmptyText,
  oneOf,
  optional,
  record,
  text,
  type Codec,
  type DocumentFault,
  type SourceDocument,
} from '@stowage/documents'
import { byCodeUnit, renderValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import type { Labels } from '../words/label-selector.js'
import type { KubernetesWarning, KubernetesWarningCode } from '../words/warning.js'

/** Selects pods in the namespace that have all of the labels. All texts may contain wildcards. */
export interface FargateProfileSelector {
  readonly namespace: string
  readonly labels: Labels
}

/**
 * A Fargate profile: which pods it takes, and in which subnets they run. Source: Amazon EKS API
 * Reference, "FargateProfile".
 */
export interface FargateProfile {
  readonly fargateProfileName: string
  /** `arn:aws:eks:REGION:ACCOUNT:fargateprofile/CLUSTER/NAME/ID` */
  readonly fargateProfileArn: string | undefined
  readonly clusterName: string | undefined
  readonly selectors: readonly FargateProfileSelector[]
  readonly subnets: readonly string[]
  readonly status: string | undefined
}

/** Quotas that AWS can raise, so exceeding one is only a warning. */
export const profileQuotas = { perCluster: 10, selectors: 5, labelsPerSelector: 5 } as const

const statuses = ['CREATING', 'ACTIVE', 'DELETING', 'CREATE_FAILED', 'DELETE_FAILED']
const Selector: Codec<FargateProfileSelector> = record<FargateProfileSelector>('an object', {
  namespace: nonEmptyText('a namespace'),
  labels: dictionary(text),
})

const FargateProfile: Codec<FargateProfile> = record<FargateProfile>('a Fargate profile', {
  fargateProfileName: nonEmptyText('the name of a Fargate profile'),
  fargateProfileArn: optional(text),
  clusterName: optional(text),
  selectors: listOrEmpty(Selector),
  subnets: listOrEmpty(text),
  status: optional(oneOf(statuses)),
})

/** The answer of `aws eks describe-fargate-profile`. */
interface ProfileDescription {
  readonly fargateProfile: FargateProfile
}
const ProfileDescription: Codec<ProfileDescription> = record<ProfileDescription>('an object', {
  fargateProfile: FargateProfile,
})

/** Whether a document describes a Fargate profile, or is a list of such descriptions. */
export const isFargateProfile = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.length > 0 && value.every(isFargateProfile)
    : typeof value === 'object' && value !== null && 'fargateProfile' in value

/** The profiles of one cluster, and warnings about settings without effect. */
export interface FargateProfiles {
  /** Sorted by name. */
  readonly profiles: readonly FargateProfile[]
  readonly warnings: readonly KubernetesWarning[]
}

type ProfilePath = readonly (string | number)[]

interface LocatedProfile {
  readonly from: string
  readonly at: ProfilePath
  readonly profile: FargateProfile
}

/**
 * Reads the profiles of one cluster from answers of `aws eks describe-fargate-profile`. A `Left`
 * lists every error with its document and path.
 */
export const readFargateProfiles = (
  documents: readonly SourceDocument[],
): E.Either<readonly DocumentFault[], FargateProfiles> => {
  const bad: DocumentFault[] = []
  const read: LocatedProfile[] = []
  for (const { from, at, value } of documents.flatMap(itemsOf)) {
    const decoded = decodeValue(ProfileDescription, value)
    if (E.isRight(decoded)) read.push({ from, at, profile: decoded.right.fargateProfile })
    else
      for (const one of decoded.left.map((one) => ({ ...one, from, at: [...at, ...one.at] })))
        bad.push(one)
  }
  const wrong = [...bad, ...wrongIdentities(read)]
  if (wrong.length > 0) return E.left(wrong)
  return E.right({
    profiles: read.map(({ profile }) => profile).sort(byName),
    warnings: [...read.flatMap(profileWarnings), ...tooMany(read)],
  })
}

const itemsOf = ({
  from,
  value,
}: SourceDocument): readonly (SourceDocument & { readonly at: ProfilePath })[] =>
  Array.isArray(value)
    ? value.map((item: unknown, i) => ({ from, at: [i], value: item }))
    : [{ from, at: [], value }]

const byName = (one: FargateProfile, other: FargateProfile): number =>
  byCodeUnit(one.fargateProfileName, other.fargateProfileName)

/** Checks that names are unique and all profiles belong to one cluster. */
const wrongIdentities = (read: readonly LocatedProfile[]): readonly DocumentFault[] => {
  const firsts = new Map(
    [...read].reverse().map((one) => [one.profile.fargateProfileName, one] as const),
  )
  return read.flatMap((one) => {
    const twin = firsts.get(one.profile.fargateProfileName)
    return wrongIdentity(one, twin === one ? undefined : twin, read[0]!)
  })
}

/** `twin` is the first profile of the same name, when it is another one. */
const wrongIdentity = (
  { from, at, profile }: LocatedProfile,
  twin: LocatedProfile | undefined,
  first: LocatedProfile,
): readonly DocumentFault[] => {
  const wrong = (field: 'fargateProfileName' | 'clusterName', expected: string): DocumentFault => ({
    from,
    at: [...at, 'fargateProfile', field],
    found: renderValue(profile[field]),
    expected,
  })
  return [
    ...(twin === undefined
      ? []
      : [wrong('fargateProfileName', `a name of its own: it is also in ${twin.from}`)]),
    ...(first.profile.clusterName === profile.clusterName
      ? []
      : [wrong('clusterName', `${renderValue(first.profile.clusterName)}, as in ${first.from}`)]),
  ]
}

/** Whether the profile is active; others take no pods. */
export const isActive = ({ status: now = 'ACTIVE' }: FargateProfile): boolean => now === 'ACTIVE'

const profileWarnings = ({ from, profile }: LocatedProfile): readonly KubernetesWarning[] => {
  const { selectors, status: now = 'ACTIVE' } = profile
  const subject = `Fargate profile ${profile.fargateProfileName}`
  const labelsMax = selectors.reduce((most, { labels }) => Math.max(most, labels.size), 0)
  const { selectors: most, labelsPerSelector } = profileQuotas
  const all: readonly (readonly [holds: boolean, code: KubernetesWarningCode, text: string])[] = [
    [!isActive(profile), 'FargateProfileInactive', `it is ${now}, so it takes no pods`],
    [
      selectors.length === 0,
      'FargateProfileWithoutSelector',
      'it has no selectors, so it takes no pods',
    ],
    [
      selectors.length > most,
      'FargateProfileSelectorsOverQuota',
      `it has more than ${most} selectors, the quota unless it was raised`,
    ],
    [
      labelsMax > labelsPerSelector,
      'FargateProfileLabelsOverQuota',
      `a selector has more than ${labelsPerSelector} labels, the quota unless it was raised`,
    ],
  ]
  return all.flatMap(([holds, code, text]) => (holds ? [{ code, from, subject, text }] : []))
}

const tooMany = (read: readonly LocatedProfile[]): readonly KubernetesWarning[] => {
  const [first] = read
  return first === undefined || read.length <= profileQuotas.perCluster
    ? []
    : [
        {
          code: 'FargateProfilesOverQuota',
          from: first.from,
          subject: 'Fargate profiles',
          text: `there are more than ${profileQuotas.perCluster}, the quota of a cluster unless it was raised`,
        },
      ]
}
