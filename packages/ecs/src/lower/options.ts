/**
 * Defines the options, with defaults, for what the documentation of task placement leaves open,
 * such as the last tie-break. The project's list of places where the platforms are silent gives
 * each default and its reason.
 */
import { queryOptions, type QueryOptions } from '../query/options.js'

/** What the documentation of placement leaves open; `placementOptions` has the defaults. */
export interface PlacementOptions {
  /**
   * The tie-break among instances, or tasks to stop, that all strategies rate equal: the first
   * instance by name, or a seeded draw.
   */
  readonly ties: 'rank' | 'seeded'
  /**
   * When tasks are spread over an attribute: whether each instance that lacks it is a bucket of its
   * own, or all share one.
   */
  readonly absentBucket: 'own' | 'shared'
  readonly query: QueryOptions
}

/** The defaults. */
export const placementOptions: PlacementOptions = {
  ties: 'rank',
  absentBucket: 'own',
  query: queryOptions,
}

/** The options with the seed of all draws. */
export interface PlacementRules extends PlacementOptions {
  readonly seed: number
}
