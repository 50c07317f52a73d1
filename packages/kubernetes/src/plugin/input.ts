/**
 * Types of a scheduler plugin. A plugin reads (1) a pod, (2) its surroundings, which are what its
 * rules depend on beside the pod, and (3) the args of its profile, and makes filters and a score,
 * which are rules of the kernel.
 */
import type { Draft, Filter, RawScore, Score } from '@stowage/kernel'
import type { PluginArgs } from './profile.js'
import type { Surroundings } from '../surroundings/surroundings.js'
import type { PodLike } from '../surroundings/pod-like.js'

/** What a plugin reads; it interns words and dimensions in the draft. */
export interface PluginInput {
  readonly draft: Draft
  readonly pod: PodLike
  readonly around: Surroundings
  readonly args: PluginArgs
}

/** The filters of a plugin for one pod. */
export type FiltersOf = (input: PluginInput) => readonly Filter[]

/** A score without its weight; `undefined` when the plugin does not score this pod. */
export type ScoreOf = (
  input: PluginInput,
) => { readonly raw: RawScore; readonly normaliser: Score['normaliser'] } | undefined
