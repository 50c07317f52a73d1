/**
 * What a scheduler's configuration among the documents has to say; without one, all is as upstream
 * has it by default.
 */
import type { DocumentFault, SourceDocument } from '@stowage/documents'
import { shown } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { isConfiguration, readConfiguration } from '../config/configuration.js'
import type { Extender } from '../config/extender.js'
import { defaultProfile, type Profile } from '../plugin/profile.js'
import type { KubernetesWarning } from '../words/warning.js'

export interface Configured {
  readonly profiles: ReadonlyMap<string, Profile>
  readonly warnings: readonly KubernetesWarning[]
}

export const isConfigurationDocument = ({ value }: SourceDocument): boolean =>
  isConfiguration(value)

/** The documents are configurations, of which there may be one. */
export const configured = ([one, ...others]: readonly SourceDocument[]): E.Either<
  readonly DocumentFault[],
  Configured
> => {
  if (one === undefined) return E.right({ profiles: byDefault, warnings: [] })
  if (others.length > 0) return E.left(others.map((other) => secondConfiguration(other, one)))
  return E.map(({ profiles, extenders }: Heeded) => ({
    profiles,
    warnings: extenders.length === 0 ? [] : [extendersWarning(one)],
  }))(readConfiguration(one))
}

interface Heeded {
  readonly profiles: ReadonlyMap<string, Profile>
  readonly extenders: readonly Extender[]
}

const byDefault: Configured['profiles'] = new Map([[defaultProfile.schedulerName, defaultProfile]])

const secondConfiguration = (other: SourceDocument, one: SourceDocument): DocumentFault => ({
  from: other.from,
  at: ['kind'],
  found: shown('KubeSchedulerConfiguration'),
  expected: `one configuration in all: there is one in ${one.from}`,
})

const extendersWarning = ({ from }: SourceDocument): KubernetesWarning => ({
  code: 'ExtenderNotCalled',
  from,
  subject: 'KubeSchedulerConfiguration',
  text: 'extenders are not asked: where one has a say, the scheduler may decide otherwise',
})
