/**
 * Defines the types and codec of a KubeSchedulerConfiguration as written in a file. The codec fills
 * in the defaults that do not depend on other fields.
 */
import {
  closedRecord,
  flag,
  listOrEmpty,
  optional,
  text,
  withDefault,
  type Codec,
} from '@stowage/documents'
import * as t from 'io-ts'
import { int32, int64 } from '../words/whole-number.js'
import { ClientConnection, LeaderElection } from './connection.js'
import { Extender } from './extender.js'
import { noPlugins, Plugins } from './plugin-set.js'
import { fixedText, version } from '../setting/version.js'

/** The args of one plugin. */
export interface PluginConfig {
  readonly name: string
  /** Decoded by the plugin's own reader; any value is accepted for a plugin that takes no args. */
  readonly args: unknown
}
const PluginConfig: Codec<PluginConfig> = closedRecord('an object', {
  name: withDefault(text, ''),
  args: t.unknown,
})

/** A profile as written. */
export interface ProfileWords {
  readonly schedulerName: string | undefined
  readonly percentageOfNodesToScore: number | undefined
  readonly plugins: Plugins
  readonly pluginConfig: readonly PluginConfig[]
}
const ProfileWords: Codec<ProfileWords> = closedRecord('an object', {
  schedulerName: optional(text),
  percentageOfNodesToScore: optional(int32),
  plugins: withDefault(Plugins, noPlugins),
  pluginConfig: listOrEmpty(PluginConfig),
})

/** A configuration as written, with those defaults. */
export interface ConfigurationWords {
  readonly apiVersion: string
  readonly kind: string
  readonly parallelism: number
  readonly leaderElection: LeaderElection | undefined
  readonly clientConnection: ClientConnection | undefined
  readonly enableProfiling: boolean
  readonly enableContentionProfiling: boolean
  readonly percentageOfNodesToScore: number
  readonly podInitialBackoffSeconds: number
  readonly podMaxBackoffSeconds: number
  readonly profiles: readonly ProfileWords[]
  readonly extenders: readonly Extender[]
  readonly delayCacheUntilActive: boolean
}
export const ConfigurationWords: Codec<ConfigurationWords> = closedRecord('an object', {
  apiVersion: fixedText(version),
  kind: fixedText('KubeSchedulerConfiguration'),
  parallelism: withDefault(int32, 16),
  leaderElection: optional(LeaderElection),
  clientConnection: optional(ClientConnection),
  enableProfiling: withDefault(flag, true),
  enableContentionProfiling: withDefault(flag, true),
  percentageOfNodesToScore: withDefault(int32, 0),
  podInitialBackoffSeconds: withDefault(int64, 1),
  podMaxBackoffSeconds: withDefault(int64, 10),
  profiles: listOrEmpty(ProfileWords),
  extenders: listOrEmpty(Extender),
  delayCacheUntilActive: withDefault(flag, false),
})
