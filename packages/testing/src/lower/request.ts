/**
 * Converts plain descriptions of requests to requests for `place`: a position in the list of
 * classes (workloads as the scheduler sees them) becomes a class id, and a node name becomes a node
 * id. Names of unknown nodes are left out.
 */
import type { ClassId, PlaceRequest, View } from '@stowage/kernel'
import type { RequestRecipe } from '../recipe/recipe.js'
import { findNodes } from './expr.js'

/**
 * Requests with the ids of their classes and nodes. `class` is taken modulo the number of classes,
 * and names of nodes that do not exist are left out.
 */
export const lowerRequests = (
  view: View,
  classes: readonly ClassId[],
  requests: readonly RequestRecipe[],
): readonly PlaceRequest[] =>
  requests.map(({ class: position, count, only }) => ({
    class: classes[position % classes.length]!,
    count,
    ...(only === undefined ? {} : { only: findNodes(view, only) }),
  }))
