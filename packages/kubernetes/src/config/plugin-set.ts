/**
 * Plugins that a profile enables and disables at each extension point, as written in the document.
 */
import { int32, list, optional, text, type Decoder } from '../words/decode.js'
import { closed, or } from '../setting/closed.js'
import { points, type ExtensionPoint } from './registry.js'

/** A plugin by name, with a weight if one is set. */
export interface PluginSetting {
  readonly name: string
  readonly weight: number | undefined
}
const PluginSetting: Decoder<PluginSetting> = closed({
  name: or(text, ''),
  weight: optional(int32),
})

/** The settings of one extension point. */
export interface PluginSet {
  readonly enabled: readonly PluginSetting[]
  readonly disabled: readonly PluginSetting[]
}
const set: Decoder<PluginSet> = closed({
  enabled: list(PluginSetting),
  disabled: list(PluginSetting),
})
const nothingSet: PluginSet = { enabled: [], disabled: [] }

/** `multiPoint` means every extension point that a plugin extends. */
export type Plugins = { readonly [Name in ExtensionPoint | 'multiPoint']: PluginSet }
export const Plugins: Decoder<Plugins> = closed<Plugins>(
  Object.fromEntries(['multiPoint', ...points].map((name) => [name, or(set, nothingSet)])) as {
    readonly [Name in keyof Plugins]: Decoder<PluginSet>
  },
)
/** Settings that enable and disable nothing. */
export const noPlugins: Plugins = Object.fromEntries(
  ['multiPoint', ...points].map((name) => [name, nothingSet]),
) as unknown as Plugins
