/**
 * Defines the type of a request as callers write it, before it is decoded: an amount has no unit
 * yet and may be a text, and an instance identity document is a JSON text. The type lacks the
 * fields that placement does not read; a caller may pass these fields all the same.
 */
import type { IdentityDocument } from '../words/identity-document.js'

/** A value before it is decoded. */
export type Written<Value> = Value extends number
  ? number extends Value
    ? number
    : number | string
  : Value extends IdentityDocument
    ? string
    : Value extends readonly (infer Item)[]
      ? readonly Written<Item>[]
      : Value extends object
        ? { readonly [Name in keyof Value]: Written<Value[Name]> }
        : Value
