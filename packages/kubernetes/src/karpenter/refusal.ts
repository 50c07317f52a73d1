/** Why a place does not take a pod, worded only when it is asked for: most refusals never are. */
export type PlaceRefusal = () => string
