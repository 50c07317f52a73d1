/**
 * Defines the options of task placement, with defaults: one for each point that the AWS
 * documentation leaves open, such as the last tie-break.
 * `docs/decisions/0006-where-the-platforms-are-silent.md` gives the reason for each default.
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
