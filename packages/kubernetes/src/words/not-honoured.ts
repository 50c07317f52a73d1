/**
 * The fields with a meaning for scheduling that are read and not honoured yet: each where it stands
 * in a pod's spec. What is in none of these lists and not in the words has no say in scheduling.
 */
type FieldPath = readonly string[]

const ofPodSpec: readonly FieldPath[] = [['runtimeClassName']]

/**
 * A pod that names a node is on it; a template that names one sends every pod there, past the
 * scheduler.
 */
const ofTemplate: readonly FieldPath[] = [['nodeName']]

const ofStatefulSet: readonly FieldPath[] = [['volumeClaimTemplates']]

/** What the API server fills in says nothing either. */
const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  value === 'default-scheduler' ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === 'object' && Object.keys(value).length === 0)

const has = (value: unknown, [step, ...rest]: FieldPath): boolean => {
  if (step === undefined) return !isEmpty(value)
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return false
  return has((value as Readonly<Record<string, unknown>>)[step], rest)
}

const found = (value: unknown, paths: readonly FieldPath[]): readonly string[] =>
  paths.filter((path) => has(value, path)).map((path) => path.join('.'))

/** The paths of such fields in a pod's spec. */
export const notHonouredInPod = (spec: unknown): readonly string[] => found(spec, ofPodSpec)

/** The paths of such fields in the spec of a template, beside those of any pod's. */
export const notHonouredInTemplate = (spec: unknown): readonly string[] => found(spec, ofTemplate)

/** The paths of such fields in a StatefulSet's spec, outside its template. */
export const notHonouredInStatefulSet = (spec: unknown): readonly string[] =>
  found(spec, ofStatefulSet)
