/**
 * Defines the type of the reason why an existing node or a NodeClaim does not take a pod. It is a
 * function that formats the message on demand, because most messages are never read.
 */
export type PlaceRefusal = () => string
