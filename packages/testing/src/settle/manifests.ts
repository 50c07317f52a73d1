/**
 * Applies manifests as `kubectl apply` and an API server do: computes a merge patch from the last
 * applied manifest to the next (fields that the next lacks are removed), fills in defaults, and
 * raises the generation when the spec changes.
 */
import { submitObjects } from '@stowage/kubernetes'
import { isObject } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import { canonicalJson } from './canonical-json.js'

type Json = Readonly<Record<string, unknown>>
type Submission = ReturnType<typeof submitObjects>[number]['answer']
type Refusal = Extract<Submission, { readonly _tag: 'Left' }>['left']

/** An object as it was applied, and as it is stored. */
export interface AppliedObject {
  readonly kind: string
  readonly name: string
  readonly manifest: Json
  readonly generation: number
  readonly stored: Json
  /** What was submitted of it so far. */
  readonly patches: readonly unknown[]
}

/** By kind and name. */
export type AppliedObjects = ReadonlyMap<string, AppliedObject>

/** The kinds that admission looks at, and that stay as they are. */
export const surroundingKinds: readonly string[] = [
  ...['LimitRange', 'ResourceQuota', 'PriorityClass', 'StorageClass', 'RuntimeClass'],
]

/** Applies a manifest; the objects after it, or why it is refused. */
export const applyManifest = (
  objects: AppliedObjects,
  manifest: unknown,
): E.Either<Refusal, AppliedObject> => {
  const { kind, name } = headOf(manifest)
  const before = objects.get(`${kind} ${name}`)
  const patch = before === undefined ? manifest : patchOf(before.manifest, manifest)
  const patches = [...(before?.patches ?? []), patch]
  const around = [...objects.values()].filter(
    (one) => surroundingKinds.includes(one.kind) && !(one.kind === kind && one.name === name),
  )
  const submitted = [...around.map((one) => one.manifest), ...patches]
  const answer = submitObjects(submitted.map((value) => ({ value }))).at(-1)!.answer
  if (E.isLeft(answer)) return answer
  const stored = answer.right as unknown as Json
  const isSame =
    before !== undefined && canonicalJson(before.stored['spec']) === canonicalJson(stored['spec'])
  const generation = (before?.generation ?? 0) + (isSame ? 0 : 1)
  return E.right({ kind, name, manifest: manifest as Json, generation, stored, patches })
}

/** The kind and the name of a manifest. */
export const headOf = (manifest: unknown): { readonly kind: string; readonly name: string } => {
  const { kind, metadata } = manifest as {
    readonly kind?: string
    readonly metadata?: { readonly name?: string }
  }
  return { kind: kind ?? '', name: metadata?.name ?? '' }
}

/** The merge patch that brings a manifest to the next one. */
const patchOf = (before: unknown, next: unknown): unknown => {
  if (!isObject(before) || !isObject(next) || Array.isArray(next)) return next
  const [old, fresh] = [before as Json, next as Json]
  const removed = Object.keys(old).filter((key) => !Object.hasOwn(fresh, key))
  return {
    ...Object.fromEntries(removed.map((key) => [key, null])),
    ...Object.fromEntries(
      Object.entries(fresh).map(([key, value]) => [key, patchOf(old[key], value)]),
    ),
  }
}
