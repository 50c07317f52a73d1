/**
 * Defines the type of a request before it is decoded. It differs from the decoded type in two ways:
 * an amount such as `cpu` may be a number or a string, and an instance identity document is a JSON
 * string. The type has only the fields that affect placement; callers may pass others too.
 */
import type { IdentityDocument } from '../words/identity-document.js'

/** A value before it is decoded. */
export type InputOf<Value> = Value extends number
  ? number extends Value
    ? number
    : number | string
  : Value extends IdentityDocument
    ? string
    : Value extends readonly (infer Item)[]
      ? readonly InputOf<Item>[]
      : Value extends object
        ? { readonly [Name in keyof Value]: InputOf<Value[Name]> }
        : Value
