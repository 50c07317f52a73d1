/**
 * A KubeSchedulerConfiguration as it is written; what it leaves out is filled in where that does
 * not depend on the rest.
 */
import * as t from 'io-ts'
import { flag, int32, list, optional, text, type Decoder } from '../words/decode.js'
import { closed, int64, only, or } from '../setting/closed.js'
import { ClientConnection, LeaderElection } from './connection.js'
import { Extender } from './extender.js'
import { noPlugins, Plugins } from './plugin-set.js'
import { version } from '../setting/version.js'

export interface PluginConfig {
  readonly name: string
  /** Read by what the plugin knows of them; those of a plugin that knows of none are anything. */
  readonly args: unknown
}
const PluginConfig: Decoder<PluginConfig> = closed({ name: or(text, ''), args: t.unknown })

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
