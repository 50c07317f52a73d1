/**
 * Holds back the hooks of Helm that neither an installation nor an upgrade runs, such as tests:
 * `helm template` prints them among the objects of a chart.
 *
 * Source: Helm documentation, "Chart Hooks" and "Chart Tests".
 */
import { isObject, own } from '@stowage/documents'
import type { KubernetesObject } from '../words/object.js'
import type { KubernetesWarning } from '../words/warning.js'
import { objectTitle } from './repeated.js'

/** The hooks that run when a chart is installed or upgraded, and need a place then. */
const planned: readonly string[] = ['pre-install', 'post-install', 'pre-upgrade', 'post-upgrade']

/** The objects to plan, and a warning for each of the others. */
export interface HookedObjects {
  readonly objects: readonly KubernetesObject[]
  readonly warnings: readonly KubernetesWarning[]
}

/** An object with a uid is in the cluster already, and is held back by nothing. */
export const withoutHooks = (all: readonly KubernetesObject[]): HookedObjects => {
  const isHeld = (found: KubernetesObject): boolean => {
    const hooks = hooksOf(found)
    return (
      found.object.metadata.uid === undefined &&
      hooks.length > 0 &&
      !hooks.some((hook) => planned.includes(hook))
    )
  }
  return {
    objects: all.filter((found) => !isHeld(found)),
    warnings: all.filter(isHeld).map((found) => ({
      code: 'HelmHookNotPlanned',
      from: found.from,
      subject: objectTitle(found),
      text: `a hook of Helm for ${hooksOf(found).join(', ')}, so it is not planned`,
    })),
  }
}

const hooksOf = ({ raw }: KubernetesObject): readonly string[] => {
  const metadata = isObject(raw) ? own(raw, 'metadata') : undefined
  const annotations = isObject(metadata) ? own(metadata, 'annotations') : undefined
  const hooks = isObject(annotations) ? own(annotations, 'helm.sh/hook') : undefined
  return typeof hooks === 'string'
    ? hooks
        .split(',')
        .map((hook) => hook.trim())
        .filter((hook) => hook !== '')
    : []
}
