/**
 * Checks a filter (a condition that a node must satisfy): it has all fields of its kind, and no
 * others.
 */
import type {
  Filter,
  FitFilter,
  FitPart,
  LimitFilter,
  NeedFilter,
  OnlyFilter,
  RequireFilter,
  SkewFilter,
} from '../rule/filter.js'
import { amount, dimension, flag, id, nodeId } from './amounts.js'
import { expr, tally } from './expr.js'
import { list, record, taggedUnion, type Check } from './shape.js'
import { domain, match } from './match.js'

const commonFields = { plugin: id, removable: flag }

/** A filter of any kind. */
export const filter: Check = taggedUnion<Filter['_tag']>({
  Only: record<OnlyFilter>({ ...commonFields, reason: id, nodes: list(nodeId) }),
  Require: record<RequireFilter>({ ...commonFields, reason: id, expr }),
  Fit: record<FitFilter>({
    ...commonFields,
    parts: list(record<FitPart>({ dimension, amount, reason: id, slot: flag })),
  }),
  Limit: record<LimitFilter>({ ...commonFields, reason: id, tally, self: amount, max: amount }),
  Skew: record<SkewFilter>({
    ...commonFields,
    reason: id,
    tally,
    self: amount,
    max: amount,
    domainsMin: amount,
  }),
  Need: record<NeedFilter>({
    ...commonFields,
    reason: id,
    facts: match,
    domains: list(domain, 1),
    firstMayStart: flag,
  }),
})
