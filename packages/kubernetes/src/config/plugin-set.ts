/**
 * Defines the codec of the plugins that a profile enables and disables at each extension point, as
 * written in the scheduler configuration.
 */
import {
  closedRecord,
  listOrEmpty,
  optional,
  text,
  withDefault,
  type Codec,
} from '@stowage/documents'
import { int32 } from '../words/whole-number.js'
import { points, type ExtensionPoint } from './registry.js'

/** A plugin by name, with a weight if one is set. */
export interface PluginSetting {
  readonly name: string
  readonly weight: number | undefined
}
const PluginSetting: Codec<PluginSetting> = closedRecord('an object', {
  name: withDefault(text, ''),
  weight: optional(int32),
})

/** The settings of one extension point. */
export interface PluginSet {
  readonly enabled: readonly PluginSetting[]
  readonly disabled: readonly PluginSetting[]
}
const set: Codec<PluginSet> = closedRecord('an object', {
  enabled: listOrEmpty(PluginSetting),
  disabled: listOrEmpty(PluginSetting),
})
const nothingSet: PluginSet = { enabled: [], disabled: [] }

/** `multiPoint` means every extension point that a plugin extends. */
export type Plugins = { readonly [Name in ExtensionPoint | 'multiPoint']: PluginSet }
export const Plugins: Codec<Plugins> = closedRecord<Plugins>(
  'an object',
  Object.fromEntries(
    ['multiPoint', ...points].map((name) => [name, withDefault(set, nothingSet)]),
  ) as {
    readonly [Name in keyof Plugins]: Codec<PluginSet>
  },
)
/** Settings that enable and disable nothing. */
export const noPlugins: Plugins = Object.fromEntries(
  ['multiPoint', ...points].map((name) => [name, nothingSet]),
) as unknown as Plugins
