/**
 * Pairs the controller of Kubernetes workloads with the placer that reads its state, so that a
 * caller of the kernel's `step` gets a whole control plane: controllers and a scheduler that
 * preempts.
 */
import type { Controller, Placer } from '@stowage/kernel'
import { kubernetesController, type KubernetesControllerOptions } from '../controller/controller.js'
import type { KubernetesMemory } from '../memory/memory.js'
import { kubernetesPlacer } from './placer.js'

/**
 * The controllers of workloads, for `step`; the name is `kubernetes`. `placer` is the scheduler
 * that goes with them, for the options of `step`: with it, and with `isPreempting`, pods of a
 * higher priority preempt others.
 */
export const placedController = (
  options: KubernetesControllerOptions = {},
): Controller<KubernetesMemory> & { readonly placer: Placer } => ({
  ...kubernetesController(options),
  placer: kubernetesPlacer(options),
})
