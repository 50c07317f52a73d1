/** Which plugins a profile enables and disables, as it is written. */
import { int32, list, optional, text, type Decoder } from '../words/decode.js'
import { closed, or } from '../setting/closed.js'
import { points, type Point } from './registry.js'

export interface PluginSetting {
  readonly name: string
  readonly weight: number | undefined
}
const PluginSetting: Decoder<PluginSetting> = closed({
  name: or(text, ''),
  weight: optional(int32),
})

export interface PluginSet {
  readonly enabled: readonly PluginSetting[]
  readonly disabled: readonly PluginSetting[]
}
const set: Decoder<PluginSet> = closed({
  enabled: list(PluginSetting),
  disabled: list(PluginSetting),
})
const none: PluginSet = { enabled: [], disabled: [] }

/** `multiPoint` stands for every point that a plugin knows. */
export type Plugins = { readonly [Name in Point | 'multiPoint']: PluginSet }
export const Plugins: Decoder<Plugins> = closed<Plugins>(
  Object.fromEntries(['multiPoint', ...points].map((name) => [name, or(set, none)])) as {
    readonly [Name in keyof Plugins]: Decoder<PluginSet>
  },
)
export const noPlugins: Plugins = Object.fromEntries(
  ['multiPoint', ...points].map((name) => [name, none]),
) as unknown as Plugins
