/**
 * What the documents of placement leave open, each as an option. The defaults, and why they are
 * what they are, stand in the project's list of places where the platforms are silent.
 */
import { queryOptions, type QueryOptions } from '../query/options.js'

export interface PlacementOptions {
  /**
   * Among instances, or tasks to stop, that no strategy tells apart: the first instance by name, or
   * one that is drawn by the seed.
   */
  readonly ties: 'rank' | 'seeded'
  /**
   * Spreading over an attribute that instances lack: each of them is a bucket, or all of them are
   * one.
   */
  readonly absentBucket: 'own' | 'shared'
  readonly query: QueryOptions
}

export const placementOptions: PlacementOptions = {
  ties: 'rank',
  absentBucket: 'own',
  query: queryOptions,
}

/** With what decides where something is drawn. */
export interface PlacementRules extends PlacementOptions {
  readonly seed: number
}
