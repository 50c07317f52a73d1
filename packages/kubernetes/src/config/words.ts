/**
 * Codec of a KubeSchedulerConfiguration as written. It fills in the defaults that do not depend on
 * other fields.
 */
import * as t from 'io-ts'
import { flag, int32, list, optional, text, type Decoder } from '../words/decode.js'
import { closed, int64, only, or } from '../setting/closed.js'
import { ClientConnection, LeaderElection } from './connection.js'
import { Extender } from './extender.js'
import { noPlugins, Plugins } from './plugin-set.js'
import { version } from '../setting/version.js'

/** The args of one plugin. */
export interface PluginConfig {
  readonly name: string
  /** Decoded by the plugin's own reader; any value is accepted for a plugin that takes no args. */
  readonly args: unknown
}
const PluginConfig: Decoder<PluginConfig> = closed({ name: or(text, ''), args: t.unknown })

/** A profile as written. */
export interface ProfileWords {
  readonly schedulerName: string | undefined
  readonly percentageOfNodesToScore: number | undefined
  readonly plugins: Plugins
  readonly pluginConfig: readonly PluginConfig[]
}
const ProfileWords: Decoder<ProfileWords> = closed({
  schedulerName: optional(text),
  percentageOfNodesToScore: optional(int32),
  plugins: or(Plugins, noPlugins),
  pluginConfig: list(PluginConfig),
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
export const ConfigurationWords: Decoder<ConfigurationWords> = closed({
  apiVersion: only(version),
  kind: only('KubeSchedulerConfiguration'),
  parallelism: or(int32, 16),
  leaderElection: optional(LeaderElection),
  clientConnection: optional(ClientConnection),
  enableProfiling: or(flag, true),
  enableContentionProfiling: or(flag, true),
  percentageOfNodesToScore: or(int32, 0),
  podInitialBackoffSeconds: or(int64, 1),
  podMaxBackoffSeconds: or(int64, 10),
  profiles: list(ProfileWords),
  extenders: list(Extender),
  delayCacheUntilActive: or(flag, false),
})
