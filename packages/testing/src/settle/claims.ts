/**
 * Simulates the provisioner of volumes: gives each PersistentVolumeClaim a volume, at once or, with
 * the binding mode `WaitForFirstConsumer`, as soon as a pod that uses the claim has a node.
 */
import type { ClaimSpec, HistoryWorld } from './world.js'

/** The provisioner, by the name that classes give it. */
const provisioner = 'driver.example'

/** What is read of a StatefulSet. */
interface StatefulSetSpec {
  readonly volumeClaimTemplates?: readonly {
    readonly metadata: { readonly name: string }
    readonly spec: ClaimSpec
  }[]
}

/** A claim that the API server shows. */
export interface ShownClaim {
  readonly name: string
  readonly isUsed: boolean
}

/** Notes the claims that are there, and gives volumes to those that may have one. */
export const provisionVolumes = (world: HistoryWorld, claims: readonly ShownClaim[]): void => {
  const names = new Set(claims.map(({ name }) => name))
  for (const name of [...world.claims.keys()]) if (!names.has(name)) world.claims.delete(name)
  for (const { name, isUsed } of claims) {
    const { spec, isBound } = world.claims.get(name) ?? {
      ...{ spec: claimSpecOf(world, name), isBound: false },
    }
    world.claims.set(name, { spec, isBound: isBound || isProvisioned(world, spec, isUsed) })
  }
}

const isProvisioned = (
  { objects }: HistoryWorld,
  { storageClassName = '' }: ClaimSpec,
  isUsed: boolean,
): boolean => {
  const stored = objects.get(`StorageClass ${storageClassName}`)?.stored
  if (stored?.['provisioner'] !== provisioner) return false
  return stored['volumeBindingMode'] !== 'WaitForFirstConsumer' || isUsed
}

/** The spec of a claim: its own, or that of the template of a StatefulSet. */
const claimSpecOf = ({ objects }: HistoryWorld, name: string): ClaimSpec => {
  const own = objects.get(`PersistentVolumeClaim ${name}`)
  if (own !== undefined) return own.stored['spec'] as ClaimSpec
  const templates = [...objects.values()].flatMap(({ kind, name: set, stored }) =>
    kind === 'StatefulSet'
      ? ((stored['spec'] as StatefulSetSpec).volumeClaimTemplates ?? []).map((template) => ({
          prefix: `${template.metadata.name}-${set}-`,
          spec: template.spec,
        }))
      : [],
  )
  return templates.find(({ prefix }) => name.startsWith(prefix))?.spec ?? {}
}

/** What its volume adds to the status of a claim. */
export const volumeStatus = ({ claims }: HistoryWorld, name: string): object => {
  const { isBound = false, spec = {} } = claims.get(name) ?? {}
  if (!isBound) return { phase: 'Pending' }
  const storage = spec.resources?.requests?.storage
  return { phase: 'Bound', accessModes: ['ReadWriteOnce'], capacity: { storage } }
}
