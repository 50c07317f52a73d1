/**
 * Removes the hooks of Helm and Argo CD from the input if their pods do not run beside the other
 * objects, and warns of each. Hooks are objects, such as Jobs, that these tools run at certain
 * moments of a release. Two kinds are removed:
 *
 * 1. hooks that neither an installation nor an upgrade runs, such as tests;
 * 2. hooks that end before the other objects are created (`pre-install`, `pre-upgrade`, `PreSync`).
 *    They stay if only hooks create pods.
 *
 * Sources: Helm documentation, "Chart Hooks" (hooks and the release lifecycle) and "Chart Tests";
 * Argo CD documentation, "Sync Phases and Waves" and "Resource Hooks".
 */
import { isObject, own } from '@stowage/documents'
import type { KubernetesObject } from '../words/object.js'
import type { KubernetesWarning } from '../words/warning.js'
import { isWorkload } from '../workload/kind.js'
import { objectTitle } from './repeated.js'

/**
 * The hooks of an installation or an upgrade that run before its objects are made, and after. Helm
 * waits for the former before it creates the objects.
 */
const before: readonly string[] = ['pre-install', 'pre-upgrade', 'PreSync']
const after: readonly string[] = ['post-install', 'post-upgrade', 'Sync', 'PostSync']

/** The objects to plan, and a warning for each of the others. */
export interface HookedObjects {
  readonly objects: readonly KubernetesObject[]
  readonly warnings: readonly KubernetesWarning[]
}

/** An object with a uid is in the cluster already, and is held back by nothing. */
export const withoutHooks = (all: readonly KubernetesObject[]): HookedObjects => {
  const isHook = (found: KubernetesObject): boolean =>
    found.object.metadata.uid === undefined && hooksOf(found).length > 0
  const hasRelease = all.some((found) => isMakingPods(found) && !isHook(found))
  const planned = hasRelease ? after : [...before, ...after]
  const isHeld = (found: KubernetesObject): boolean =>
    isHook(found) && !hooksOf(found).some((hook) => planned.includes(hook))
  return {
    objects: all.filter((found) => !isHeld(found)),
    warnings: all.filter(isHeld).map((found) => ({
      code: 'HelmHookNotPlanned',
      from: found.from,
      subject: objectTitle(found),
      text: `a hook of ${toolOf(found)} for ${hooksOf(found).join(', ')}, ${whyHeld(found)}`,
    })),
  }
}

const whyHeld = (found: KubernetesObject): string =>
  hooksOf(found).some((hook) => before.includes(hook))
    ? 'which is over before the other objects are made: plan it by itself'
    : 'so it is not planned'

const isMakingPods = (found: KubernetesObject): boolean =>
  isWorkload(found) && (found.kind !== 'Pod' || found.object.metadata.uid === undefined)

const helmHook = 'helm.sh/hook'
const argoHook = 'argocd.argoproj.io/hook'

const toolOf = (found: KubernetesObject): string =>
  hooksUnder(found, helmHook).length > 0 ? 'Helm' : 'Argo CD'

const hooksOf = (found: KubernetesObject): readonly string[] =>
  [helmHook, argoHook].flatMap((name) => hooksUnder(found, name))

const hooksUnder = ({ raw }: KubernetesObject, name: string): readonly string[] => {
  const metadata = isObject(raw) ? own(raw, 'metadata') : undefined
  const annotations = isObject(metadata) ? own(metadata, 'annotations') : undefined
  const hooks = isObject(annotations) ? own(annotations, name) : undefined
  return typeof hooks === 'string'
    ? hooks
        .split(',')
        .map((hook) => hook.trim())
        .filter((hook) => hook !== '')
    : []
}
