/**
 * Defines the type of a request as callers write it, before it is decoded. An amount is a number or
 * a text without unit, and an instance identity document is a JSON text. The type has only the
 * fields that placement reads; callers may pass other fields too.
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
