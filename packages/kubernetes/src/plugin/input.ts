/**
 * Defines the types of the input and the output of a scheduler plugin:
 * 1. The input is a pod, its surroundings (what its rules depend on besides the pod), and the args
 *    of the profile.
 * 2. The output is rules of the kernel: filters and a score.
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
