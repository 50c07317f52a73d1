/**
 * Whether a filter can be asked.
 */
import type { Filter, Fit, FitPart, Limit, Need, Only, Require, Skew } from '../rule/filter.js'
import { amount, dimension, flag, id, nodeId } from './amounts.js'
import { expr } from './expr.js'
import { list, record, tagged, type Check } from './shape.js'
import { domain, match, tally } from './tally.js'

const said = { plugin: id, removable: flag }

export const filter: Check = tagged<Filter['_tag']>({
  Only: record<Only>({ ...said, reason: id, nodes: list(nodeId) }),
  Require: record<Require>({ ...said, reason: id, expr }),
  Fit: record<Fit>({
    ...said,
    parts: list(record<FitPart>({ dimension, amount, reason: id, slot: flag })),
  }),
  Limit: record<Limit>({ ...said, reason: id, tally, self: amount, most: amount }),
  Skew: record<Skew>({
    ...said,
    reason: id,
    tally,
    self: amount,
    most: amount,
    domainsMin: amount,
  }),
  Need: record<Need>({
    ...said,
    reason: id,
    facts: match,
    domains: list(domain, 1),
    firstMayStart: flag,
  }),
})
