/**
 * Finds the fields of a spec that affect scheduling but that this package ignores, and returns
 * their paths for warnings. All other fields that affect scheduling are decoded in the folder
 * `words`.
 */
type FieldPath = readonly string[]

/** `schedulingGroup`: the scheduler places the pods of a PodGroup together, or none of them. */
const ofPodSpec: readonly FieldPath[] = [['runtimeClassName'], ['schedulingGroup']]

/**
 * A pod with a `nodeName` runs on that node. A template with one sends every pod there and bypasses
 * the scheduler.
 */
const ofTemplate: readonly FieldPath[] = [['nodeName']]

/** Whether a value is absent, empty or the API server's default. */
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

const presentPaths = (value: unknown, paths: readonly FieldPath[]): readonly string[] =>
  paths.filter((path) => has(value, path)).map((path) => path.join('.'))

/** The paths of fields in a pod spec that are not honoured. */
export const notHonouredInPod = (spec: unknown): readonly string[] => presentPaths(spec, ofPodSpec)

/** The paths of further such fields in the spec of a pod template. */
export const notHonouredInTemplate = (spec: unknown): readonly string[] =>
  presentPaths(spec, ofTemplate)
