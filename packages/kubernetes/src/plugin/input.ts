/** What a plugin is asked about: a pod, among what is around it, as its profile tells it. */
import type { Draft, Filter, RawScore, Score } from '@stowage/kernel'
import type { PluginArgs } from './profile.js'
import type { Surroundings } from '../surroundings/surroundings.js'
import type { PodLike } from '../surroundings/pod-like.js'

export interface PluginInput {
  readonly draft: Draft
  readonly pod: PodLike
  readonly around: Surroundings
  readonly args: PluginArgs
}

export type FiltersOf = (asked: PluginInput) => readonly Filter[]

/** A score before its weight; nothing where the plugin has none to give. */
export type ScoreOf = (
  asked: PluginInput,
) => { readonly raw: RawScore; readonly normaliser: Score['normaliser'] } | undefined
