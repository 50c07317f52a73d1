/**
 * Reads the KubeSchedulerConfiguration among the input documents and returns its profiles. Without
 * a configuration, the only profile is kube-scheduler's default; more than one is an error.
 */
import type { DocumentFault, SourceDocument } from '@stowage/documents'
import { renderValue } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { isConfiguration, readConfiguration } from '../config/configuration.js'
import { defaultProfile, type Profile } from '../plugin/profile.js'
import type { KubernetesWarning } from '../words/warning.js'

/** The profiles by schedulerName, and warnings about the configuration. */
export interface ConfiguredProfiles {
  readonly profiles: ReadonlyMap<string, Profile>
  readonly warnings: readonly KubernetesWarning[]
}

/** Whether the document is a KubeSchedulerConfiguration. */
export const isConfigurationDocument = ({ value }: SourceDocument): boolean =>
  isConfiguration(value)

/** Reads the configuration documents. A second one is an error. */
export const configuredProfiles = ([one, ...others]: readonly SourceDocument[]): E.Either<
  readonly DocumentFault[],
  ConfiguredProfiles
> => {
  if (one === undefined) return E.right({ profiles: byDefault, warnings: [] })
  if (others.length > 0) return E.left(others.map((other) => secondConfiguration(other, one)))
  return pipe(
    readConfiguration(one),
    E.map(({ profiles, extenders }) => ({
      profiles,
      warnings: extenders.length === 0 ? [] : [extendersWarning(one)],
    })),
  )
}

const byDefault: ConfiguredProfiles['profiles'] = new Map([
  [defaultProfile.schedulerName, defaultProfile],
])

const secondConfiguration = (other: SourceDocument, one: SourceDocument): DocumentFault => ({
  from: other.from,
  at: ['kind'],
  found: renderValue('KubeSchedulerConfiguration'),
  expected: `one configuration in all: there is one in ${one.from}`,
})

const extendersWarning = ({ from }: SourceDocument): KubernetesWarning => ({
  code: 'ExtenderNotCalled',
  from,
  subject: 'KubeSchedulerConfiguration',
  text: 'extenders are not asked: where one has a say, the scheduler may decide otherwise',
})
