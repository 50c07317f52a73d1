/**
 * Whether a filter can be asked.
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
import { expr } from './expr.js'
import { list, record, tagged, type Check } from './shape.js'
import { domain, match, tally } from './tally.js'

const said = { plugin: id, removable: flag }

export const filter: Check = tagged<Filter['_tag']>({
  Only: record<OnlyFilter>({ ...said, reason: id, nodes: list(nodeId) }),
  Require: record<RequireFilter>({ ...said, reason: id, expr }),
  Fit: record<FitFilter>({
    ...said,
    parts: list(record<FitPart>({ dimension, amount, reason: id, slot: flag })),
  }),
  Limit: record<LimitFilter>({ ...said, reason: id, tally, self: amount, max: amount }),
  Skew: record<SkewFilter>({
    ...said,
    reason: id,
    tally,
    self: amount,
    max: amount,
    domainsMin: amount,
  }),
  Need: record<NeedFilter>({
    ...said,
    reason: id,
    facts: match,
    domains: list(domain, 1),
    firstMayStart: flag,
  }),
})
