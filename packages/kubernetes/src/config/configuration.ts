/**
 * Decodes and validates a KubeSchedulerConfiguration, and returns its profiles by scheduler name.
 * If any field is malformed, only malformed fields are reported. Otherwise everything that
 * kube-scheduler would refuse is reported together.
 *
 * Source: Kubernetes documentation, "Scheduler Configuration", and the API reference of
 * kubescheduler.config.k8s.io/v1.
 */
import { decodeValue, duplicates, type SourceDocument } from '@stowage/documents'
import { pathOf, renderValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { wrongConnection, wrongElection } from './connection.js'
import { wrongExtenders, type Extender } from './extender.js'
import { noPlugins } from './plugin-set.js'
import { readProfile, wrongPercentage, type ConfiguredProfile } from './profile.js'
import { wrongQueueSort } from './queue-sort.js'
import { version } from '../setting/version.js'
import { ConfigurationWords, type ProfileWords } from './words.js'
import {
  invalid,
  ofCodec,
  requiredSetting,
  wrong,
  type BadSetting,
  type Wrong,
} from '../setting/wrong.js'

/** A KubeSchedulerConfiguration with its defaults filled in. */
export interface Configuration {
  /** The document itself, so that the configuration can be stored and decoded again. */
  readonly document: SourceDocument
  /** By the scheduler name that pods state. */
  readonly profiles: ReadonlyMap<string, ConfiguredProfile>
  /** Extenders are never called here, so a decision that one influences may differ. */
  readonly extenders: readonly Extender[]
  readonly parallelism: number
  /** 0 lets the scheduler choose by the size of the cluster. */
  readonly percentageOfNodesToScore: number
  readonly podInitialBackoffSeconds: number
  readonly podMaxBackoffSeconds: number
}

/** Whether a document has the kind of a scheduler configuration, of any version. */
export const isConfiguration = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  'kind' in value &&
  value.kind === 'KubeSchedulerConfiguration'

/**
 * Decodes a KubeSchedulerConfiguration of `kubescheduler.config.k8s.io/v1`. A `Left` has all
 * errors, each with its path and, where it can be predicted, with kube-scheduler's own message.
 */
export const readConfiguration = ({
  from,
  value,
}: SourceDocument): E.Either<readonly BadSetting[], Configuration> => {
  const withSource = (wrongs: readonly Wrong[]) => wrongs.map((one) => ({ from, ...one }))
  const untyped = wrongApiVersion(value)
  if (untyped.length > 0) return E.left(withSource(untyped))
  const read = decodeValue(ConfigurationWords, value)
  if (E.isLeft(read)) return E.left(withSource(ofCodec(read.left)))
  const words = withProfiles(read.right)
  const profiles = words.profiles.map((profile, i) =>
    readProfile(profile, profile.schedulerName ?? '', words.percentageOfNodesToScore, [
      'profiles',
      i,
    ]),
  )
  const wrongs = [...wrongConfiguration(words), ...profiles.flatMap((profile) => profile.wrongs)]
  if (wrongs.length > 0) return E.left(withSource(wrongs))
  return E.right({
    document: { from, value },
    profiles: new Map(profiles.map(({ profile }) => [profile.schedulerName, profile])),
    extenders: words.extenders,
    parallelism: words.parallelism,
    percentageOfNodesToScore: words.percentageOfNodesToScore,
    podInitialBackoffSeconds: words.podInitialBackoffSeconds,
    podMaxBackoffSeconds: words.podMaxBackoffSeconds,
  })
}

const wrongApiVersion = (value: unknown): readonly Wrong[] => {
  if (!isConfiguration(value))
    return [wrong([], renderValue(value), `a KubeSchedulerConfiguration of ${version}`)]
  const found = (value as { readonly apiVersion?: unknown }).apiVersion
  return found === version ? [] : [wrong(['apiVersion'], renderValue(found), version)]
}

/** There is always at least one profile, and a single profile needs no name. */
const withProfiles = (words: ConfigurationWords): ConfigurationWords => {
  const [first = emptyProfile, ...others] = words.profiles
  if (others.length > 0) return words
  return {
    ...words,
    profiles: [{ ...first, schedulerName: first.schedulerName ?? 'default-scheduler' }],
  }
}

const emptyProfile: ProfileWords = {
  schedulerName: undefined,
  percentageOfNodesToScore: undefined,
  plugins: noPlugins,
  pluginConfig: [],
}

/**
 * What the kube-scheduler command checks before it creates any profile.
 *
 * The message is kube-scheduler's own where it can be predicted.
 */
const wrongConfiguration = (words: ConfigurationWords): readonly Wrong[] => [
  ...(words.clientConnection === undefined
    ? []
    : wrongConnection(words.clientConnection, ['clientConnection'])),
  ...(words.leaderElection === undefined
    ? []
    : wrongElection(words.leaderElection, ['leaderElection'])),
  ...wrongParallelism(words),
  ...wrongSchedulerNames(words.profiles),
  ...wrongQueueSort(words.profiles, ['profiles']),
  ...wrongPercentage(words.percentageOfNodesToScore, ['percentageOfNodesToScore']),
  ...wrongBackoff(words),
  ...wrongExtenders(words.extenders, ['extenders']),
]

const wrongParallelism = ({ parallelism }: ConfigurationWords): readonly Wrong[] =>
  parallelism > 0
    ? []
    : [
        invalid(
          ['parallelism'],
          parallelism,
          '1 or more',
          'should be an integer value greater than zero',
        ),
      ]

const wrongSchedulerNames = (profiles: readonly ProfileWords[]): readonly Wrong[] => {
  const again = duplicates(profiles, ({ schedulerName = '' }) => schedulerName)
  const repeated = new Set(again.map(({ index }) => index))
  return profiles.flatMap(({ schedulerName = '' }, i) => {
    const at = ['profiles', i, 'schedulerName']
    const isRepeated = repeated.has(i)
    const text = `${pathOf(at)}: Duplicate value: {}`
    const expected = 'a name that no other profile has'
    if (schedulerName === '') return [requiredSetting(at, schedulerName, 'a name', '')]
    return isRepeated ? [wrong(at, renderValue(schedulerName), expected, text)] : []
  })
}

const wrongBackoff = (words: ConfigurationWords): readonly Wrong[] => {
  const { podInitialBackoffSeconds: initial, podMaxBackoffSeconds: most } = words
  return [
    ...(initial > 0
      ? []
      : [invalid(['podInitialBackoffSeconds'], initial, '1 or more', 'must be greater than 0')]),
    ...(most >= initial
      ? []
      : [
          invalid(
            ['podMaxBackoffSeconds'],
            most,
            'as much as podInitialBackoffSeconds, or more',
            'must be greater than or equal to PodInitialBackoffSeconds',
          ),
        ]),
  ]
}
